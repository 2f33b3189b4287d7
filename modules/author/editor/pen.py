"""What a trainer does to a draft from its page: typed, chosen or pressed, and saved at once.

What the browser sent since the last run is saved first, so that everything drawn afterwards,
problems and preview too, is of one state.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol

from modules import fields
from modules.basics import BadInput, Surface
from modules.course.files import first_language
from modules.drafts.linked import What, without
from modules.drafts.spots import Spot
from modules.drafts.writing import Overtaken

MOST = 20_000
"""Characters of one field; a whole file as source may have more."""

Act = Callable[["Pen"], None]


class Hand(Protocol):
    """What writes into the database."""

    def save(self, path: str, base: str | None, text: str | None, place: str) -> str | None:
        """Keep a file; gives it as it stands, see `modules.drafts.writing.save`."""
        ...

    def undo(self) -> str:
        """Take back what the same person did last; gives its place."""
        ...

    def redo(self) -> str:
        """Do again what was taken back; gives its place."""
        ...

    def go_back(self, number: int) -> None:
        """Make everything what it was after that step."""
        ...

    def picture(self, data: bytes, name: str, taken: Collection[str]) -> tuple[str, str]:
        """Keep a picture or recording; gives its path in the module and its SHA-256."""
        ...


@dataclass(frozen=True)
class Box:
    """A field of typed text that the last run drew."""

    spot: Spot
    most: int


@dataclass
class Clash:
    """Two texts of one place: what was typed here, and what somebody saved meanwhile."""

    spot: Spot
    mine: str
    theirs: str


class Pen:
    """One draft as one tab writes it. ``memory`` is the tab's session."""

    def __init__(
        self,
        id: str,
        slug: str,
        files: Mapping[str, str],
        memory: MutableMapping[Any, Any],
        hand: Hand,
        may_write: bool,
    ) -> None:
        self.id, self.slug, self.memory, self.hand = id, slug, memory, hand
        self.files, self.may_write = dict(files), may_write
        self.told: list[str] = []
        self._boxes: dict[str, Box] = memory.setdefault(f"edit/boxes/{id}", {})
        self._acts: list[Act] = memory.setdefault(f"edit/acts/{id}", [])
        self.clashes: dict[str, Clash] = memory.setdefault(f"edit/clashes/{id}", {})

    # What the browser sent.

    def take_in(self) -> bool:
        """Save what was typed, then do what was pressed; whether anything was written."""
        before, boxes = dict(self.files), dict(self._boxes)
        self._boxes.clear()
        for key, box in boxes.items():
            self._typed(key, box)
        acts = list(self._acts)
        self._acts.clear()
        for act in acts:
            self.attempt(lambda act=act: act(self))  # type: ignore[misc]
        return before != self.files or bool(acts)

    def do(self, act: Act) -> None:
        """For callbacks: do this once the run has begun."""
        self._acts.append(act)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do it; what its sender can mend is told on the page."""
        try:
            act()
        except BadInput as bad:
            self.told.append(str(bad))
            return False
        return True

    # Values.

    def path(self, name: str) -> str:
        """A file of the module."""
        return f"{self.slug}/{name}"

    @property
    def language(self) -> str:
        """The language that is edited here: the first one; others are translations of it."""
        return first_language(self.files)

    def worded(self, stem: str, ending: str = "yaml") -> str:
        """A file of the module in the language that is edited."""
        return self.path(f"{stem}.{self.language}.{ending}")

    def read(self, spot: Spot) -> Any:
        """What stands at a place; None for nothing, or for a file that cannot be read."""
        try:
            return spot.read(self.files.get(spot.path, ""))
        except BadInput:
            return None

    def put(self, spot: Spot, value: Any) -> None:
        """Save another value at a place. Raises BadInput and `Overtaken`."""
        self.keep(spot.path, spot.put(self.files.get(spot.path, ""), value), spot.place)

    def keep(self, path: str, text: str | None, place: str) -> None:
        """Save a whole file."""
        before = self.files.get(path)
        if text != before:
            self._stands(path, self.hand.save(path, before, text, place))

    def drop(self, what: What, id: str, instead: str = "") -> None:
        """Delete a part and every link to it. Raises BadInput where that cannot be."""
        for path, text in without(self.files, self.slug, what, id, instead).items():
            self.keep(path, text, id)

    def _stands(self, path: str, text: str | None) -> None:
        if text is None:
            self.files.pop(path, None)
        else:
            self.files[path] = text

    # Typed text.

    def text(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        *,
        lines: int = 1,
        most: int = MOST,
        help: str | None = None,
    ) -> None:
        """A field for the text at a place: saved whenever typing rests."""
        stem = f"edit/{self.id}/{spot.path}/{spot.kind}/{spot.place}"
        kept = self.read(spot)
        kept = kept if isinstance(kept, str) else ""
        turn = int(self.memory.get(f"turn~{stem}", 0))
        if self.memory.setdefault(f"stood~{stem}", kept) != kept and stem not in self.clashes:
            # Another hand, or an undo: the field begins anew with what stands.
            turn += 1
            self.memory[f"turn~{stem}"] = turn
            self.memory[f"stood~{stem}"] = self.memory[f"known~{stem}"] = kept
        self.memory.setdefault(f"known~{stem}", kept)
        key = f"{stem}/{turn}"
        if not self.may_write:
            surface.text_input(label, kept, disabled=True, key=f"{key}/shown", help=help)
            return
        fields.text(surface, label, key=key, value=kept, max_chars=most, lines=lines, help=help)
        self._boxes[key] = Box(spot, most)

    def _typed(self, key: str, box: Box) -> None:
        typed, stem = fields.held(key, box.most), key.rpartition("/")[0]
        known = self.memory.get(f"known~{stem}")
        if typed is None or known is None or typed == known:
            return
        spot, before = box.spot, self.files.get(box.spot.path, "")

        def save() -> None:
            # What it was when this tab last saw it: only what was typed here counts as changed.
            stood = self.memory.get(f"stood~{stem}", known)
            base = before if self.read(spot) == stood else spot.put(before, stood)
            mine = spot.put(base, typed)
            self._stands(spot.path, self.hand.save(spot.path, base, mine, spot.place))
            # What stands may differ in form from what was typed, such as by a line end.
            self.memory[f"known~{stem}"], self.memory[f"stood~{stem}"] = typed, self.read(spot)

        kept = True
        try:
            save()
        except Overtaken:
            theirs = self.read(spot)
            self.clashes[stem] = Clash(spot, typed, theirs if isinstance(theirs, str) else "")
            kept = False
        except BadInput as bad:
            self.told.append(str(bad))
            kept = False
        if not kept:
            fields.only_here(key)

    def settle(self, stem: str, text: str) -> None:
        """End a clash: this text stands, and the field begins anew with it."""
        clash = self.clashes.pop(stem, None)
        if clash:
            self.put(clash.spot, text)
            self.memory[f"turn~{stem}"] = int(self.memory.get(f"turn~{stem}", 0)) + 1
            self.memory[f"known~{stem}"] = self.memory[f"stood~{stem}"] = self.read(clash.spot)

    # Chosen values.

    def choice(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        options: Mapping[Any, str],
        *,
        help: str | None = None,
        then: Callable[[Pen, Any], None] | None = None,
    ) -> None:
        """A list to choose the value at a place from; ``then`` saves it in another way."""
        key, now = self._key(spot), self.read(spot)
        known = dict(options)
        if now not in known:
            known = {now: str(now or "–"), **known}
        self.memory[key] = now
        surface.selectbox(
            label,
            list(known),
            format_func=lambda one: known.get(one, str(one)),
            key=key,
            disabled=not self.may_write,
            help=help,
            on_change=self._chosen,
            args=(key, spot, then),
        )

    def switch(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        then: Callable[[Pen, Any], None] | None = None,
    ) -> None:
        """A checkbox for a value that is true or not there."""
        key = self._key(spot)
        self.memory[key] = self.read(spot) is True
        surface.checkbox(
            label,
            key=key,
            disabled=not self.may_write,
            on_change=self._chosen,
            args=(key, spot, then),
        )

    def number(
        self, surface: Surface, label: str, spot: Spot, *, least: float = 0, whole: bool = True
    ) -> None:
        """A number."""
        key, now = self._key(spot), self.read(spot)
        kind = int if whole else float
        self.memory[key] = kind(now) if isinstance(now, int | float) else kind(least)
        surface.number_input(
            label,
            min_value=kind(least),
            step=kind(1),
            key=key,
            disabled=not self.may_write,
            on_change=self._chosen,
            args=(key, spot, None),
        )

    def button(self, surface: Surface, label: str, key: str, act: Act, **look: Any) -> None:
        """A button that changes the draft; nobody is offered it who may not write."""
        if self.may_write:
            surface.button(
                label, key=f"edit/{self.id}/{key}", on_click=self.do, args=(act,), **look
            )

    def _key(self, spot: Spot) -> str:
        return f"edit/{self.id}/{spot.path}/{spot.place}"

    def _chosen(self, key: str, spot: Spot, then: Callable[[Pen, Any], None] | None) -> None:
        value = self.memory.get(key)
        if then:
            self.do(lambda pen: then(pen, value))
        else:
            self.do(lambda pen: pen.put(spot, value))
