"""The manual pages: they render without a warning, and say what the programs and the sources say."""

import json
import os
import random
import re

from support import BIN_DIR, MANUAL, ROOT, DeployTest, read, run

from answers import MANUAL as MANUAL_FORMAT
from answers import MARKDOWN, answered, commands
from mdoc import literal, shown, text

PAGES = {"almanac.1": "man1", "almanacd.8": "man8", "almanac-questions.7": "man7"}


def rendered(path):
    done = run("groff", "-ww", "-K", "utf8", "-mandoc", "-Tutf8", "-P", "-c", path)
    if done.stderr:
        raise AssertionError(done.stderr)
    # Bold and underlined letters are struck twice.
    return re.sub(r"\s+", " ", re.sub(r".\x08", "", done.stdout).replace("\u2010 ", "").replace("\u2010\n", ""))


class PageTests(DeployTest):
    def page(self, name):
        return f"{self.folder}/usr/share/man/{PAGES[name]}/{name}"

    def test_they_render_without_a_warning(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        for name in PAGES:
            with self.subTest(name):
                said = run("mandoc", "-T", "lint", "-W", "warning", self.page(name), check=False)
                self.assertEqual((said.returncode, said.stdout + said.stderr), (0, ""))
                self.assertIn("NAME", rendered(self.page(name)))

    def test_a_warning_would_be_seen(self):
        path = os.path.join(self.folder, "wrong.1")
        with open(path, "w", encoding="utf-8") as file:
            file.write(".Dd November 21, 2026\n.Dt WRONG 1\n.Os\n.Sh NAME\n.Nm wrong\n.Nd page\n.Xx y\n")
        self.assertNotEqual(run("mandoc", "-T", "lint", "-W", "warning", path, check=False).returncode, 0)
        with self.assertRaises(AssertionError):
            rendered(path)

    def test_every_command_and_option_is_there(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        for program, name in ("almanac", "almanac.1"), ("almanacd", "almanacd.8"):
            page = rendered(self.page(name))
            said = run(os.path.join(BIN_DIR, program), "--experimental-dump-help").stdout
            for path, command in leaves(json.loads(said)["command"]):
                with self.subTest(program=program, command=path):
                    self.assertIn(f" {' '.join(path)} ", page)
                    for argument in command.get("arguments", []):
                        for each in argument.get("names", []):
                            if argument["shouldDisplay"]:
                                dashes = "--" if each["kind"] == "long" else "-"
                                self.assertRegex(page, rf"[ \[]{dashes}{each['name']}[ ,\]]")

    def test_the_exit_statuses_are_those_of_the_client(self):
        source = read(ROOT, "Clients", "AlmanacClient", "Errors", "ExitStatus.swift")
        wanted = re.findall(r"^    case \w+ = (\d+)$", source, re.MULTILINE)
        section = read(MANUAL, "almanac.1.in").split(".Sh EXIT STATUS")[1].split(".Sh")[0]
        self.assertEqual(re.findall(r"^\.It (\d+)$", section, re.MULTILINE), wanted)

    def test_every_setting_is_in_the_environment(self):
        source = read(ROOT, "Sources", "almanacd", "Configuration", "Setting.swift")
        section = read(MANUAL, "almanacd.8.in").split(".Sh ENVIRONMENT")[1].split(".Sh")[0]
        for key in re.findall(r'case \w+ = "([a-z.]+)"', source):
            self.assertIn("ALMANACD_" + key.upper().replace(".", "_"), section)


def leaves(command, path=()):
    below = [c for c in command.get("subcommands", []) if c["shouldDisplay"] and c["commandName"] != "help"]
    if not below:
        yield list(path), command
    for each in below:
        yield from leaves(each, (*path, each["commandName"]))


class TextTests(DeployTest):
    """Nothing that a program says becomes a request of the page's language."""

    def test_lines_come_back(self):
        seed = random.SystemRandom().getrandbits(32)
        print(f"seed {seed}")
        generator = random.Random(seed)
        for _ in range(2_000):
            line = "".join(generator.choice("\\\\.'`-^~eaq(&\" gé—") for _ in range(generator.randrange(12)))
            self.assertEqual(shown(literal(line)), line, repr(line))

    def test_lines_look_as_they_are(self):
        lines = [".Sh no section", "'quoted'", "a\\b \\e \\&", "--flag ^ ~ `x`", "..", "São Paulo – 9 %", '"x"', " .indented", "\\"]
        path = os.path.join(self.folder, "page.7")
        with open(path, "w", encoding="utf-8") as file:
            head = [".Dd November 21, 2026", ".Dt PAGE 7", ".Os", ".Sh NAME", ".Nm page", ".Nd page", ".Sh DESCRIPTION"]
            file.write("\n".join([*head, ".Bd -literal", *map(literal, lines), ".Ed", ".Pp", *map(text, lines[:4])]) + "\n")
        page = rendered(path)
        self.assertIn(re.sub(r"\s+", " ", " ".join(lines)), page)
        self.assertEqual(run("mandoc", "-T", "lint", "-W", "error", path, check=False).stdout, "")


class AnswerTests(DeployTest):
    ROFF = [".Pp", "$ no command", ".Bd -literal -offset indent", "$ one \\-\\-flag", "old", "$ two", ".Ed", "after"]

    def test_answers_take_their_places(self):
        said = {"one --flag": "-first-\n.second", "two": ""}
        new = answered(self.ROFF, MANUAL_FORMAT, said.__getitem__)
        self.assertEqual(
            new,
            [".Pp", "$ no command", ".Bd -literal -offset indent", "$ one \\-\\-flag", "\\-first\\-", "\\&.second", "$ two", ".Ed",
             "after"])
        self.assertEqual(answered(new, MANUAL_FORMAT, said.__getitem__), new)

    def test_blocks_without_commands_stay(self):
        lines = [".Bd -literal", "an example", ".Ed"]
        self.assertEqual(answered(lines, MANUAL_FORMAT, self.fail), lines)

    def test_markdown_has_its_own_blocks(self):
        lines = ["```", "$ shown only", "```", "```console", "$ asked --it", "```"]
        self.assertEqual(commands(lines, MARKDOWN), ["asked --it"])
        self.assertEqual(answered(lines, MARKDOWN, str.upper)[-2:], ["ASKED --IT", "```"])
