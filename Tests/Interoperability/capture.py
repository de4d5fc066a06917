"""A capture of TCP connections, as a packet analyser reads it: made of the bytes alone, so that nobody needs the right to listen."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

CLIENT, SERVER = (0x7F000001, 40_000), (0x7F000002, 7_410)
SYN, ACK, PUSH = 0x02, 0x10, 0x08
LARGEST = 16_384


def write_capture(path: Path, pieces: Iterable[tuple[bool, bytes]]) -> None:
    """One connection. Each piece says whether it is the server's, and comes in the order in which it was sent."""
    positions = {False: 1_000, True: 5_000}
    packets = [_packet(False, positions, SYN), _packet(True, positions, SYN | ACK), _packet(False, positions, ACK)]
    for is_servers, data in pieces:
        for start in range(0, len(data), LARGEST):
            packets.append(_packet(is_servers, positions, ACK | PUSH, data[start : start + LARGEST]))
    # Little-endian, version 2.4, raw IP packets.
    content = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 101)
    for number, packet in enumerate(packets):
        content += struct.pack("<IIII", 1_700_000_000 + number // 1_000, number % 1_000 * 1_000, len(packet), len(packet)) + packet
    path.write_bytes(content)


def _packet(is_servers: bool, positions: dict[bool, int], flags: int, data: bytes = b"") -> bytes:
    """An IPv4 packet with a TCP segment; checksums are left to those who look at them."""
    source, target = (SERVER, CLIENT) if is_servers else (CLIENT, SERVER)
    acknowledged = positions[not is_servers] if flags & ACK else 0
    segment = struct.pack(">HHIIBBHHH", source[1], target[1], positions[is_servers], acknowledged, 0x50, flags, 65_535, 0, 0) + data
    positions[is_servers] += len(data) + (1 if flags & SYN else 0)
    return struct.pack(">BBHHHBBHII", 0x45, 0, 20 + len(segment), 0, 0x4000, 64, 6, 0, source[0], target[0]) + segment
