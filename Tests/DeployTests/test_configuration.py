"""The example configuration: every setting, with its default, and almanacd takes it."""

import os
import re

from support import BIN_DIR, DEPLOY, ROOT, DeployTest, read, run

from authority import Authority

EXAMPLE = read(DEPLOY, "almanacd.yaml")
CONFIGURATION = os.path.join(ROOT, "Sources", "almanacd", "Configuration")


def uncommented(text):
    """The settings that are commented out, too: "#public:" is one, "# Prose" is not."""
    return re.sub(r"^#(?=\S|  \w)", "", text, flags=re.MULTILINE)


def keys(text):
    """Dotted keys and values of the two levels that there are."""
    found, group = {}, None
    for line in text.splitlines():
        if match := re.match(r"( *)([a-z]+):(?: (.*))?$", line):
            indent, key, value = match.groups()
            if value is None:
                group = key
            else:
                found[f"{group}.{key}" if indent else key] = value
    return found


class ConfigurationTests(DeployTest):
    def setUp(self):
        super().setUp()
        self.settings = dict(re.findall(r'case (\w+) = "([a-z.]+)"', read(CONFIGURATION, "Setting.swift")))
        self.assertGreaterEqual(len(self.settings), 6)

    def test_every_setting_is_there(self):
        self.assertEqual(sorted(keys(uncommented(EXAMPLE))), sorted(self.settings.values()))

    def test_values_are_the_defaults(self):
        source = read(CONFIGURATION, "Settings.swift")
        listed = re.search(r"defaults: \[Setting: String\] = \[(.*?)\n    \]", source, re.DOTALL).group(1)
        defaults = {self.settings[name]: value for name, value in re.findall(r'\.(\w+): "([^"]*)"', listed)}
        self.assertEqual(sorted(defaults), sorted(self.settings.values()))
        self.assertEqual(keys(EXAMPLE), {key: value for key, value in defaults.items() if value})

    def test_almanacd_serves_with_it(self):
        """As it is, but for the place of the data and the port; and with what is commented out."""
        for name, text in ("as it is", EXAMPLE), ("all of it", uncommented(EXAMPLE)):
            with self.subTest(name):
                path = os.path.join(self.folder, "almanacd.yaml")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                with Configured(BIN_DIR, self.package(), path) as authority:
                    self.assertNotIn("nothing reads", read(authority.log))
                    link = authority.run("almanacd", "invite", "lea")
                    self.assertIn("almanac.example.org:7410" if name == "all of it" else "127.0.0.1:7410", link)

    def test_a_key_that_nothing_reads_would_be_named(self):
        path = os.path.join(self.folder, "almanacd.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(EXAMPLE + "\nother:\n  prot: 1\n")
        said = run(os.path.join(BIN_DIR, "almanacd"), "info", "--config", path, "--data", self.folder, check=False)
        self.assertIn("other.prot", said.stderr)
        self.assertIn("no dataset", said.stderr)


class Configured(Authority):
    """An authority that reads a configuration."""

    def __init__(self, bin_dir, package, path):
        super().__init__(bin_dir, package)
        self.path = path

    def clean_environment(self, home):
        environment = super().clean_environment(home)
        return {**environment, "ALMANACD_CONFIG": self.path}
