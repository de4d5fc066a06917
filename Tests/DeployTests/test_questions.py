"""The pages that walk through the questions show what the programs really answer."""

import os

from support import BIN_DIR, MANUAL, ROOT, DeployTest, read

from answers import MANUAL as MANUAL_FORMAT
from answers import commands, differences, shell
from authority import Authority

PAGE = os.path.join(MANUAL, "almanac-questions.7")
AUDIENCES = ["POLICYMAKER", "INVESTOR", "ENTREPRENEUR", "CORPORATION", "UNIVERSITY"]


class QuestionTests(DeployTest):
    def test_every_audience_asks(self):
        sections = read(PAGE).split("\n.Sh ")
        for audience in AUDIENCES:
            with self.subTest(audience):
                (section,) = [s for s in sections if s.split("\n")[0].split()[-1] == audience]
                asked = commands(section.splitlines(), MANUAL_FORMAT)
                self.assertGreaterEqual(len(asked), 2)
                self.assertIn(f"almanac advice --for {audience.lower()}", asked)

    def test_the_answers_are_what_the_programs_say(self):
        """`make answers` writes them."""
        with Authority(BIN_DIR, os.path.join(ROOT, "Sources", "AlmanacDataset", "Package")) as authority:
            answer = shell(authority.enrolled())
            for page in (PAGE, os.path.join(ROOT, "README.md")):
                with self.subTest(page):
                    difference, _ = differences(page, answer)
                    self.assertEqual(difference, [])
