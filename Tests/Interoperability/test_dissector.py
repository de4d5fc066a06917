"""The dissector shows what two programs have said to each other, to who has the session's keys, and to nobody else."""

from __future__ import annotations

import subprocess
import unittest
from pathlib import Path

from capture import write_capture
from programs import ROOT, SwiftClient
from sample import Sample
from test_interoperability import SEED, CopiesTests

DISSECTOR = ROOT / "Protocol" / "wireshark" / "almanac.lua"


class DissectorTests(CopiesTests):
    """tshark with almanac.lua."""

    def setUp(self) -> None:
        super().setUp()
        Sample(self.folder / "package", SEED, 300)
        self.begin(self.folder / "package")
        self.keys = self.folder / "keys"

    def shown(self, keys: Path) -> str:
        """All that tshark shows of the relay's last connection."""
        capture = self.folder / "capture.pcap"
        write_capture(capture, self.relay.recorded)
        command = ["tshark", "-n", "-r", str(capture), "-o", f"tls.keylog_file:{keys}", "-X", f"lua_script:{DISSECTOR}", "-O", "almanac"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("Lua Error", done.stdout + done.stderr)
        return done.stdout

    def assert_shown(self, shown: str) -> None:
        """Every message of a sync, and what is in them."""
        for message in ("client_hello", "server_hello", "pull", "outline", "window", "complete"):
            self.assertIn(message, shown)
        self.assertIn("deals/asia", shown)

    def test_a_sync_of_the_python_client(self) -> None:
        self.python.run("sync", key_log=self.keys)
        self.assert_shown(self.shown(self.keys))

    def test_a_sync_of_the_swift_client(self) -> None:
        (self.folder / "wire").mkdir()
        swift = SwiftClient(self.folder / "wire")
        swift.run("enrol", self.authority.invite("wire", self.relay.port))
        swift.run("sync", "--key-log", str(self.keys))
        self.assertEqual(self.keys.stat().st_mode & 0o777, 0o600)
        self.assert_shown(self.shown(self.keys))
        swift.run("sync", "--full")
        self.assertNotIn("client_hello", self.shown(self.keys), "keys are written where they are asked for, and nowhere else")

    def test_without_keys_nothing_is_shown(self) -> None:
        self.python.run("sync")
        self.keys.write_bytes(b"")
        self.assertNotIn("client_hello", self.shown(self.keys))


if __name__ == "__main__":
    unittest.main()
