#!/usr/bin/env python3
"""Keeps the answers in a page what the programs really say.

    answers.py BIN_DIR PAGE...            compares, shows what differs, and fails if anything does
    answers.py --write BIN_DIR PAGE...    puts the answers in their places

A command is a line that begins with "$ " in a literal block of a manual page (.Bd -literal to .Ed) or in a block of Markdown that is
fenced as console; its answer is what follows, up to the next command or the block's end. The commands run against a copy of the
starter data package, synced from an authority of their own on the loopback address.
"""

import difflib
import os
import subprocess
import sys

from authority import Authority
from mdoc import literal, shown


class Format:
    """Where a page has its blocks, and how a line stands in them."""

    def __init__(self, begins, ends, written, read):
        self.begins, self.ends, self.written, self.read = begins, ends, written, read


MANUAL = Format(lambda line: line.startswith(".Bd -literal"), ".Ed", literal, shown)
MARKDOWN = Format(lambda line: line == "```console", "```", str, str)


def answered(lines, form, answer):
    """The lines with every command's answer in its place. The answer of a command is a function of its text."""
    result, inside, follows_command = [], False, False
    for line in lines:
        if form.begins(line) or line == form.ends:
            inside, follows_command = line != form.ends, False
        if inside and form.read(line).startswith("$ "):
            follows_command = True
            result.append(line)
            result += [form.written(each) for each in answer(form.read(line).removeprefix("$ ")).splitlines()]
        elif not follows_command:
            result.append(line)
    return result


def commands(lines, form):
    found = []
    answered(lines, form, lambda command: found.append(command) or "")
    return found


def form_of(path):
    return MARKDOWN if path.endswith(".md") else MANUAL


def shell(environment):
    """Runs a command as a reader of the page would; what it says on stderr belongs to the answer."""

    def answer(command):
        done = subprocess.run(
            ["bash", "-c", command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command}\nends with {done.returncode}: {done.stdout}")
        return done.stdout

    return answer


def differences(path, answer):
    """What would change in the page, as a diff, and its new lines."""
    with open(path, encoding="utf-8") as file:
        old = file.read().splitlines()
    new = answered(old, form_of(path), answer)
    return list(difflib.unified_diff(old, new, path, "the programs", lineterm="")), new


def main(arguments):
    writes = arguments[0] == "--write"
    bin_dir, *pages = arguments[writes:]
    package = os.path.join(os.path.dirname(__file__), "..", "..", "Sources", "AlmanacDataset", "Package")
    differ = False
    with Authority(bin_dir, package) as authority:
        answer = shell(authority.enrolled())
        for page in pages:
            difference, lines = differences(page, answer)
            differ = differ or bool(difference)
            if writes:
                with open(page, "w", encoding="utf-8") as file:
                    file.write("\n".join(lines) + "\n")
            else:
                print(*difference, sep="\n", end="\n" if difference else "")
    return 1 if differ and not writes else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except RuntimeError as error:
        sys.exit(f"error: {error}")
