"""`make install` puts exactly what it says into its places, and `make uninstall` takes it away."""

import os
import shlex
import subprocess

from support import BIN_DIR, DEPLOY, ROOT, SYSTEM_UNITS, USER_UNITS, DeployTest, read, run

DATA = os.path.join(ROOT, "Sources", "AlmanacDataset")


def expected(files_below, zsh="share/zsh/vendor-completions"):
    """What an installation has below its prefix."""
    wanted = ["share/almanac/installed-files", "lib/sysusers.d/almanac.conf", "lib/tmpfiles.d/almanac.conf"]
    wanted += [f"lib/systemd/system/{unit}" for unit in SYSTEM_UNITS] + [f"lib/systemd/user/{unit}" for unit in USER_UNITS]
    wanted += ["share/man/man1/almanac.1", "share/man/man8/almanacd.8", "share/man/man7/almanac-questions.7"]
    wanted += [f"share/doc/almanac/{name}" for name in ("LICENSE", "CHANGELOG.md", "README.md", "almanacd.yaml")]
    for program in "almanac", "almanacd":
        wanted += [f"bin/{program}", f"share/bash-completion/completions/{program}", f"{zsh}/_{program}"]
        wanted += [f"share/fish/vendor_completions.d/{program}.fish"]
    for folder, name in ("Package", "package"), ("Mappings", "mappings"):
        wanted += [f"share/almanac/{name}/{file}" for file in files_below(os.path.join(DATA, folder))]
    return sorted(wanted)


class InstallTests(DeployTest):
    def test_exactly_these_files(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        found = self.files_below(self.folder)
        self.assertEqual(found, sorted(["etc/almanac/almanacd.yaml"] + [f"usr/{file}" for file in expected(self.files_below)]))
        self.assertIn("usr/share/almanac/package/datapackage.json", found)
        for name in found:
            mode = os.stat(os.path.join(self.folder, name)).st_mode & 0o777
            self.assertEqual(mode, 0o755 if name.startswith("usr/bin/") else 0o644, name)

    def test_installed_programs_run_and_units_name_them(self):
        prefix = f"{self.folder}/opt/a_b"
        self.install(bin_dir=BIN_DIR, PREFIX=prefix, SYSCONFDIR=f"{self.folder}/etc")
        self.assertEqual(self.files_below(prefix), expected(self.files_below, zsh="share/zsh/site-functions"))
        for program in "almanac", "almanacd":
            version = run(f"{prefix}/bin/{program}", "--version").stdout
            self.assertRegex(version, r"^\d+\.\d+\.\d+\n$")
            self.assertIn("SUBCOMMANDS", run(f"{prefix}/bin/{program}", "--help").stdout)
        self.assertIn(f"\nExecStart={prefix}/bin/almanacd serve", read(prefix, "lib/systemd/system/almanacd.service"))
        for manager in "system", "user":
            for unit in os.listdir(f"{prefix}/lib/systemd/{manager}"):
                self.assertNotIn("/usr/bin", read(prefix, "lib/systemd", manager, unit))

    def test_a_configuration_is_never_overwritten(self):
        path = f"{self.folder}/etc/almanac/almanacd.yaml"
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write("data: /srv/almanac\n")
        said = self.install(DESTDIR=self.folder, PREFIX="/usr")
        self.assertIn("stays as it is", said.stderr)
        self.install("uninstall", DESTDIR=self.folder, PREFIX="/usr")
        self.assertEqual(read(path), "data: /srv/almanac\n")

    def test_a_configuration_that_is_a_dangling_link_stays(self):
        path = f"{self.folder}/etc/almanac/almanacd.yaml"
        os.makedirs(os.path.dirname(path))
        os.symlink("/nowhere/at/all", path)
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        self.assertTrue(os.path.islink(path))

    def test_uninstall_takes_everything_but_the_configuration(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        other = f"{self.folder}/usr/bin/another"
        with open(other, "w", encoding="utf-8") as file:
            file.write("not ours\n")
        self.install("uninstall", DESTDIR=self.folder, PREFIX="/usr")
        self.assertEqual(self.files_below(self.folder), ["etc/almanac/almanacd.yaml", "usr/bin/another"])
        self.assertFalse(os.path.exists(f"{self.folder}/usr/share/almanac"))

    def test_a_later_version_leaves_nothing_of_an_earlier_one(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        old = "/usr/share/almanac/package/old.csv"
        with open(self.folder + old, "w", encoding="utf-8") as file:
            file.write("key\n")
        with open(f"{self.folder}/usr/share/almanac/installed-files", "a", encoding="utf-8") as file:
            file.write(old + "\n")
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        self.assertFalse(os.path.exists(self.folder + old))
        self.assertEqual(len(self.files_below(self.folder)), len(expected(self.files_below)) + 1)

    def test_a_damaged_list_removes_nothing_elsewhere(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        with open(f"{self.folder}/usr/share/almanac/installed-files", "w", encoding="utf-8") as file:
            file.write("/usr/../precious\n")
        with open(f"{self.folder}/precious", "w", encoding="utf-8") as file:
            file.write("kept\n")
        with self.assertRaisesRegex(AssertionError, "damaged"):
            self.install("uninstall", DESTDIR=self.folder, PREFIX="/usr")
        self.assertTrue(os.path.exists(f"{self.folder}/precious"))

    def test_what_cannot_be_installed_is_said(self):
        with self.assertRaisesRegex(AssertionError, "make release"):
            run("make", "install", f"BIN_DIR={self.folder}", f"DESTDIR={self.folder}", cwd=ROOT)
        for prefix in "usr", "/usr with blanks", "/usr|x":
            with self.assertRaisesRegex(AssertionError, "PREFIX"):
                self.install(DESTDIR=self.folder, PREFIX=prefix)
        self.assertEqual(self.files_below(self.folder), [])


class CompletionTests(DeployTest):
    def setUp(self):
        super().setUp()
        self.install(DESTDIR=self.folder, PREFIX="/usr")

    def test_bash_completes_commands_and_options(self):
        for program, words, wanted in [
            ("almanac", ["almanac", "sy"], "sync"), ("almanac", ["almanac", "sync", "--fu"], "--full"),
            ("almanacd", ["almanacd", "se"], "serve"), ("almanacd", ["almanacd", "serve", "--po"], "--port"),
        ]:
            with self.subTest(words=words):
                path = f"{self.folder}/usr/share/bash-completion/completions/{program}"
                run("bash", "-n", path)
                line = shlex.join(words)
                script = f"""
                    export PATH={shlex.quote(BIN_DIR)}:$PATH
                    source {shlex.quote(path)}
                    COMP_WORDS=({line}) COMP_CWORD={len(words) - 1} COMP_LINE={shlex.quote(line)} COMP_POINT={len(line)}
                    function=$(complete -p {program} | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                    "$function" {program} {words[-1]} {words[-2]}
                    printf '%s\\n' "${{COMPREPLY[@]}}"
                """
                self.assertIn(wanted, run("bash", "-c", script).stdout.split())

    def test_the_other_shells_get_their_own(self):
        for program in "almanac", "almanacd":
            self.assertTrue(read(self.folder, f"usr/share/zsh/vendor-completions/_{program}").startswith(f"#compdef {program}\n"))
            self.assertIn(f"complete -c '{program}'", read(self.folder, f"usr/share/fish/vendor_completions.d/{program}.fish"))


class ScriptTests(DeployTest):
    def test_scripts_parse(self):
        scripts = [name for name in os.listdir(DEPLOY) if name.endswith(".sh")]
        self.assertIn("install.sh", scripts)
        for name in scripts:
            self.assertEqual(subprocess.run(["sh", "-n", os.path.join(DEPLOY, name)], check=False).returncode, 0, name)
