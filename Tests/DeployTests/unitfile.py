"""Reads a systemd unit as far as the tests need it."""

import functools
import shlex

from support import read, run


class UnitFile:
    def __init__(self, *path):
        self.settings = {}
        section = None
        for line in read(*path).splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith(("#", ";")):
                key, value = line.split("=", 1)
                self.settings.setdefault((section, key.strip()), []).append(value.strip())

    def all(self, section, key):
        return self.settings.get((section, key), [])

    def value(self, key):
        values = self.all("Service", key)
        return values[-1] if values else None

    def is_on(self, key):
        return self.value(key) == "yes"

    def command(self):
        """The words of ExecStart."""
        (line,) = self.all("Service", "ExecStart")
        return shlex.split(line)

    def system_calls(self):
        """The names of the system calls that the filter allows, in the order of its lines."""
        allowed = set()
        for line in self.all("Service", "SystemCallFilter"):
            names = {name for word in line.lstrip("~").split() for name in expanded(word)}
            allowed = allowed - names if line.startswith("~") else allowed | names
        return allowed


@functools.cache
def system_call_sets():
    """What systemd's sets of system calls have as members, other sets among them."""
    sets, members = {}, None
    for line in run("systemd-analyze", "--no-pager", "syscall-filter").stdout.splitlines():
        word = line.strip()
        if line.startswith("@"):
            members = sets.setdefault(word, [])
        elif word and not word.startswith("#") and members is not None:
            members.append(word)
    return sets


def expanded(word):
    """The system calls of a set, those of the sets in it included."""
    if not word.startswith("@"):
        return {word}
    return {name for member in system_call_sets()[word] for name in expanded(member)}
