"""Extensions at the end of a structure (section 4). They are kept as they came, known or not."""

from __future__ import annotations

from typing import NamedTuple

from almanac.reader import Reader, require_ascending
from almanac.writer import Writer


class Extension(NamedTuple):
    """An extension, with the id that it has in its structure."""

    id: int
    content: bytes


Extensions = tuple[Extension, ...]


def read_extensions(reader: Reader) -> Extensions:
    """All that is left, as extensions."""
    extensions: list[Extension] = []
    while reader.remaining:
        extensions.append(Extension(reader.varint(), reader.blob()))
    require_ascending([extension.id for extension in extensions], "extensions")
    return tuple(extensions)


def write_extensions(writer: Writer, extensions: Extensions) -> None:
    """The extensions, which have to ascend."""
    require_ascending([extension.id for extension in extensions], "extensions")
    for extension in extensions:
        writer.varint(extension.id)
        writer.blob(extension.content)
