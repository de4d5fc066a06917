"""Enrolment: what is checked before the secret leaves this device, and what is kept."""

from __future__ import annotations

import stat
from dataclasses import replace
from unittest import mock

from almanac.client.contexts import find_context
from almanac.client.enrolling import enrol
from almanac.client.link import parse_link
from almanac.client.openssl import validity
from almanac.client.renewing import is_due
from almanac.client.syncing import sync
from almanac.control import ErrorCode, ErrorMessage, Fault, Retry
from almanac.enrolment import Enrol
from almanac.failures import Failure, NotAllowed, NotProven, Offline, Usage
from almanac.frames import Frame, MessageType
from almanac.hello import ClientHello
from almanac.messages import encode_message
from tests.authority import seed
from tests.certificates import Certificates
from tests.laptop import LaptopTests
from tests.server import SECRET


class EnrolmentTests(LaptopTests):
    """Section 11."""

    def test_a_device_enrols_and_its_files_are_private(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        for path in context.folder.rglob("*"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600, path)
        self.assertEqual((context.settings().person, context.settings().name), ("Lea", "Test"))

    def test_threat_16_another_root_gets_no_secret(self) -> None:
        with self.assertRaisesRegex(NotProven, "the invitation pins"):
            enrol(replace(self.server.invitation, pin=bytes(32)), str(self.folder / "context"))
        self.assert_no_secret()
        self.assertFalse((self.folder / "context").exists())

    def test_threat_16_a_borrowed_chain_gets_no_secret(self) -> None:
        other = Certificates(self.folder / "other", seed("another root"))
        self.server.tls = other.server_context()
        with self.assertRaisesRegex(NotProven, "not one of this authority"):
            self.enrolled()
        self.assert_no_secret()

    def assert_no_secret(self) -> None:
        self.assertTrue(self.server.messages)
        for message in self.server.messages:
            self.assertIsInstance(message, ClientHello)
            self.assertEqual((message.dataset, message.checkpoint), (None, None))

    def test_a_delegation_of_another_time_is_refused(self) -> None:
        self.authority.now -= 3 * 86_400_000
        with self.assertRaisesRegex(NotProven, "not valid now"):
            self.enrolled()
        self.assert_no_secret()

    def test_a_cut_loses_no_invitation(self) -> None:
        self.server.meddle = lambda frames: [] if frames[0].type is MessageType.ENROLLED else frames
        with self.assertRaises(Offline):
            self.enrolled()
        self.server.meddle = None
        context = self.enrolled()
        requests = [message for message in self.server.messages if isinstance(message, Enrol)]
        self.assertEqual([request.secret for request in requests], [SECRET, SECRET])
        # ECDSA signs with fresh randomness: the requests differ in their signatures, behind the same key.
        self.assertEqual(requests[0].request[3:121], requests[1].request[3:121])
        self.assertTrue(context.is_enrolled)

    def test_a_context_is_not_enrolled_twice(self) -> None:
        self.enrolled()
        with self.assertRaisesRegex(Usage, "is a context already"):
            self.enrolled()

    def test_a_certificate_for_another_key_is_refused(self) -> None:
        taken: list[Frame] = []

        def meddle(frames: list[Frame]) -> list[Frame]:
            if frames[0].type is MessageType.ENROLLED:
                taken.extend(frames)
                return taken[:1]
            return frames

        self.server.meddle = meddle
        enrol(self.server.invitation, str(self.folder / "first"))
        with self.assertRaisesRegex(Failure, "not one for this device's key"):
            self.enrolled()

    def test_threat_15_a_key_that_others_may_read_is_refused(self) -> None:
        self.found()
        context = self.enrolled()
        for path in (context.key_path, context.settings_path, context.certificates_path):
            with self.subTest(path=path.name):
                path.chmod(0o640)
                with self.assertRaisesRegex(NotAllowed, "chmod 600"):
                    sync(context)
                path.chmod(0o600)
        self.assertEqual(self.server.pulls, [])

    def test_threat_17_a_certificate_is_renewed_after_two_thirds_of_its_life(self) -> None:
        self.found()
        context = self.enrolled()
        first = context.certificates_path.read_bytes()
        starts, ends = validity(first)
        almost = starts + (ends - starts) * 2 // 3 - 60
        self.assertEqual([is_due(first, almost), is_due(first, almost + 120)], [False, True])
        sync(context)
        self.assertEqual(context.certificates_path.read_bytes(), first)
        with mock.patch("almanac.client.renewing.is_due", return_value=True):
            sync(context)
            self.assertNotEqual(context.certificates_path.read_bytes(), first)
            second = context.certificates_path.read_bytes()
            self.server.meddle = lambda frames: [self.no(frames[0])] if frames[0].type is MessageType.ENROLLED else frames
            self.assert_same(context, sync(context))
        self.assertEqual(context.certificates_path.read_bytes(), second)

    def no(self, frame: Frame) -> Frame:
        """The server is busy."""
        return encode_message(ErrorMessage(ErrorCode.BUSY, Fault.SENDER, Retry.HERE_AFTER_A_WHILE, 0, "later"), frame.exchange)

    def test_links(self) -> None:
        good = "almanac://[::1]:7410/AAECAwQFBgcICQoLDA0ODw.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        self.assertEqual((parse_link(good).host, parse_link(good).port, parse_link(good).secret), ("::1", 7410, SECRET))
        self.assertEqual(parse_link(good.replace("[::1]", "data.example.org")).host, "data.example.org")
        ports = (good.replace("7410", "0"), good.replace("7410", "65536"))
        for bad in ("", "https://a:1/b.c", good[:-1], *ports, good + "=", good[:-1] + "B"):
            with self.subTest(link=bad), self.assertRaises(Usage):
                parse_link(bad)

    def test_threat_29_no_name_becomes_a_path(self) -> None:
        for name in ("..", "A", "a b", "-a", "a\n"):
            with self.subTest(name=name), self.assertRaises(Usage):
                find_context(name)
