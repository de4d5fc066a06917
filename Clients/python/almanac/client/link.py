"""Invitation links (section 11)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from almanac.failures import Usage

_LINK = re.compile(
    r"almanac://(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^\[\]/:@?#\s]+)):(?P<port>[0-9]{1,5})"
    r"/(?P<secret>[\w-]+)\.(?P<pin>[\w-]+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where the authority is, a secret that is worth one certificate, and the SHA-256 hash of the root's public key."""

    host: str
    port: int
    secret: bytes
    pin: bytes


def parse_link(link: str) -> Invitation:
    """The invitation of a link; `Usage` if it is none. The message does not repeat the secret."""
    match = _LINK.fullmatch(link.strip())
    if match is None:
        raise Usage("This is no invitation. One looks like almanac://HOST:PORT/SECRET.PIN")
    port = int(match["port"])
    if not 1 <= port <= 65_535:
        raise Usage(f"The invitation names port {port}, which does not exist")
    return Invitation(match["six"] or match["host"], port, _decoded(match["secret"], 16), _decoded(match["pin"], 32))


def _decoded(text: str, size: int) -> bytes:
    """Bytes in base64url without padding, in the one way in which it writes them."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        data = b""
    if len(data) != size or base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise Usage("The invitation is damaged: copy the whole link again")
    return data
