#!/usr/bin/env python3
"""Makes a manual page: generate.py PROGRAM TEMPLATE, on standard output.

What the program says of its own commands and options takes the place of the line @COMMANDS@; everything else is the template's.
"""

import json
import subprocess
import sys

from mdoc import paragraphs, sentences, word

PLACE = "@COMMANDS@"


def main(program, template):
    described = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
    with open(template, encoding="utf-8") as file:
        lines = file.read().splitlines()
    if lines.count(PLACE) != 1:
        sys.exit(f"error: {template} has to have one line {PLACE}")
    place = lines.index(PLACE)
    lines[place : place + 1] = sections(json.loads(described)["command"])
    print("\n".join(lines))


def sections(root):
    leaves = list(commands(root, []))
    common = shared_options([command for _, command in leaves])
    lines = [".Sh COMMANDS", ".Bl -tag -width Ds"]
    for path, command in leaves:
        lines += entry(path, command, own_arguments(command, common))
    lines += [".El", ".Sh OPTIONS", "Every command understands:", ".Bl -tag -width Ds"]
    for argument in common:
        lines += item(argument)
    return lines + [".El"]


def commands(command, path):
    """What can be run, with the words that lead there. The parser's own help command needs no entry."""
    below = [c for c in command.get("subcommands", []) if c["shouldDisplay"] and c["commandName"] != "help"]
    if not below:
        yield path, command
    for each in below:
        yield from commands(each, path + [each["commandName"]])


def identity(argument):
    return json.dumps([argument.get("names"), argument.get("abstract"), argument["valueName"]])


def shared_options(leaves):
    """The options that every command has, in the order of the first."""
    everywhere = set.intersection(*({identity(a) for a in shown(leaf) if a["kind"] != "positional"} for leaf in leaves))
    return [a for a in shown(leaves[0]) if identity(a) in everywhere]


def shown(command):
    return [a for a in command.get("arguments", []) if a["shouldDisplay"]]


def own_arguments(command, common):
    known = {identity(a) for a in common}
    return [a for a in shown(command) if identity(a) not in known]


def entry(path, command, arguments):
    lines = [".It Xo", f".Cm {' '.join(word(name) for name in path)}"]
    for argument in arguments:
        lines.append(f".{usage(argument)}")
    lines.append(".Xc")
    lines += sentences(command.get("abstract", ""))
    if command.get("discussion"):
        lines += [".Pp", *paragraphs(command["discussion"])]
    described = [a for a in arguments if a.get("abstract") or a.get("allValues")]
    if described:
        lines += [".Bl -tag -width Ds"]
        for argument in described:
            lines += item(argument)
        lines += [".El"]
    return lines


def usage(argument):
    form = " ".join(form_of(argument, argument.get("preferredName")))
    if argument["isRepeating"]:
        form += " ..."
    return f"Op {form}" if argument["isOptional"] else form


def form_of(argument, name):
    value = ["Ar", word(argument["valueName"])]
    if argument["kind"] == "positional":
        return value
    flag = [{"long": "Fl Fl", "short": "Fl", "longWithSingleDash": "Fl"}[name["kind"]], word(name["name"])]
    return flag if argument["kind"] == "flag" else flag + value


def item(argument):
    names = argument.get("names") or [None]
    short_first = sorted(names, key=lambda name: name is not None and name["kind"] == "long")
    forms = [" ".join(form_of(argument, name)) for name in short_first]
    lines = [f".It {' , '.join(forms)}"]
    about = argument.get("abstract", "")
    if not all(value in about for value in argument.get("allValues", [])):
        about = f"{about} One of {', '.join(argument['allValues'])}.".strip()
    if argument.get("defaultValue") and "default" not in about and argument["kind"] != "flag":
        about = f"{about} The default is {argument['defaultValue']}.".strip()
    return lines + (sentences(about) or ["\\&"])


if __name__ == "__main__":
    main(*sys.argv[1:])
