"""Keys and certificates that are replaced under one root."""

from __future__ import annotations

from almanac.client.looking import verify_context
from almanac.client.syncing import sync
from almanac.failures import NotProven, Offline
from almanac.frames import MessageType
from almanac.hello import ClientHello
from tests.authority import seed
from tests.certificates import Certificates
from tests.laptop import DEALS, LaptopTests


class DelegationTests(LaptopTests):
    """Sections 2, 8 and 10."""

    def test_a_new_checkpoint_key_is_learnt(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        self.authority.checkpoint_key, self.authority.delegation = "another", 2
        self.authority.commit(("deals/asia", DEALS, 1, None))
        self.server.meddle = lambda frames: [] if frames[0].type is MessageType.OUTLINE else frames
        self.refused(context, Offline, "")
        self.assertEqual(context.trust().checkpoint_number, 2)
        self.assertEqual(verify_context(context).cursor.sequence, 2, "what the old key signed is still what it was")
        self.server.meddle = None
        self.assert_same(context, sync(context))

    def test_a_new_certificate_authority_is_learnt_from_the_pinned_root(self) -> None:
        self.found()
        context = self.enrolled()
        other = Certificates(self.folder / "other", seed("root"))
        self.server.tls = other.server_context(older=self.certificates.authority)
        with self.assertRaisesRegex(NotProven, "not one of this authority"):
            sync(context)
        self.authority.certificate, self.authority.delegation = other.authority, 2
        self.assert_same(context, sync(context))
        self.assertEqual(context.trust().certificate_authority, other.authority)
        hellos = [message for message in self.server.messages if isinstance(message, ClientHello)]
        self.assertEqual([hello.dataset is None for hello in hellos[-2:]], [True, False])

    def test_an_older_delegation_is_not_believed_again(self) -> None:
        self.found()
        self.authority.delegation = 2
        context = self.enrolled()
        sync(context)
        other = Certificates(self.folder / "other", seed("root"))
        self.server.tls = other.server_context(older=self.certificates.authority)
        self.authority.certificate, self.authority.delegation = other.authority, 1
        self.refused(context, NotProven, "Delegation 1 is older than 2")
