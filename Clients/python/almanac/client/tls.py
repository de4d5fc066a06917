"""TLS as section 2 asks for it."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

ALPN = "almanac/1"


def _base() -> ssl.SSLContext:
    """What every connection has. `SSLKEYLOGFILE` names a file for the sessions' keys, as it does in other programs."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.set_alpn_protocols([ALPN])
    # Names are not compared with addresses: the root is the identity.
    tls.check_hostname = False
    if keys := os.environ.get("SSLKEYLOGFILE"):
        tls.keylog_filename = keys
    return tls


def unverified() -> ssl.SSLContext:
    """For a first look at the delegation chain in the server's hello. Nothing but a hello is ever sent on it."""
    tls = _base()
    tls.verify_mode = ssl.CERT_NONE
    return tls


def verified(authority: bytes, certificates: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    """Accepts servers of this certificate authority (DER) alone, and shows the device's certificate if there is one."""
    tls = _base()
    tls.verify_mode = ssl.CERT_REQUIRED
    # The authority's certificate is the anchor, though the root issued it: Python cannot tell which root a chain ended with.
    tls.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    tls.load_verify_locations(cadata=authority)
    if certificates is not None:
        tls.load_cert_chain(certificates, key)
    return tls
