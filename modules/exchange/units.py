"""Which unit each row means: by code, by path, by name and parent; what is missing is made."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from db.roster.trees import Node
from db.tables import new_id
from modules.exchange.reading import UnitRow

PARTS = re.compile(r"\s+/\s+|\s*>\s*|\s*»\s*")
LONGEST = 200


class Named(NamedTuple):
    """How rows name a unit: its name or path, its code, what is above it."""

    name: str
    code: str
    parent: str


@dataclass(eq=False)
class Wrong(Exception):
    """Why a unit cannot be found or made: a code, and what is told beside it."""

    code: str
    found: str


class Tree:
    """The organisation's tree, and what a file adds to it."""

    def __init__(self, stands: Iterable[Node], organisation: str, top_by_file: bool) -> None:
        self.before: dict[uuid.UUID, Node] = {one.id: one for one in stands}
        self.nodes = dict(self.before)
        self.organisation = organisation
        # Whether rows without a parent mean a unit at the top, in a tree that is empty so far.
        self.top_by_file = top_by_file and not self.nodes
        self.by_code: dict[str, uuid.UUID] = {}
        self.by_name: dict[str, list[uuid.UUID]] = defaultdict(list)
        self.below: dict[tuple[uuid.UUID | None, str], uuid.UUID] = {}
        self.tops: set[uuid.UUID] = set()
        for one in self.nodes.values():
            self._index(one)
        # Which name a file gives to a unit that it names by code.
        self.claims: dict[uuid.UUID, str] = {}
        # And below which unit it stands.
        self.homes: dict[uuid.UUID, uuid.UUID] = {}
        self.named: dict[str, set[Named]] = defaultdict(set)
        self.done: dict[Named, uuid.UUID | Wrong] = {}
        self.told: list[Wrong] = []

    def _index(self, one: Node) -> None:
        if one.code:
            self.by_code.setdefault(one.code, one.id)
        if not one.closed:
            self.by_name[one.name.casefold()].append(one.id)
            self.below.setdefault((one.parent_id, one.name.casefold()), one.id)
            if one.parent_id is None:
                self.tops.add(one.id)

    def define(self, rows: Iterable[UnitRow]) -> None:
        """Take the units that a file of its own tells, each with its code."""
        every = {one.code: one for one in rows}
        for one in every.values():
            self._defined(one, every, set())

    def _defined(
        self, one: UnitRow, every: Mapping[str, UnitRow], on_the_way: set[str]
    ) -> uuid.UUID | None:
        if one.code in on_the_way:
            self.told.append(Wrong("unit_ring", one.name or one.code))
            return None
        above = every.get(one.parent)
        parent = self.by_code.get(one.parent) if one.parent else None
        if above is not None:
            parent = self._defined(above, every, on_the_way | {one.code})
        name = " ".join(one.name.split())[:LONGEST] or one.code
        found = self.by_code.get(one.code) or self.below.get((parent, name.casefold()))
        if found is None:
            return self._make(name, parent, one.code)
        stands = self.nodes[found]
        if stands.code not in (None, one.code):
            return self._make(name, parent, one.code)
        self._set(replace(stands, name=name, parent_id=parent, code=one.code, closed=False))
        return found

    def resolve(self, every: Iterable[Named]) -> dict[Named, uuid.UUID | Wrong]:
        """The unit of each way in which rows name one; codes first, bare names last."""
        known = list(every)
        for one in known:
            self.named[one.name.casefold()].add(one)
            # New names count at once: what a row calls by an old one would be another unit.
            with suppress(Wrong):
                self._claim(one)
        for one in sorted(known, key=lambda one: (not one.code, not one.parent)):
            with suppress(Wrong):
                self._resolved(one, ())
        return self.done

    def _resolved(self, one: Named, on_the_way: tuple[Named, ...]) -> uuid.UUID:
        if one not in self.done:
            try:
                if one in on_the_way:
                    raise Wrong("unit_ring", one.name)
                self.done[one] = self._look(one, (*on_the_way, one))
            except Wrong as wrong:
                self.done[one] = wrong
        found = self.done[one]
        if isinstance(found, Wrong):
            raise found
        return found

    def _look(self, one: Named, on_the_way: tuple[Named, ...]) -> uuid.UUID:
        if one.code:
            return self._coded(one, on_the_way)
        if one.parent:
            parent = self._above(one.parent, on_the_way)
            return self.below.get((parent, one.name.casefold())) or self._make(one.name, parent)
        parts = [part for part in PARTS.split(one.name) if part]
        if len(parts) > 1:
            return self._path(parts)
        return self._called(one.name, on_the_way)

    def _coded(self, one: Named, on_the_way: tuple[Named, ...]) -> uuid.UUID:
        """A unit by its code; the file may give it another name or place."""
        parts = [part for part in PARTS.split(one.name) if part]
        name = parts[-1] if parts else ""
        parent = self._above(one.parent, on_the_way) if one.parent else None
        if parent is None and len(parts) > 1:
            parent = self._path(parts[:-1])
        found = self.by_code.get(one.code)
        if found is None and name:
            same = self.below.get((parent or self._top(), name.casefold()))
            same = same or (None if parent else self._alone(name))
            found = same if same and self.nodes[same].code is None else None
        if found is None:
            return self._make(name or one.code, parent or self._top(), one.code)
        if parent and self.homes.setdefault(found, parent) != parent:
            raise Wrong("unit_two_places", one.code)
        wanted = replace(self.nodes[found], code=one.code, closed=False)
        if name:
            wanted = replace(wanted, name=self._claimed(found, one.code, name))
        self._set(replace(wanted, parent_id=parent) if parent else wanted)
        return found

    def _alone(self, name: str) -> uuid.UUID | None:
        """The one unit of a name that has no code yet, where one code alone means that name."""
        bare = name.casefold()
        have = [id_ for id_ in self.by_name.get(bare, ()) if self.nodes[id_].code is None]
        codes = {one.code for one in self.named[bare] if one.code}
        return have[0] if len(have) == len(codes) == 1 else None

    def _claim(self, one: Named) -> None:
        """Give a unit that is known by its code the name that the file has for it."""
        found = self.by_code.get(one.code) if one.code else None
        parts = [part for part in PARTS.split(one.name) if part]
        if found is not None and parts:
            name = self._claimed(found, one.code, parts[-1])
            self._set(replace(self.nodes[found], name=name, closed=False))

    def _claimed(self, id_: uuid.UUID, code: str, name: str) -> str:
        """The one name that a file gives to a unit; another one for the same code is wrong."""
        if self.claims.setdefault(id_, name) != name:
            raise Wrong("unit_two_names", f"{code}: {self.claims[id_]}, {name}")
        return name

    def _above(self, text: str, on_the_way: tuple[Named, ...]) -> uuid.UUID:
        if found := self.by_code.get(text):
            return found
        parts = [part for part in PARTS.split(text) if part]
        return self._path(parts) if len(parts) > 1 else self._called(text, on_the_way)

    def _called(self, name: str, on_the_way: tuple[Named, ...]) -> uuid.UUID:
        """A unit by its bare name (or its code): the one in the tree, or the one in the file."""
        if found := self.by_code.get(name):
            return found
        told = [one for one in self.named.get(name.casefold(), ()) if one.parent or one.code]
        if len(told) == 1 and told[0] not in on_the_way:
            return self._resolved(told[0], on_the_way)
        if len(told) == 1:
            raise Wrong("unit_ring", name)
        have = self.by_name.get(name.casefold(), [])
        if len(have) == 1 and not told:
            return have[0]
        if len(have) > 1 or len(told) > 1:
            raise Wrong("unit_ambiguous", name)
        return self._make(name, None if self.top_by_file else self._top())

    def _path(self, parts: list[str]) -> uuid.UUID:
        """A unit by its path from the top; the one unit at the top may be left out."""
        top = self._top()
        at = self.below.get((None, parts[0].casefold()))
        if at is None:
            at = self.below.get((top, parts[0].casefold())) or self._make(parts[0], top)
        for part in parts[1:]:
            at = self.below.get((at, part.casefold())) or self._make(part, at)
        return at

    def home(self) -> uuid.UUID | None:
        """Where those are who have no unit: the one at the top; None where there are several."""
        return self._top()

    def _top(self) -> uuid.UUID | None:
        if not self.tops:
            return self._make(self.organisation, None)
        return next(iter(self.tops)) if len(self.tops) == 1 else None

    def _make(self, name: str, parent: uuid.UUID | None, code: str | None = None) -> uuid.UUID:
        if len(name) > LONGEST:
            raise Wrong("long", name[:60])
        one = Node(new_id(), parent, name, code, False)
        self.nodes[one.id] = one
        self._index(one)
        return one.id

    def _set(self, one: Node) -> None:
        """Rename or move a unit, unless it would stand below itself."""
        at = one.parent_id
        while at is not None:
            if at == one.id:
                self.told.append(Wrong("unit_ring", one.name))
                one = replace(one, parent_id=self.nodes[one.id].parent_id)
                break
            at = self.nodes[at].parent_id
        old = self.nodes[one.id]
        if old == one:
            return
        word = old.name.casefold()
        self.by_name[word] = [id_ for id_ in self.by_name[word] if id_ != one.id]
        if self.below.get((old.parent_id, word)) == one.id:
            del self.below[old.parent_id, word]
            for id_ in self.by_name[word]:
                if self.nodes[id_].parent_id == old.parent_id:
                    self.below.setdefault((old.parent_id, word), id_)
        self.tops.discard(one.id)
        self.nodes[one.id] = one
        self._index(one)

    def made(self, used: Iterable[uuid.UUID]) -> list[Node]:
        """The new units that somebody will be in, or that are above one; parents first."""
        wanted: dict[uuid.UUID, Node] = {}
        for id_ in used:
            chain, at = [], self.nodes.get(id_)
            while at is not None and at.id not in wanted:
                chain.append(at)
                at = self.nodes.get(at.parent_id) if at.parent_id else None
            wanted.update((one.id, one) for one in reversed(chain))
        return [one for one in wanted.values() if one.id not in self.before]

    def changed(self) -> list[tuple[Node, Node]]:
        """Units that are renamed or moved, get their code or are opened again: before, after."""
        return [
            (old, self.nodes[id_]) for id_, old in self.before.items() if old != self.nodes[id_]
        ]

    def path(self, id_: uuid.UUID | None) -> str:
        """A unit's path in words."""
        parts: list[str] = []
        while id_ is not None and len(parts) < 50 and id_ in self.nodes:
            parts.append(self.nodes[id_].name)
            id_ = self.nodes[id_].parent_id
        return " / ".join(reversed(parts))
