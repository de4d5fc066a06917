"""Where things are, and how a program is run."""

import json
import os
import shlex
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
DEPLOY = os.path.join(ROOT, "deploy")
MANUAL = os.path.join(DEPLOY, "manual")
SYSTEMD = os.path.join(DEPLOY, "systemd")
# `make test-deploy` names it.
BIN_DIR = os.path.abspath(os.environ.get("ALMANAC_BIN_DIR", os.path.join(ROOT, ".build", "debug")))
SYSTEM_UNITS = ["almanacd.service", "almanac-sync@.service", "almanac-sync@.timer"]
USER_UNITS = ["almanac-sync@.service", "almanac-sync@.timer"]

sys.path.insert(0, MANUAL)


def run(*command, check=True, **options):
    """What came of it, as text. A tool that is missing is an error."""
    done = subprocess.run(list(command), capture_output=True, text=True, timeout=300, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} ends with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


class DeployTest(unittest.TestCase):
    """With a folder of its own that is gone afterwards."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="almanac-deploy-")
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def install(self, verb="install", bin_dir=None, **settings):
        """By make. Unless told otherwise, in place of the programs, which are big, small scripts that run them."""
        bin_dir = bin_dir or self.stand_ins()
        environment = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        arguments = [f"{name}={value}" for name, value in settings.items()]
        return run("make", "--no-print-directory", verb, f"BIN_DIR={bin_dir}", *arguments, cwd=ROOT, env=environment)

    def stand_ins(self):
        folder = tempfile.TemporaryDirectory(prefix="almanac-deploy-")
        self.addCleanup(folder.cleanup)
        for program in "almanac", "almanacd":
            path = os.path.join(folder.name, program)
            with open(path, "w", encoding="utf-8") as file:
                file.write(f'#!/bin/sh\nexec {shlex.quote(os.path.join(BIN_DIR, program))} "$@"\n')
            os.chmod(path, 0o755)
        return folder.name

    def files_below(self, folder):
        found = []
        for path, _, names in os.walk(folder):
            found += [os.path.relpath(os.path.join(path, name), folder) for name in names]
        return sorted(found)

    def package(self):
        """A data package of one table with two rows."""
        key = {"name": "key", "type": "string", "constraints": {"required": True, "unique": True}}
        fields = [key, {"name": "name", "type": "string"}]
        resource = {"name": "places", "path": "places.csv", "schema": {"fields": fields, "primaryKey": "key"}}
        folder = os.path.join(self.folder, "package")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "datapackage.json"), "w", encoding="utf-8") as file:
            json.dump({"name": "places", "resources": [resource]}, file)
        with open(os.path.join(folder, "places.csv"), "w", encoding="utf-8") as file:
            file.write("key,name\nseoul,Seoul\nbeijing,Beijing\n")
        return folder
