"""What of the container's recipe can be tried without an engine."""

import os
import re

from support import BIN_DIR, DEPLOY, ROOT, DeployTest, read, run

from authority import Authority

RECIPE = re.sub(r"\\\n", " ", read(DEPLOY, "Dockerfile"))


class ContainerTests(DeployTest):
    def test_what_is_copied_is_installed(self):
        self.install(DESTDIR=self.folder, PREFIX="/usr")
        copied = re.findall(r"^COPY --from=build (.+) \S+$", RECIPE, re.MULTILINE)
        paths = [path for line in copied for path in line.split()]
        self.assertTrue(paths)
        for path in paths:
            self.assertTrue(os.path.exists(self.folder + path.removeprefix("/image")), path)

    def test_the_image_is_no_older_than_the_manifest(self):
        wanted = re.search(r"swift-tools-version: (\d+\.\d+)", read(ROOT, "Package.swift")).group(1)
        self.assertEqual(re.search(r"^FROM swift:(\d+\.\d+)", RECIPE, re.MULTILINE).group(1), wanted)

    def test_it_is_not_root(self):
        self.assertRegex(RECIPE.split("FROM debian")[1], r"\nUSER 10001:10001\n")

    def test_the_health_check_sees_who_listens(self):
        check = re.search(r"^HEALTHCHECK.* CMD (.*)$", RECIPE, re.MULTILINE).group(1)
        with Authority(BIN_DIR, self.package()) as authority:
            environment = {**os.environ, "ALMANACD_LISTEN_PORT": authority.port}
            run("sh", "-c", check, env=environment)
        self.assertNotEqual(run("sh", "-c", check, check=False, env=environment).returncode, 0)

    def test_the_server_uses_the_environment_of_the_recipe(self):
        settings = dict(re.findall(r"(ALMANACD_\w+)=(\S+)", re.search(r"^ENV (.*)$", RECIPE, re.MULTILINE).group(1)))
        keys = re.findall(r'case \w+ = "([a-z.]+)"', read(ROOT, "Sources", "almanacd", "Configuration", "Setting.swift"))
        known = {"ALMANACD_" + key.upper().replace(".", "_") for key in keys}
        self.assertEqual(set(settings) - known, set())
        self.assertEqual(settings["ALMANACD_LISTEN_HOST"], "0.0.0.0")
