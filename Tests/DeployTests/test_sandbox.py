"""The services do their work under what their units restrict, and the restrictions hold."""

import os
import socket
import sys

from support import BIN_DIR, SYSTEMD, DeployTest, run
from unitfile import UnitFile

from authority import Authority

SANDBOX = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sandbox.py")


def under(manager, unit, *writable):
    return [sys.executable, SANDBOX, os.path.join(SYSTEMD, manager, unit), *writable, "--"]


class Served(Authority):
    """Serves as the unit lets it: the data directory is all that can be written to."""

    def serve(self):
        self.wrapper = under("system", "almanacd.service", self.data)
        super().serve()


class Notifying(Served):
    """With a service manager at this socket."""

    def __init__(self, bin_dir, package, notify):
        super().__init__(bin_dir, package)
        self.notify = notify

    def clean_environment(self, home):
        return {**super().clean_environment(home), "NOTIFY_SOCKET": self.notify, "WATCHDOG_USEC": "300000"}


class SandboxTests(DeployTest):
    def test_server_and_clients_work_within_their_units(self):
        with Served(BIN_DIR, self.package()) as authority:
            for manager, home in ("system", "host"), ("user", "laptop"):
                with self.subTest(manager=manager):
                    self.sync_regularly(authority, manager, home)

    def test_the_server_tells_its_manager_within_its_unit(self):
        """Ready once it accepts, alive as often as the unit asks, stopping at the end; and it can be asked meanwhile."""
        unit = UnitFile(SYSTEMD, "system", "almanacd.service")
        self.assertEqual((unit.value("Type"), unit.value("NotifyAccess")), ("notify", "main"))
        self.assertGreaterEqual(int(unit.value("WatchdogSec")), 10)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(self.folder + "/notify")
            manager.settimeout(60)
            with Notifying(BIN_DIR, self.package(), self.folder + "/notify") as authority:
                self.assertRegex(manager.recv(4_096).decode(), r"^READY=1\nSTATUS=serving 127\.0\.0\.1:\d+, head r2, connections: 0$")
                self.assertEqual(manager.recv(4_096), b"WATCHDOG=1")
                self.assertIn('"running":true', authority.run("almanacd", "status", "--json"))
            said = b""
            while not said.startswith(b"STOPPING=1\n"):
                said = manager.recv(4_096)

    def sync_regularly(self, authority, manager, home):
        """Enrolled by hand, synced by the unit: the first copy, a change, and evidence has a place."""
        environment = authority.clean_environment(home)
        link = authority.run("almanacd", "invite", home, "--port", authority.port, "--host", "localhost").strip()
        authority.run("almanac", "enrol", link, environment=environment)
        base = environment["HOME"]
        folders = [base] if manager == "system" else self.writable(base)
        _, *words = UnitFile(SYSTEMD, manager, "almanac-sync@.service").command()
        words = [word.replace("%i", "innovation") for word in words]
        command = [*under(manager, "almanac-sync@.service", *folders), os.path.join(BIN_DIR, "almanac"), *words]
        self.assertIn("digest verified", run(*command, env=environment).stdout)
        self.change(authority, home)
        self.assertIn("digest verified", run(*command, env=environment).stdout)
        authority.run("almanac", "verify", environment=environment)

    def writable(self, home):
        """ReadWritePaths of the user's unit: each has to be there once a device is enrolled."""
        paths = UnitFile(SYSTEMD, "user", "almanac-sync@.service").value("ReadWritePaths").split()
        folders = [path.replace("%h", home) for path in paths]
        for folder in folders:
            self.assertTrue(os.path.isdir(folder), folder)
        return folders

    def change(self, authority, home):
        path = os.path.join(self.folder, "change.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"key,name\nnew,{home}\n")
        authority.run("almanacd", "import", "--table", "places", path)

    def test_the_restrictions_hold(self):
        """What the services have no business with fails for a program in their place, and succeeds without the unit."""
        attempts = {
            "a unix socket": "import socket; socket.socket(socket.AF_UNIX)",
            "a packet socket": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
            "writable code": "import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_READ|mmap.PROT_WRITE|mmap.PROT_EXEC)",
            "a file elsewhere": f"open({self.folder + '/elsewhere'!r}, 'w')",
            "a priority": "import os; os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0))",
        }
        state = os.path.join(self.folder, "state")
        os.mkdir(state)
        for manager, unit in ("system", "almanacd.service"), ("system", "almanac-sync@.service"), ("user", "almanac-sync@.service"):
            wrapper = under(manager, unit, state)
            allowed = f"import socket; socket.socket(socket.AF_INET6); open({state + '/file'!r}, 'w')"
            run(*wrapper, sys.executable, "-c", allowed)
            self.assertRegex(run(*wrapper, "/bin/cat", "/proc/self/status").stdout, r"CapEff:\t0+\n")
            self.assertEqual(os.stat(state + "/file").st_mode & 0o777, 0o600)
            os.remove(state + "/file")
            for name, attempt in attempts.items():
                # The server talks to its manager, and `almanacd status` to the server.
                if (unit, name) == ("almanacd.service", "a unix socket"):
                    run(*wrapper, sys.executable, "-c", attempt)
                    continue
                with self.subTest(unit=unit, attempt=name):
                    run(sys.executable, "-c", attempt)
                    refused = run(*wrapper, sys.executable, "-c", attempt, check=False)
                    self.assertRegex(refused.stderr, "PermissionError|not permitted")
