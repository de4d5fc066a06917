"""An authority of its own on the loopback address, and a device that is enrolled at it."""

import os
import re
import subprocess
import tempfile
import time


class Authority:
    """Founds a dataset from a data package in a temporary directory, and serves it while the context lasts."""

    def __init__(self, bin_dir, package, wrapper=()):
        self.bin_dir = os.path.abspath(bin_dir)
        self.package = package
        # What the server is started by, in place of nothing.
        self.wrapper = list(wrapper)
        self.server = None

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = os.path.join(self.folder.name, "authority")
        self.log = os.path.join(self.folder.name, "log")
        self.environment = self.clean_environment("laptop")
        try:
            self.run("almanacd", "init", "--name", "innovation")
            self.run("almanacd", "import", self.package)
            self.serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=60)
        self.folder.cleanup()

    def clean_environment(self, home):
        """Nothing of the user's own configuration; a home in the temporary directory."""
        return {
            "HOME": os.path.join(self.folder.name, home),
            "PATH": self.bin_dir + os.pathsep + os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "ALMANACD_DATA": self.data,
        }

    def run(self, program, *arguments, environment=None):
        done = subprocess.run(
            [os.path.join(self.bin_dir, program), *arguments],
            env=environment or self.environment,
            capture_output=True,
            text=True,
            timeout=1_800,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} {' '.join(arguments)} ends with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout

    def serve(self):
        """Returns when connections are accepted."""
        command = [*self.wrapper, os.path.join(self.bin_dir, "almanacd"), "serve", "--port", "0"]
        with open(self.log, "w", encoding="utf-8") as log:
            self.server = subprocess.Popen(command, env=self.environment, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with open(self.log, encoding="utf-8") as log:
                said = log.read()
            if match := re.search(r" address=\S*:(\d+) ", said):
                self.port = match.group(1)
                return
            if self.server.poll() is not None:
                raise RuntimeError(f"the server ends with {self.server.returncode}: {said}")
            time.sleep(0.05)
        raise RuntimeError(f"the server does not serve: {said}")

    def enrolled(self, home="laptop"):
        """The environment of a device with a synced copy."""
        environment = self.clean_environment(home)
        link = self.run("almanacd", "invite", home, "--port", self.port).strip()
        self.run("almanac", "enrol", link, environment=environment)
        self.run("almanac", "sync", environment=environment)
        return environment
