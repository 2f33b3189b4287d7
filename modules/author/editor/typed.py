"""Typed text of a draft: a field for a place, saved when typing rests, and a clash of two hands."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

from modules import fields, markup
from modules.author.editor.hand import Hand, InHand
from modules.basics import BadInput, Surface
from modules.course.finding import Kind
from modules.drafts import placing
from modules.drafts.spots import Spot
from modules.drafts.writing import Overtaken

MOST = 20_000
"""Characters of one field; a whole file as source may have more."""

PROSE: tuple[Kind, ...] = ("fact", "term", "local", "note")
TOLD: tuple[Kind, ...] = ("fact", "local")
"""Marks that a learner's page understands: of prose all; of short answers, reasons and what
comes of a choice no terms, which are not explained there, and no paragraphs for one law."""


@dataclass(frozen=True)
class Box:
    """A field of typed text that the last run drew."""

    spot: Spot
    most: int
    lines: int


@dataclass
class Clash:
    """Two texts of one place: what was typed here, and what somebody saved meanwhile."""

    spot: Spot
    mine: str
    theirs: str
    lines: int = 1

    @property
    def both(self) -> str:
        """One text after the other; a field of one line has no room for a gap of lines."""
        return ("\n\n" if self.lines > 1 else " ").join((self.theirs, self.mine)).strip()


@dataclass(frozen=True)
class Taker:
    """A text on the page into which marks can be put: its name for people, place, and marks."""

    name: str
    spot: Spot
    kinds: tuple[Kind, ...]


class Typed(InHand):
    """Fields of typed text."""

    def __init__(
        self,
        id: str,
        slug: str,
        files: Mapping[str, str],
        memory: MutableMapping[Any, Any],
        hand: Hand,
        may_write: bool,
    ) -> None:
        super().__init__(id, slug, files, memory, hand, may_write)
        self._boxes: dict[str, Box] = memory.setdefault(f"edit/boxes/{id}", {})
        self.takers: list[Taker] = []
        self.clashes: dict[str, Clash] = memory.setdefault(f"edit/clashes/{id}", {})

    def text(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        *,
        lines: int = 1,
        most: int = MOST,
        help: str | None = None,
        takes: tuple[Kind, ...] = (),
        name: str = "",
    ) -> None:
        """A field for the text at a place: saved whenever typing rests.

        ``takes`` says which marks its reader understands; ``name`` tells it from others there.
        """
        stem = self._stem(spot)
        kept = self._text(spot)
        turn = int(self.memory.get(f"turn~{stem}", 0))
        if self.memory.setdefault(f"stood~{stem}", kept) != kept and stem not in self.clashes:
            # Another hand, or an undo: the field begins anew with what stands.
            turn += 1
            self.memory[f"turn~{stem}"] = turn
            self.memory[f"stood~{stem}"] = self.memory[f"known~{stem}"] = kept
        self.memory.setdefault(f"known~{stem}", kept)
        key = f"{stem}/{turn}"
        if not self.may_write:
            if kept:
                surface.html(markup.told_html(label, kept))
            return
        if takes:
            self.takers.append(Taker(name or label, spot, takes))
        fields.text(
            surface,
            label,
            key=key,
            value=kept,
            max_chars=most,
            lines=lines,
            help=help,
            name=stem,
            caret=bool(takes),
        )
        self._boxes[key] = Box(spot, most, lines)

    def caret(self, spot: Spot) -> fields.Caret | None:
        """Where the cursor stood when the field of a place was left last."""
        stem = self._stem(spot)
        return fields.caret(f"{stem}/{int(self.memory.get(f'turn~{stem}', 0))}")

    def insert(self, spot: Spot, mark: str) -> None:
        """Put a mark into a text, where the cursor stood; at its end where nobody knows."""
        self.keep(spot.path, self.with_mark(spot, mark), spot.place)

    def with_mark(self, spot: Spot, mark: str) -> str:
        """The file of a text with a mark put in."""
        text, caret = self._text(spot), self.caret(spot)
        now = placing.put_in(text, mark, caret.at if caret else len(text))
        return spot.put(self.files.get(spot.path, ""), now)

    def _stem(self, spot: Spot) -> str:
        return f"edit/{self.id}/{spot.path}/{spot.kind}/{spot.place}"

    def _typed(self, key: str, box: Box) -> None:
        typed, stem = fields.held(key, box.most), key.rpartition("/")[0]
        known = self.memory.get(f"known~{stem}")
        if typed is None or known is None or typed == known:
            return
        if stem in self.clashes:  # nothing is kept of it until somebody has chosen
            self.clashes[stem].mine = typed
            fields.only_here(key)
            return
        spot, before = box.spot, self.files.get(box.spot.path)

        def save() -> None:
            # What it was when this tab last saw it: only what was typed here counts as changed.
            stood = self.memory.get(f"stood~{stem}", known)
            base = before if self.read(spot) == stood else spot.put(before or "", stood)
            mine = spot.put(base or "", typed)
            self._stands(spot.path, self.hand.save(spot.path, base, mine, spot.place))
            # What stands may differ in form from what was typed, such as by a line end.
            self.memory[f"known~{stem}"], self.memory[f"stood~{stem}"] = typed, self.read(spot)

        kept = True
        try:
            save()
        except Overtaken as overtaken:
            # As it stands now, which can be newer than what this run began with.
            self._stands(spot.path, overtaken.theirs)
            self.clashes[stem] = Clash(spot, typed, self._text(spot), box.lines)
            kept = False
        except BadInput as bad:
            self.told.append(str(bad))
            kept = False
        if not kept:
            fields.only_here(key)

    def settle(self, stem: str, take: Literal["mine", "theirs", "both"]) -> None:
        """End a clash: one text or both stand, and the field begins anew with it.

        Raises Overtaken where the other text is another one by now, which nobody has seen here.
        """
        clash = self.clashes.get(stem)
        if clash:
            if (now := self._text(clash.spot)) != clash.theirs:
                clash.theirs = now
                raise Overtaken(clash.mine, now)
            self.put(clash.spot, getattr(clash, take))
            del self.clashes[stem]
            self.memory[f"turn~{stem}"] = int(self.memory.get(f"turn~{stem}", 0)) + 1
            self.memory[f"known~{stem}"] = self.memory[f"stood~{stem}"] = self.read(clash.spot)

    def _text(self, spot: Spot) -> str:
        """The text that stands at a place; "" for none."""
        found = self.read(spot)
        return found if isinstance(found, str) else ""
