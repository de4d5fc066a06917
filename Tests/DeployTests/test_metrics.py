"""The metrics: what the README says of them is what the server has."""

import re

from support import DEPLOY, ROOT, DeployTest, read

NAME = r"((?:almanacd|process)_[a-z_]+)"


class MetricTests(DeployTest):
    def test_every_metric_is_documented(self):
        source = read(ROOT, "Sources", "AlmanacServer", "Metrics", "ServerMetrics.swift")
        table = read(DEPLOY, "README.md").split("## Metrics")[1].split("\n## ")[0]
        names = set(re.findall(rf'"{NAME}"', source))
        self.assertGreater(len(names), 20)
        self.assertEqual(names, set(re.findall(f"`{NAME}", table)))
