"""The programs under test, each with folders of its own."""

from __future__ import annotations

import json
import os
import re
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
        """Begins to serve, at a free port."""
        with open(self._log, "wb") as log:
            self._server = subprocess.Popen(
                [self._program, "serve", "--port", "0"], env=os.environ | self._environment, stdout=log, stderr=log
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

    def invite(self, person: str, port: int) -> str:
        """An invitation that leads to a port, with a grant for everything."""
        return self.run("invite", person, "--port", str(port), "--grant", "*").strip()


class SwiftClient:
    """`almanac` with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self._program = str(programs_folder() / "almanac")
        self._environment = {f"XDG_{name}_HOME": str(folder / "swift" / name.lower()) for name in ("CONFIG", "DATA", "STATE")}

    def run(self, *arguments: str, expected: int = 0) -> str:
        """A command of `almanac`."""
        return run([self._program, *arguments], self._environment, expected)

    @property
    def replica(self) -> Path:
        """Its local copy."""
        return Path(self.run("path").strip())


class PythonClient:
    """`python3 -m almanac` with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.context = folder / "python" / "context"
        self._environment = {"PYTHONPATH": str(ROOT / "Clients" / "python")}

    def run(self, command: str, *arguments: str, expected: int = 0) -> dict[str, Any]:
        """A command; the last object that it prints."""
        line = [sys.executable, "-m", "almanac", command, "--json", "--context", str(self.context), *arguments]
        lines = run(line, self._environment, expected).splitlines()
        return json.loads(lines[-1]) if lines else {}

    @property
    def replica(self) -> Path:
        """Its local copy."""
        return self.context / "replica.sqlite"
