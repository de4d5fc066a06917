"""The systemd units: how exposed they are, whether systemd understands them, and what they run."""

import os
import re

from support import BIN_DIR, ROOT, SYSTEM_UNITS, SYSTEMD, USER_UNITS, DeployTest, read, run
from unitfile import UnitFile

SERVICES = [("system", unit) for unit in SYSTEM_UNITS] + [("user", unit) for unit in USER_UNITS]
SERVICES = [(manager, unit) for manager, unit in SERVICES if unit.endswith(".service")]


class UnitTests(DeployTest):
    def test_the_list_is_whole(self):
        self.assertEqual(sorted(os.listdir(os.path.join(SYSTEMD, "system"))), sorted(SYSTEM_UNITS))
        self.assertEqual(sorted(os.listdir(os.path.join(SYSTEMD, "user"))), sorted(USER_UNITS))

    def test_exposure_is_low(self):
        for manager, unit in SERVICES:
            with self.subTest(manager=manager, unit=unit):
                path = os.path.join(SYSTEMD, manager, unit)
                said = run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", path, check=False)
                exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said.stdout)
                self.assertIsNotNone(exposure, said.stdout + said.stderr)
                self.assertLessEqual(float(exposure.group(1)), 1.5, said.stdout)
                self.assertEqual(said.returncode, 0, said.stdout)

    def test_exposure_of_a_unit_without_hardening_is_high(self):
        path = os.path.join(self.folder, "bare.service")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[Service]\nExecStart=/bin/true\n")
        said = run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", path, check=False)
        self.assertNotEqual(said.returncode, 0)

    def test_systemd_understands_them(self):
        self.install(PREFIX=f"{self.folder}/usr", SYSCONFDIR=f"{self.folder}/etc")
        environment = {**os.environ, "XDG_RUNTIME_DIR": self.folder}
        for manager, units in ("system", SYSTEM_UNITS), ("user", USER_UNITS):
            for unit in units:
                with self.subTest(manager=manager, unit=unit):
                    path = f"{self.folder}/usr/lib/systemd/{manager}/{unit}"
                    said = run("systemd-analyze", f"--{manager}", "verify", "--man=no", path, check=False, env=environment)
                    ours = [line for line in said.stderr.splitlines() if "almanac" in line]
                    self.assertEqual((said.returncode, ours), (0, []), said.stderr)

    def test_systemd_would_say_what_it_does_not_understand(self):
        path = os.path.join(self.folder, "almanac-wrong.service")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[Service]\nExecStart=/bin/true\nProtectSytem=strict\n")
        said = run("systemd-analyze", "verify", "--man=no", path, check=False)
        self.assertIn("ProtectSytem", said.stderr)

    def test_the_programs_have_the_options(self):
        for manager, unit in SERVICES:
            with self.subTest(manager=manager, unit=unit):
                program, *words = UnitFile(SYSTEMD, manager, unit).command()
                self.assertEqual(os.path.dirname(program), "/usr/bin")
                command = [os.path.join(BIN_DIR, os.path.basename(program)), "help", words[0]]
                options = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", run(*command).stdout, re.MULTILINE)
                for word in words[1:]:
                    if word.startswith("-"):
                        self.assertIn(word.split("=")[0], options)

    def test_an_instance_is_a_context(self):
        """%i is what stands between @ and the suffix, as it is; %I would make slashes of hyphens."""
        for manager in "system", "user":
            self.assertIn("%i", UnitFile(SYSTEMD, manager, "almanac-sync@.service").command())

    def test_the_timers_are_meaningful(self):
        for manager in "system", "user":
            timer = UnitFile(SYSTEMD, manager, "almanac-sync@.timer")
            (calendar,) = timer.all("Timer", "OnCalendar")
            self.assertIn("Next elapse", run("systemd-analyze", "calendar", calendar).stdout)
            self.assertEqual(timer.all("Timer", "Persistent"), ["yes"])
            self.assertTrue(timer.all("Timer", "RandomizedDelaySec"))

    def test_the_server_is_started_again_only_when_it_fails(self):
        """It renews its certificate and takes rotated keys over while it runs."""
        unit = UnitFile(SYSTEMD, "system", "almanacd.service")
        self.assertEqual(unit.all("Service", "RuntimeMaxSec"), [])
        self.assertEqual(unit.value("Restart"), "on-failure")

    def test_the_server_has_the_time_to_finish_what_is_open(self):
        source = read(ROOT, "Sources", "AlmanacServer", "Service", "AlmanacService+Settings.swift")
        (drain,) = re.findall(r"drainTimeout: Duration = \.seconds\((\d+)\)", source)
        unit = UnitFile(SYSTEMD, "system", "almanacd.service")
        self.assertGreater(self.seconds(unit.value("TimeoutStopSec")), int(drain))

    def seconds(self, span):
        said = run("systemd-analyze", "timespan", span).stdout
        return int(re.search(r"(\d+)$", said.splitlines()[1]).group(1)) / 1_000_000

    def test_users_and_directories_fit_the_units(self):
        users = re.findall(r'^u (\S+) - "[^"]+" (\S+)$', read(SYSTEMD, "sysusers.conf"), re.MULTILINE)
        directories = re.findall(r"^d (\S+) 0700 (\S+) (\S+) -$", read(SYSTEMD, "tmpfiles.conf"), re.MULTILINE)
        wanted = []
        for unit in SYSTEM_UNITS:
            file = UnitFile(SYSTEMD, "system", unit)
            if file.value("User"):
                wanted.append((file.value("User"), f"/var/lib/{file.value('StateDirectory')}"))
        self.assertEqual(sorted(users), sorted(wanted))
        self.assertEqual(sorted(directories), sorted((home, user, user) for user, home in wanted))
