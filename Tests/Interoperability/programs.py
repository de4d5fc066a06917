"""The programs under test, each with folders of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def programs_folder() -> Path:
    """Where `almanacd` and `almanac` are. Without them nothing here makes sense, so their absence is a failure."""
    folder = Path(os.environ["ALMANAC_BIN"])
    for name in ("almanacd", "almanac"):
        if not os.access(folder / name, os.X_OK):
            raise FileNotFoundError(f"{folder / name} is missing: build it first (swift build)")
    return folder


def run(command: list[str], environment: dict[str, str], expected: int = 0) -> str:
    """What a program prints to stdout; fails if it ends with another exit status."""
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode != expected:
        raise AssertionError(f"{command} ended with {done.returncode}, not {expected}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Following:
    """A `sync --follow --json` that runs."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self._log, self._errors = log, log.with_suffix(".errors")
        with open(self._log, "wb") as out, open(self._errors, "wb") as errors:
            self._process = subprocess.Popen(command, env=os.environ | environment, stdout=out, stderr=errors)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """What it has printed: whole lines."""
        return [json.loads(line) for line in self._log.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def wait_for(self, sequence: int) -> None:
        """Until a step has led to that sequence."""
        for _ in range(1_200):
            if any(line["message_type"] == "step" and line["to"] >= sequence for line in self.objects):
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"r{sequence} was not reached:\n{self._log.read_text()}\n{self._errors.read_text()}")

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        return self._process.wait()


class Authority:
    """`almanacd` with a data directory of its own."""

    def __init__(self, folder: Path) -> None:
        self._program = str(programs_folder() / "almanacd")
        self._environment = {"ALMANACD_DATA": str(folder / "authority")}
        self._log = folder / "authority.log"
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0
        run([self._program, "init", "--name", "interoperability"], self._environment)

    def run(self, *arguments: str) -> str:
        """Another command of `almanacd`."""
        return run([self._program, *arguments], self._environment)

    def serve(self) -> None:
        """Begins to serve, at a free port; again at the same one."""
        with open(self._log, "wb") as log:
            self._server = subprocess.Popen(
                [self._program, "serve", "--port", str(self.port)], env=os.environ | self._environment, stdout=log, stderr=log
            )
        for _ in range(600):
            found = re.search(r"address=\S*:(\d+) ", self._log.read_text())
            if found:
                self.port = int(found[1])
                return
            if self._server.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"almanacd does not serve:\n{self._log.read_text()}")

    def stop(self) -> None:
        """Ends the server, and waits for its end."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait()

    def rotate(self, number: int) -> None:
        """Replaces the keys, and waits until the running server has taken them over."""
        self.run("rotate")
        for _ in range(600):
            if f"the keys were rotated delegation={number}" in self._log.read_text():
                return
            time.sleep(0.1)
        raise AssertionError(f"the server does not take the keys over:\n{self._log.read_text()}")

    def invite(self, person: str, port: int) -> str:
        """An invitation that leads to a port, with a grant for everything."""
        return self.run("invite", person, "--port", str(port), "--grant", "*").strip()


class SwiftClient:
    """`almanac` with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self._program, self._log = str(programs_folder() / "almanac"), folder / "swift.log"
        self._environment = {f"XDG_{name}_HOME": str(folder / "swift" / name.lower()) for name in ("CONFIG", "DATA", "STATE")}

    def run(self, *arguments: str, expected: int = 0) -> str:
        """A command of `almanac`."""
        return run([self._program, *arguments], self._environment, expected)

    def follow(self) -> Following:
        """Begins to follow."""
        return Following([self._program, "sync", "--follow", "--json"], self._environment, self._log)

    @property
    def replica(self) -> Path:
        """Its local copy."""
        return Path(self.run("path").strip())


class PythonClient:
    """`python3 -m almanac` with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.context, self._log = folder / "python" / "context", folder / "python.log"
        self._environment = {"PYTHONPATH": str(ROOT / "Clients" / "python")}

    def run(self, command: str, *arguments: str, expected: int = 0, key_log: Path | None = None) -> dict[str, Any]:
        """A command; the last object that it prints."""
        environment = self._environment if key_log is None else self._environment | {"SSLKEYLOGFILE": str(key_log)}
        lines = run(self._line(command, *arguments), environment, expected).splitlines()
        return json.loads(lines[-1]) if lines else {}

    def follow(self) -> Following:
        """Begins to follow."""
        return Following(self._line("sync", "--follow"), self._environment, self._log)

    def _line(self, command: str, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "almanac", command, "--json", "--context", str(self.context), *arguments]

    @property
    def replica(self) -> Path:
        """Its local copy."""
        return self.context / "replica.sqlite"
