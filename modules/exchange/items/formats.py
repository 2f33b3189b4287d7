"""The formats that questions come in and go out as: a line each, and one door for reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from modules.basics import BadInput
from modules.exchange.items import (
    aiken,
    foreign,
    gift,
    gift_out,
    moodle_xml,
    moodle_xml_out,
    qti21,
    qti21_out,
    qti30,
    reading,
    tables,
)
from modules.exchange.items.brought import Bank, Brought, Note, Refused
from modules.exchange.items.ours import fitted

LARGEST = 200 << 20
"""Bytes of any file: a package may hold pictures. Formats of text and tables allow fewer."""


@dataclass(frozen=True)
class Format:
    """A format: how it is read and written, and how a file of it is told from others.

    ``looks`` says from the bytes and the name whether a file may be one; the first format of
    `FORMATS` whose ``looks`` agrees is taken, so the surer ones stand first. ``read`` gives the
    items in the order of the file and raises BadInput for a file that is none at all. ``write``
    turns a bank into bytes, and says in its notes and refusals what the format cannot carry.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    looks: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Bank] | None = None
    write: Callable[[Bank], tuple[bytes, Bank]] | None = None


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        # A new format: its line here, the surer to be told by its bytes the higher up.
        Format(
            "moodle_xml",
            "Moodle XML",
            (".xml",),
            moodle_xml.looks,
            moodle_xml.read,
            moodle_xml_out.write,
        ),
        Format("qti21", "QTI 2.1", (".xml", ".zip"), qti21.looks, qti21.read, qti21_out.write),
        Format("qti30", "QTI 3.0", (".xml", ".zip"), qti30.looks, qti30.read),
        Format("xlsx", "Workbook (.xlsx)", (".xlsx",), tables.looks_xlsx, tables.read_xlsx),
        Format("aiken", "Aiken", (".aiken", ".txt"), aiken.looks, aiken.read),
        Format("gift", "GIFT", (".gift", ".txt"), gift.looks, gift.read, gift_out.write),
        Format("csv", "Table (.csv)", (".csv", ".tsv"), tables.looks_csv, tables.read_csv),
    )
}


def read(data: bytes, name: str, format: str | None = None) -> Bank:
    """All items of a file: understood with their notes, or refused with the reason.

    Raises BadInput for an unknown format, and for a file that is none of them or unreadable.
    """
    if not data:
        raise BadInput("The file is empty.")
    if len(data) > LARGEST:
        raise BadInput(f"The file has more than {LARGEST >> 20} MB. Part it.")
    bank = _reader(data, name, format)(data, name)
    if len(bank.items) + len(bank.refused) > reading.MOST:
        raise reading.too_many()
    if not bank.items and not bank.refused:
        raise BadInput(f"No question was found in this file, read as {bank.format}. {known()}")
    items: list[Brought] = []
    refused: list[Refused] = list(bank.refused)
    for item in bank.items:
        one = fitted(item)
        if isinstance(one, Refused):
            refused.append(one)
        else:
            items.append(one)
    named = {name for one in items for name in one.pictures}
    pictures = {name: bytes for name, bytes in bank.pictures.items() if name in named}
    notes = list(bank.notes)
    if places := list(dict.fromkeys(one.category for one in items if one.category)):
        told = f"{'; '.join(places[:5])}{' …' * (len(places) > 5)}"
        notes.append(Note("left", f"Categories are not kept; here a module holds its own: {told}."))
    return replace(
        bank, notes=tuple(notes), items=tuple(items), refused=tuple(refused), pictures=pictures
    )


def _reader(data: bytes, name: str, format: str | None) -> Callable[[bytes, str], Bank]:
    if format is None:
        fits = [one for one in FORMATS.values() if one.read and one.looks(data, name)]
        if not fits:
            what = foreign.told(data, name) or "This file is in no format that is known here."
            raise BadInput(f"{what} {known()}")
        # What the name says decides where the content leaves it open.
        chosen = next((one for one in fits if name.casefold().endswith(one.extensions)), fits[0])
    elif (found := FORMATS.get(format)) is None:
        raise BadInput(f"“{format}” is no format that is known here. {known()}")
    else:
        chosen = found
    if chosen.read is None:
        raise BadInput(f"{chosen.title} can be written, but not read. {known()}")
    return chosen.read


def known() -> str:
    """A sentence that names the formats that can be read."""
    return f"Known are: {', '.join(one.name for one in FORMATS.values() if one.read)}."
