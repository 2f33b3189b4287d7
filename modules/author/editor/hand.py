"""One draft as one tab holds it: its files, and the one way in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, MutableMapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from modules.author.editor.held import Held
from modules.basics import BadInput
from modules.drafts.linked import What, without
from modules.drafts.spots import Spot

if TYPE_CHECKING:
    from modules.author.editor.pen import Pen

Act = Callable[["Pen"], None]


class Hand(Protocol):
    """What writes into the database."""

    def together(self) -> AbstractContextManager[object]:
        """All that is written inside is kept, or, where it fails, nothing of it."""
        ...

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


class InHand(Held):
    """A draft's files. ``memory`` is the tab's session."""

    def __init__(
        self,
        id: str,
        slug: str,
        files: Mapping[str, str],
        memory: MutableMapping[Any, Any],
        hand: Hand,
        may_write: bool,
    ) -> None:
        super().__init__(slug, files)
        self.id, self.memory, self.hand, self.may_write = id, memory, hand, may_write
        self.told: list[str] = []
        # What went wrong with a press, by its key: told beside what was pressed.
        self.near: dict[str, str] = {}
        self._acts: list[tuple[Act, str]] = memory.setdefault(f"edit/acts/{id}", [])

    def do(self, act: Act, near: str = "") -> None:
        """For callbacks: do this once the run has begun; ``near`` is the key it is told beside."""
        self._acts.append((act, near))

    def attempt(self, act: Callable[[], object], near: str = "") -> bool:
        """Do it; what its sender can mend is told on the page."""
        try:
            act()
        except BadInput as bad:
            if near:
                self.near[near] = str(bad)
            else:
                self.told.append(str(bad))
            return False
        return True

    def put(self, spot: Spot, value: Any) -> None:
        """Save another value at a place. Raises BadInput and `Overtaken`."""
        self.keep(spot.path, spot.put(self.files.get(spot.path, ""), value), spot.place)

    def keep(self, path: str, text: str | None, place: str) -> None:
        """Save a whole file."""
        before = self.files.get(path)
        if text != before:
            self._stands(path, self.hand.save(path, before, text, place))

    def keep_all(self, changes: Mapping[str, str], place: str) -> None:
        """Save what one press changed in several files: they are taken back together."""
        for path, text in changes.items():
            self.keep(path, text, place)

    def drop(self, what: What, id: str, instead: str = "") -> None:
        """Delete a part and every link to it. Raises BadInput where that cannot be."""
        for path, text in without(self.files, self.slug, what, id, instead).items():
            self.keep(path, text, id)

    def _stands(self, path: str, text: str | None) -> None:
        if text is None:
            self.files.pop(path, None)
        else:
            self.files[path] = text
