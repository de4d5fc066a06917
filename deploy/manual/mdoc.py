"""Text as the mdoc language writes it."""

import re

MACRO_LENGTHS = range(2, 4)
LITERAL = {"-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


def text(words):
    """Running text: nothing in it is taken for a request, an escape or a macro."""
    escaped = words.replace("\\", "\\e")
    escaped = re.sub(r"(?<![\w-])--(?=\w)", r"\\-\\-", escaped)
    escaped = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in escaped)
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped


def literal(line):
    """A line of a literal block: every character is shown, and copied from the page, as it is."""
    escaped = line.replace("\\", "\\e")
    for character, escape in LITERAL.items():
        escaped = escaped.replace(character, escape)
    return "\\&" + escaped if escaped[:1] == "." else escaped


def shown(line):
    """The line of which ``literal`` made this one."""
    for character, escape in LITERAL.items():
        line = line.replace(escape, character)
    return line.removeprefix("\\&").replace("\\e", "\\")


def word(name):
    """A single argument of a macro, which is not taken for a macro itself."""
    escaped = text(name).replace('"', "\\(dq")
    if len(name) in MACRO_LENGTHS and name[:1].isupper():
        escaped = "\\&" + escaped
    return f'"{escaped}"' if " " in escaped else escaped


def paragraphs(prose):
    """Lines of mdoc for prose with blank lines between its paragraphs; an indented paragraph is an example."""
    lines = []
    for number, paragraph in enumerate(p for p in re.split(r"\n\s*\n", prose.strip("\n")) if p.strip()):
        rows = paragraph.split("\n")
        if all(row.startswith((" ", "\t")) for row in rows):
            lines += [".Bd -literal -offset indent", *(literal(row.strip()) for row in rows), ".Ed"]
            continue
        if number:
            lines.append(".Pp")
        lines += sentences(" ".join(row.strip() for row in rows))
    return lines


def sentences(prose):
    """A sentence a line, as mdoc wants it."""
    return [text(part) for part in re.split(r"(?<=[a-z0-9)”\"][.?!]) +(?=[A-Z“])", prose) if part]
