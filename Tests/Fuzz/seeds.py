#!/usr/bin/env python3
"""Writes the inputs with which fuzzing begins into FOLDER/TARGET: the golden vectors, the shipped documents, a few lines of text.

usage: seeds.py FOLDER
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "Protocol/vectors"
DATASET = ROOT / "Sources/AlmanacDataset"

STATEMENTS = {"checkpoint": 0, "delegation": 1}
OPERATIONS = {"operation": 6, "operations": 7, "receipts": 8}
SENT_BY_CLIENTS = {1, 3, 5, 6, 10, 11, 18}

TEXTS = [
    "12.5", "-0", "1e3", "100000000000000", "2026-11-21", "2024-02-29", "2026-11-21T09:12:00Z", "2026-11-21T09:12:00.250Z",
    "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "investments/asia", "investments/*", "*", "people/mika", "cluster_ranks", "00ff7f",
    "almanac-context", "r48211", "48211.9f3a1c2b.12", "last-sync", "1.5 GB", "64KiB", "a\u202eb\u0007", "urn:almanac:device:1", "Mika's laptop", "",
]

INVITATIONS = [
    "almanac://localhost:7410/AAECAwQFBgcICQoLDA0ODw.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    " almanac://[::1]:65535/AAECAwQFBgcICQoLDA0ODw.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
    "almanac://a.example:0/AAEC.AAEC",
]
PORTS = ["0", "1", "65536", "007410", "+1"]

TABLE = (
    "key,subject,year,value,note,day,moment,identity,content,tags,sure\r\n"
    "a,,2001,12.5,=1+1,2026-11-21,2026-11-21T09:12:00Z,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,00ff,\"[\"\"x\"\",\"\"y\"\"]\",true\r\n"
    "b,a,x,1e3,'=1,,,,,,false\r\n"
)

DESCRIPTORS = [
    {"name": "p", "resources": [{"name": "things", "path": "things.csv", "schema": {
        "primaryKey": "key", "fields": [{"name": "key"}, {"name": "name", "constraints": {"required": True, "maxLength": 20}},
                                        {"name": "year", "type": "integer", "constraints": {"minimum": 1, "maximum": 3000}}]}}]},
    {"name": "q", "almanac:openStreams": ["*", "rankings"], "resources": [
        {"name": "things", "path": "things.csv", "almanac:id": 20, "almanac:stream": "rankings", "almanac:partition": "name",
         "dialect": {"delimiter": ";", "quoteChar": "'", "header": False},
         "schema": {"primaryKey": ["key"], "missingValues": ["", "-"],
                    "foreignKeys": [{"fields": "name", "reference": {"resource": "", "fields": "key"}}],
                    "fields": [{"name": "key", "almanac:id": 1}, {"name": "name", "almanac:acyclic": True},
                               {"name": "year", "type": "year", "constraints": {"enum": [2001, 2002]}},
                               {"name": "tags", "type": "array", "almanac:merge": "set"},
                               {"name": "share", "type": "number", "decimalChar": ",", "bareNumber": False},
                               {"name": "sure", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}]}}]},
]

MAPPINGS = [
    {"almanac": "mapping/1", "title": "A table", "collection": "figures", "missing": ["", "na"], "include": ["part.json"],
     "years": {"columns": "y{year}", "first": 2001, "last": 2003},
     "subject": {"column": "name", "in": [{"collection": "figures", "name": "note", "key": "key"}], "names": {"x": "a"}},
     "fields": {"key": "{subject}/{year}", "subject": "{subject}", "year": "{year}", "value": "{value}"}},
    {"almanac": "mapping/1", "title": "In order", "collection": "figures", "value": "y2001", "unused": ["y2002", "y2003"],
     "years": {"order": "name", "skip": 1, "first": 2001, "last": 2001},
     "subject": {"column": "name", "after": ", ", "among": ["a"], "ignore": ["delta"]},
     "fields": {"key": "{subject}/{year}", "value": "{value}", "note": "{column:name}"},
     "records": {"figures": [{"key": "d", "note": "new"}]}},
]


PROPERTIES = [
    {"constraints": {"required": True, "pattern": "[a-z]+", "enum": ["a"], "minLength": 1, "maxLength": 9}, "rdfType": "x"},
    {"type": "year", "constraints": {"minimum": 1, "maximum": "3000", "unique": True}}, {"almanac:acyclic": True},
    {"schema": {"missingValues": ["-"]}, "licenses": [{"name": "CC0-1.0"}]},
]

SETTINGS = {
    "host": "authority.example", "port": 7410, "pin": "00" * 32, "dataset": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "name": "innovation", "person": "mika", "role": "reader", "device": "laptop", "until": "2027-05-20T09:12:00Z",
    "invitation": "ff" * 32,
}

LAST_SYNC = {"before": "r48211.9f3a1c2b.12", "streams": ["reference", "investments/asia"], "entries": 21026, "bytes": 572900}

STATUS = {
    "version": "0.4.0", "pid": 7, "uptime": 61, "address": "[::]:7410", "dataset": SETTINGS["dataset"], "head": 3, "headAge": 9,
    "connections": 2, "handshakes": 1, "refused": 0, "handshakesFailed": 0, "followers": {"0": 1, "1-9": 1}, "pullsCompleted": 4,
    "pullsRefused": 0, "receivedBytes": 5000, "sentBytes": 900000, "residentBytes": 30000000, "openFiles": 20,
}


class Seeds:
    def __init__(self, folder):
        self.folder = Path(folder)

    def write(self, target, content):
        path = self.folder / target / hashlib.sha1(content).hexdigest()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def vectors(name):
    file = json.loads((VECTORS / f"{name}.json").read_text())
    for vector in file["good"] + file["refused"]:
        yield vector["type"], bytes.fromhex(vector["hex"])


def write_wire(seeds):
    for kind, content in vectors("values"):
        seeds.write("values", bytes([int(kind.split()[1]) & 255]) + content)
    for _, content in vectors("records"):
        seeds.write("records", content)
    for _, content in vectors("windows"):
        seeds.write("windows", content)
    for kind, content in vectors("frames"):
        side, access = kind.split()[1:3]
        seeds.write(f"{side}-frames", bytes([2 if access == "limited" else 0, 3]) + content)
    for _, content in vectors("messages"):
        write_message(seeds, content)
    for kind, content in vectors("statements"):
        if kind in STATEMENTS:
            seeds.write("statements", bytes([STATEMENTS[kind]]) + content)
    for kind, content in vectors("operations"):
        if kind in OPERATIONS:
            seeds.write("statements", bytes([OPERATIONS[kind]]) + content)


def write_message(seeds, content):
    """A whole frame, as one side's bytes and as a type, an exchange and a payload."""
    if len(content) < 8:
        return
    kind, exchange = content[4], int.from_bytes(content[6:8], "big")
    for side in ("client", "server"):
        if side == ("client" if kind in SENT_BY_CLIENTS else "server") or kind in (13, 14, 15, 16):
            seeds.write(f"{side}-frames", bytes([0, 5]) + content)
    seeds.write("messages", bytes([kind, min(exchange, 63)]) + content[8:])


def write_signed(seeds):
    digests = json.loads((VECTORS / "digest.json").read_text())
    for statement in digests["statements"]:
        if statement["kind"] in STATEMENTS:
            kind = STATEMENTS[statement["kind"]]
            seeds.write("statements", bytes([kind + 2]) + bytes.fromhex(statement["signed"]))
        else:
            kind = OPERATIONS[statement["kind"]]
            seeds.write("statements", bytes([kind]) + bytes.fromhex(statement["statement"]))
    for chain in digests["delegation_chains"]:
        seeds.write("statements", bytes([4]) + bytes.fromhex(chain["bytes"]))
    text = b"\4mika\x0ca correction"
    seeds.write("statements", b"\5" + bytes(range(16)) + varint(1_790_000_000_000) + text)
    for leaf in digests["leaves"]:
        head = bytes.fromhex(leaf["salt"]) + varint(int(leaf["last_change"])) + varint(int(leaf["count"]))
        for path in (b"", b"\0" + bytes(32), b"\1" + bytes(32) + b"\0" + bytes(range(32))):
            seeds.write("proofs", head + bytes.fromhex(leaf["digest_hash"]) + varint(len(path) // 33) + path)


def varint(number):
    groups = bytearray()
    while number >= 128:
        groups.append(number & 127 | 128)
        number >>= 7
    return bytes(groups + bytes([number]))


def write_documents(seeds):
    package = json.loads((DATASET / "Package/datapackage.json").read_text())
    for resource in package["resources"]:
        one = {"name": "p", "resources": [resource | {"path": "things.csv"}]}
        if len(json.dumps(one)) < 6_000:
            seeds.write("descriptors", json.dumps(one).encode())
    for descriptor in DESCRIPTORS:
        seeds.write("descriptors", json.dumps(descriptor).encode())
        seeds.write("json", json.dumps(descriptor, indent=1).encode())
    for text in ('"\\ud83d\\ude00\\u0000\\/"', "[1e-3,-0.5E+9,[],{}]", "[" * 33 + "]" * 33, '{"a":null,"a":true}'):
        seeds.write("json", text.encode())
    for mapping in MAPPINGS + [json.loads(path.read_text()) for path in sorted((DATASET / "Mappings").glob("*.json"))]:
        if len(json.dumps(mapping)) < 4_000:
            seeds.write("mappings", json.dumps(mapping).encode())


def write_tables(seeds):
    for number, path in enumerate(sorted((DATASET / "Package").glob("*.csv"))):
        lines = path.read_bytes().split(b"\n")[:4]
        seeds.write("csv", bytes([number % 5, number]) + b"\n".join(lines)[:600])
    for text in ("\ufeffa,b\r\n1,\"x\"\"y\r\n\"\r\n", "a\r\rb\0,\"c\"d\n,,", "'a;';b\n"):
        for dialect in range(5):
            seeds.write("csv", bytes([dialect, 1]) + text.encode())
    for formulas in (0, 1):
        seeds.write("tables", bytes([formulas]) + TABLE.encode())


def write_texts(seeds):
    for text in TEXTS:
        seeds.write("texts", text.encode())
    for link in INVITATIONS + [INVITATIONS[0].replace(":7410", f":{port}") for port in PORTS]:
        seeds.write("invitations", link.encode())


def write_files(seeds):
    """Local files, and what stands in their cells."""
    for settings in (SETTINGS, SETTINGS | {"streams": ["*"]}, SETTINGS | {"streams": ["rankings", "investments/*"], "port": 0}):
        seeds.write("settings", json.dumps(settings).encode())
    for last in (LAST_SYNC, LAST_SYNC | {"before": "0"}, LAST_SYNC | {"bytes": -1}):
        seeds.write("last-sync", json.dumps(last).encode())
    for status in (STATUS, {name: value for name, value in STATUS.items() if name not in ("headAge", "openFiles")}):
        seeds.write("status", json.dumps(status).encode())
    for properties in PROPERTIES:
        seeds.write("properties", json.dumps(properties).encode())
    for pairs in ([(1, 9), (2, 300), (1_024, 2 ** 63 - 1)], []):
        seeds.write("cells", b"\0" + b"".join(varint(field) + varint(sequence) for field, sequence in pairs))
    for texts in ('["fintech","photonics"]', "[]", r'["\"","\\","\u001f"]'):
        seeds.write("cells", b"\1" + texts.encode())
    seeds.write("cells", b"\2" + b"\x03\x30\x01\x00" + b"\x02\x30\x00")
    write_spools(seeds)


def write_spools(seeds):
    windows = [content for _, content in vectors("windows")]
    spool = b"almanac spool 1\n" + bytes([7] * 16) + varint(5) + varint(0)
    for window in windows:
        if len(window) < 2_000:
            spooled = len(window).to_bytes(4, "big") + hashlib.sha256(window).digest()[:8] + window
            seeds.write("spool", b"\1" + spool + spooled + spooled[:-1])


def write_machines(seeds):
    """No bytes mean an event, so any will do; these make each event at least once."""
    for target in ("server-machine", "client-machine", "enrolment-machine", "chunks", "replicas"):
        for step in (1, 3, 7, 11, 13, 29):
            seeds.write(target, bytes((step * index + index // 5) & 255 for index in range(200)))
        seeds.write(target, bytes(range(256)))
    seeds.write("spool", bytes(60))


def write_certificates(seeds):
    def openssl(*arguments):
        return subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder).stdout

    with tempfile.TemporaryDirectory() as folder:
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "device.pem")
        openssl("genpkey", "-algorithm", "ED25519", "-out", "root.pem")
        openssl("req", "-new", "-key", "device.pem", "-subj", "/CN=laptop", "-outform", "DER", "-out", "request.der")
        for key in ("device", "root"):
            openssl("req", "-x509", "-key", f"{key}.pem", "-subj", f"/CN={key}", "-days", "30", "-addext",
                    "subjectAltName=URI:urn:almanac:test", "-out", f"{key}.crt")
            openssl("x509", "-in", f"{key}.crt", "-outform", "DER", "-out", f"{key}.der")
        public = openssl("pkey", "-in", "device.pem", "-pubout", "-outform", "DER")
        read = lambda name: (Path(folder) / name).read_bytes()
        for kind, content in ((0, read("device.der")), (0, read("root.der")), (1, read("request.der")),
                              (2, read("device.crt") + read("root.crt")), (3, public), (4, read("device.pem")),
                              (5, read("root.pem"))):
            seeds.write("certificates", bytes([kind]) + content)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    seeds = Seeds(sys.argv[1])
    for write in (write_wire, write_signed, write_documents, write_tables, write_texts, write_files,
                  write_machines, write_certificates):
        write(seeds)


if __name__ == "__main__":
    main()
