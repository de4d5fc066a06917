"""Keys and certificate requests, by the `openssl` command."""

from __future__ import annotations

import shutil
import ssl
import subprocess

from almanac.failures import Failure


def _run(arguments: list[str], given: bytes = b"") -> bytes:
    program = shutil.which("openssl")
    if program is None:
        raise Failure("The command openssl is missing. Install it: apt install openssl")
    done = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)
    if done.returncode != 0:
        raise Failure(f"openssl {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def make_key() -> bytes:
    """A new P-256 key: PKCS#8, PEM."""
    return _run(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:named_curve"])


def make_request(key_path: str) -> bytes:
    """A certificate signing request for the key in a file: PKCS#10, DER."""
    # Without the system's configuration, which may add to a request.
    options = ["-new", "-sha256", "-key", key_path, "-subj", "/CN=almanac", "-outform", "DER", "-config", "/dev/null"]
    return _run(["req", *options])


def validity(certificate: bytes) -> tuple[int, int]:
    """From when until when a certificate (PEM) is good, in seconds since 1970."""
    lines = _run(["x509", "-noout", "-startdate", "-enddate"], certificate).decode().splitlines()
    starts, ends = (ssl.cert_time_to_seconds(line.partition("=")[2]) for line in lines)
    return starts, ends
