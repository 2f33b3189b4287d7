"""An item as a file brought it: in no format's own terms, with what became of each part of it.

Every format reads into these and writes from them, so that each knows two forms only. Texts are
our Markdown (inline in options, blocks in a stem), already free of HTML; a picture stands in them
as ``![alternative text](name)`` with a name from ``Bank.pictures``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["single_choice", "multiple_choice", "matching", "ordering", "numeric", "fill_in"]


@dataclass(frozen=True)
class Option:
    """One option of a choice. ``share`` is what choosing it is worth, from -1 to 1."""

    text: str
    right: bool
    why: str = ""
    share: float | None = None


@dataclass(frozen=True)
class Pair:
    """One left side of a matching and the right side that belongs to it."""

    left: str
    right: str
    why: str = ""


@dataclass(frozen=True)
class Number:
    """A right number, how far an answer may be from it, and in which unit."""

    value: float
    tolerance: float = 0.0
    unit: str = ""
    why: str = ""


@dataclass(frozen=True)
class Blank:
    """One gap of a sentence: what is taken as right there, and wrong words with their reasons.

    ``accept`` and the keys of ``wrong`` are what people type, so they are plain, not Markdown.
    """

    accept: tuple[str, ...]
    label: str = ""
    why: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """What became of one part: ``changed`` to fit, or ``left`` out because we have no place for it.

    What was taken as it stood has no note. ``sentence`` says what was found, what was made of it
    and why, so that a trainer can judge without the file.
    """

    kind: Literal["changed", "left"]
    sentence: str


@dataclass(frozen=True)
class Brought:
    """One item that was understood, in the order of the file.

    ``place`` is where it stands ("line 12", "question 3", "one.xml"); ``name`` is its title or id
    there, "" where it has none. Which of ``options`` … ``blanks`` is filled follows from ``kind``:
    options for choices, ``pairs`` and ``spare`` (right sides that belong to nothing) for a
    matching, ``steps`` in their right order, ``number`` or ``blanks`` (the sentence in ``sentence``
    names them {1}, {2}, …). ``why`` is what is said to everybody afterwards. ``truth``: its options
    are true and false, which the file did not word itself. ``fixed``: its options keep their order.
    """

    kind: Kind
    place: str
    name: str
    stem: str
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    spare: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    number: Number | None = None
    sentence: str = ""
    blanks: tuple[Blank, ...] = ()
    why: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    pictures: tuple[str, ...] = ()
    truth: bool = False
    fixed: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Refused:
    """One item that was not taken, and why. ``found`` is how it begins, at most 120 characters."""

    place: str
    name: str
    found: str
    sentence: str


@dataclass(frozen=True)
class Bank:
    """All that a file holds: each of its items is among ``items`` or ``refused``, never in neither.

    ``notes`` concern the file as a whole. ``pictures`` are bytes by name, each named by some item.
    """

    format: str
    items: tuple[Brought, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
