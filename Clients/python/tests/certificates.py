"""Keys and certificates of an authority in tests, by the `openssl` command."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

_ED25519_PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
_EXTENSIONS = """
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
[client]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = clientAuth
"""


class Certificates:
    """A root, an authority that it vouches for, and a server of that authority."""

    def __init__(self, folder: Path, root_seed: bytes) -> None:
        self._folder = folder
        folder.mkdir()
        (folder / "extensions").write_text(_EXTENSIONS)
        (folder / "root.der").write_bytes(_ED25519_PKCS8 + root_seed)
        self._run("pkey", "-inform", "DER", "-in", "root.der", "-out", "root.key")
        self._run("req", "-x509", "-new", "-key", "root.key", "-subj", "/CN=root", "-days", "30", "-out", "root.crt")
        self._issue("authority", "root")
        self._issue("server", "authority")

    @property
    def authority(self) -> bytes:
        """The authority's certificate, DER."""
        return ssl.PEM_cert_to_DER_cert((self._folder / "authority.crt").read_text())

    def server_context(self, older: bytes | None = None) -> ssl.SSLContext:
        """TLS of a server that asks for a client certificate, one of this authority's or of an older one's (DER)."""
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.minimum_version = ssl.TLSVersion.TLSv1_3
        tls.set_alpn_protocols(["almanac/1"])
        tls.verify_mode = ssl.CERT_OPTIONAL
        tls.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        tls.load_verify_locations(cadata=self.authority + (older or b""))
        whole = "".join((self._folder / f"{name}.crt").read_text() for name in ("server", "authority", "root"))
        (self._folder / "chain.crt").write_text(whole)
        tls.load_cert_chain(self._folder / "chain.crt", self._folder / "server.key")
        return tls

    def sign_request(self, request: bytes) -> bytes:
        """A client's certificate, DER, for a request in DER."""
        (self._folder / "client.csr").write_bytes(request)
        self._sign("client", "authority", "-inform", "DER")
        return ssl.PEM_cert_to_DER_cert((self._folder / "client.crt").read_text())

    def _issue(self, name: str, issuer: str) -> None:
        self._run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
        self._run("req", "-new", "-key", f"{name}.key", "-subj", f"/CN={name}", "-out", f"{name}.csr")
        self._sign(name, issuer)

    def _sign(self, name: str, issuer: str, *more: str) -> None:
        issuing = ["-CA", f"{issuer}.crt", "-CAkey", f"{issuer}.key", "-days", "30"]
        extending = ["-extfile", "extensions", "-extensions", name]
        self._run("x509", "-req", "-in", f"{name}.csr", *more, *issuing, *extending, "-out", f"{name}.crt")

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(["openssl", *arguments], cwd=self._folder, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"openssl {arguments[0]}: {done.stderr.decode(errors='replace')}")
