"""ChaCha20 by the vectors of RFC 8439, Ed25519 by those of RFC 8032."""

from __future__ import annotations

import unittest

from almanac import ed25519
from almanac.chacha20 import keystream, quarter_round
from tools.ed25519_signing import public_key, sign

# RFC 8032, section 7.1: seed, public key, message, signature.
ED25519 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]

# RFC 8439, section 2.3.2 and appendix A.1: key, counter, nonce, block.
CHACHA20 = [
    (
        bytes(range(32)).hex(),
        1,
        "000000090000004a00000000",
        "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
        "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
    ),
    (
        bytes(32).hex(),
        0,
        bytes(12).hex(),
        "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
        "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586",
    ),
    (
        bytes(32).hex(),
        1,
        bytes(12).hex(),
        "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
        "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
    ),
]


class ChaCha20Tests(unittest.TestCase):
    """RFC 8439."""

    def test_quarter_round(self) -> None:
        state = [0x11111111, 0x01020304, 0x9B8D6F43, 0x01234567]
        quarter_round(state, 0, 1, 2, 3, 0xFFFFFFFF)
        self.assertEqual([word & 0xFFFFFFFF for word in state], [0xEA2A92F4, 0xCB1CF8CE, 0x4581472E, 0x5881C4BB])

    def test_slots_do_not_touch_each_other(self) -> None:
        ones, low = [0xFFFFFFFF << 64 | 0xFFFFFFFF] * 4, 0xFFFFFFFF << 64 | 0xFFFFFFFF
        alone = [0xFFFFFFFF] * 4
        quarter_round(ones, 0, 1, 2, 3, low)
        quarter_round(alone, 0, 1, 2, 3, 0xFFFFFFFF)
        for both, one in zip(ones, alone):
            self.assertEqual([both & 0xFFFFFFFF, both >> 64 & 0xFFFFFFFF], [one & 0xFFFFFFFF] * 2)

    def test_blocks(self) -> None:
        for key, counter, nonce, expected in CHACHA20:
            self.assertEqual(keystream(bytes.fromhex(key), bytes.fromhex(nonce), counter, 1).hex(), expected)

    def test_the_keystream_counts_upwards(self) -> None:
        self.assertEqual(keystream(bytes(32), bytes(12), 0, 2).hex(), CHACHA20[1][3] + CHACHA20[2][3])


class Ed25519Tests(unittest.TestCase):
    """RFC 8032."""

    def test_signatures(self) -> None:
        for seed, key, message, signature in ED25519:
            public, content, signed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
            self.assertEqual(public_key(bytes.fromhex(seed)), public)
            self.assertEqual(sign(bytes.fromhex(seed), content), signed)
            self.assertTrue(ed25519.verifies(public, content, signed))
            self.assertFalse(ed25519.verifies(public, content + b"\x00", signed))

    def test_a_changed_byte_is_refused(self) -> None:
        public, content, signed = (bytes.fromhex(part) for part in ED25519[2][1:])
        for index in range(0, 64, 5):
            changed = signed[:index] + bytes([signed[index] ^ 0x10]) + signed[index + 1 :]
            self.assertFalse(ed25519.verifies(public, content, changed), f"byte {index}")

    def test_keys_that_are_no_points_are_refused(self) -> None:
        beyond = (ed25519.P + 1).to_bytes(32, "little")
        minus_zero = (1 | 1 << 255).to_bytes(32, "little")
        neutral = bytes([1]) + bytes(31)
        self.assertTrue(ed25519.verifies(neutral, b"", neutral + bytes(32)), "so a key is refused for its encoding alone")
        self.assertFalse(ed25519.verifies(beyond, b"", neutral + bytes(32)))
        for public in [bytes(31), bytes(33), beyond, minus_zero, bytes([2]) + bytes(31), b"\xff" * 32]:
            self.assertFalse(ed25519.verifies(public, b"", bytes(64)))

    def test_signatures_of_other_lengths_are_refused(self) -> None:
        public, content, signed = (bytes.fromhex(part) for part in ED25519[1][1:])
        for signature in [b"", signed[:63], signed + b"\x00"]:
            self.assertFalse(ed25519.verifies(public, content, signature))
