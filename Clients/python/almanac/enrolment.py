"""enrol, renew, enrolled (section 11) and delegation_chain (section 10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from almanac import caps
from almanac.errors import OutOfRange
from almanac.extensions import Extensions, read_extensions, write_extensions
from almanac.reader import Reader
from almanac.statements import DelegationChain, read_chain, write_chain
from almanac.writer import Writer



class Role(IntEnum):
    """What a person may do; each may do what those before it may."""

    READER = 1
    ANNOTATOR = 2
    CURATOR = 3
    ADMINISTRATOR = 4


@dataclass(frozen=True, slots=True)
class Enrol:
    """An invitation's secret for a certificate; the request is PKCS#10 in DER."""

    secret: bytes
    request: bytes
    device_name: str
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class Renew:
    """A new certificate for the key of the connection's."""

    request: bytes
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The client's certificate, then its issuers' without the root's, in DER."""

    certificates: tuple[bytes, ...]
    person: str
    role: Role
    chain: DelegationChain
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class DelegationChainAnswer:
    """The answer to a chain_request."""

    chain: DelegationChain
    extensions: Extensions = ()


def read_enrol(reader: Reader) -> Enrol:
    """The payload of an enrol."""
    secret, request = reader.fixed(16), reader.blob(caps.SIGNING_REQUEST, "request")
    name = reader.text(caps.DEVICE_NAME, "device name")
    _check_name(name)
    return Enrol(secret, request, name, read_extensions(reader))


def _check_name(name: str) -> None:
    if not name:
        raise OutOfRange("a device name has at least 1 byte")


def write_enrol(writer: Writer, enrol: Enrol) -> None:
    """The payload of an enrol."""
    _check_name(enrol.device_name)
    writer.fixed(enrol.secret, 16)
    writer.blob(enrol.request, caps.SIGNING_REQUEST, "request")
    writer.text(enrol.device_name, caps.DEVICE_NAME, "device name")
    write_extensions(writer, enrol.extensions)


def read_renew(reader: Reader) -> Renew:
    """The payload of a renew."""
    return Renew(reader.blob(caps.SIGNING_REQUEST, "request"), read_extensions(reader))


def write_renew(writer: Writer, renew: Renew) -> None:
    """The payload of a renew."""
    writer.blob(renew.request, caps.SIGNING_REQUEST, "request")
    write_extensions(writer, renew.extensions)


def read_enrolled(reader: Reader) -> Enrolled:
    """The payload of an enrolled."""
    certificates = reader.list_of(Reader.blob, caps.CERTIFICATES, "certificates")
    _check_certificates(certificates)
    person = reader.text()
    role = Role(reader.code(range(Role.READER, Role.ADMINISTRATOR + 1), "role"))
    return Enrolled(certificates, person, role, read_chain(reader), read_extensions(reader))


def _check_certificates(certificates: tuple[bytes, ...]) -> None:
    if not certificates:
        raise OutOfRange("the client's certificate comes first")


def write_enrolled(writer: Writer, enrolled: Enrolled) -> None:
    """The payload of an enrolled."""
    _check_certificates(enrolled.certificates)
    writer.list_of(enrolled.certificates, Writer.blob, caps.CERTIFICATES)
    writer.text(enrolled.person)
    writer.u8(enrolled.role)
    write_chain(writer, enrolled.chain)
    write_extensions(writer, enrolled.extensions)


def read_delegation_chain(reader: Reader) -> DelegationChainAnswer:
    """The payload of a delegation_chain."""
    return DelegationChainAnswer(read_chain(reader), read_extensions(reader))


def write_delegation_chain(writer: Writer, answer: DelegationChainAnswer) -> None:
    """The payload of a delegation_chain."""
    write_chain(writer, answer.chain)
    write_extensions(writer, answer.extensions)
