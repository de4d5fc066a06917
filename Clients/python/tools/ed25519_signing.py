"""Ed25519 signing (RFC 8032, section 5.1.6), for golden vectors only: its running time depends on the secret."""

from __future__ import annotations

import hashlib

from almanac.ed25519 import BASE, ORDER, challenge, encode_point, multiply


def _expanded(seed: bytes) -> tuple[int, bytes]:
    """The secret scalar and the prefix."""
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & ((1 << 254) - 8) | 1 << 254, digest[32:]


def public_key(seed: bytes) -> bytes:
    """The 32 raw bytes of the public key of a 32-byte seed."""
    return encode_point(multiply(_expanded(seed)[0], BASE))


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64 bytes of the signature."""
    scalar, prefix = _expanded(seed)
    secret = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % ORDER
    commitment = encode_point(multiply(secret, BASE))
    k = challenge(commitment, public_key(seed), message)
    return commitment + ((secret + k * scalar) % ORDER).to_bytes(32, "little")
