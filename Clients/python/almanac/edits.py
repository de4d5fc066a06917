"""What an operation does to the fields of a record (section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from almanac import caps
from almanac.errors import Inconsistent, OutOfRange
from almanac.names import ProposedValue, read_proposed_value, write_proposed_value
from almanac.reader import Reader, require_ascending
from almanac.records import read_field_id, write_field_id
from almanac.values import check_set
from almanac.writer import Writer

_VALUE, _ELEMENTS = 1, 2

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """From the value that its author saw to another one; None is null."""

    base: ProposedValue | None
    new: ProposedValue | None


@dataclass(frozen=True, slots=True)
class ElementsEdit:
    """Elements of a text set that come and go, each ascending by bytes."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


FieldEdit = ValueEdit | ElementsEdit
ProposedFields = Mapping[int, ProposedValue | None]


def read_proposed_fields(reader: Reader) -> dict[int, ProposedValue | None]:
    """Values by field; None is null."""
    return _by_field(reader.list_of(_read_field, caps.FIELD_MAX, "fields of a change"))


def write_proposed_fields(writer: Writer, fields: ProposedFields) -> None:
    """Values by field, in ascending order."""
    writer.list_of(sorted(fields), lambda output, field: _write_field(output, field, fields[field]), caps.FIELD_MAX)


def _read_field(reader: Reader) -> tuple[int, ProposedValue | None]:
    return read_field_id(reader), reader.optional(read_proposed_value)


def _write_field(writer: Writer, field: int, value: ProposedValue | None) -> None:
    write_field_id(writer, field)
    writer.optional(value, write_proposed_value)


def read_edits(reader: Reader) -> dict[int, FieldEdit]:
    """Edits by field, one at least."""
    edits = _by_field(reader.list_of(_read_edit, caps.FIELD_MAX, "fields of a change"))
    _check_edits(edits)
    return edits


def write_edits(writer: Writer, edits: Mapping[int, FieldEdit]) -> None:
    """Edits by field, in ascending order."""
    _check_edits(edits)
    writer.list_of(sorted(edits), lambda output, field: _write_edit(output, field, edits[field]), caps.FIELD_MAX)


def _check_edits(edits: Mapping[int, FieldEdit]) -> None:
    if not edits:
        raise OutOfRange("an edit names a field at least")


def _by_field(pairs: tuple[tuple[int, Content], ...]) -> dict[int, Content]:
    require_ascending([field for field, _ in pairs], "fields of a change")
    return dict(pairs)


def _read_edit(reader: Reader) -> tuple[int, FieldEdit]:
    field = read_field_id(reader)
    if reader.code(range(_VALUE, _ELEMENTS + 1), "kind of an edit") == _VALUE:
        return field, ValueEdit(reader.optional(read_proposed_value), reader.optional(read_proposed_value))
    return field, _checked_elements(ElementsEdit(_read_elements(reader), _read_elements(reader)))


def _write_edit(writer: Writer, field: int, edit: FieldEdit) -> None:
    write_field_id(writer, field)
    match edit:
        case ValueEdit():
            writer.u8(_VALUE)
            writer.optional(edit.base, write_proposed_value)
            writer.optional(edit.new, write_proposed_value)
        case ElementsEdit():
            writer.u8(_ELEMENTS)
            for elements in (_checked_elements(edit).added, edit.removed):
                writer.list_of(check_set(elements), Writer.text)


def _read_elements(reader: Reader) -> tuple[str, ...]:
    return check_set(reader.list_of(lambda item: item.text(caps.TEXT, "element"), caps.SET_ELEMENTS, "elements"))


def _checked_elements(edit: ElementsEdit) -> ElementsEdit:
    if not edit.added and not edit.removed:
        raise OutOfRange("one element at least comes or goes")
    if not set(edit.added).isdisjoint(edit.removed):
        raise Inconsistent("an element both comes and goes")
    return edit
