"""What a trainer does to a draft from its page: typed, chosen or pressed, and saved at once.

What the browser sent since the last run is saved first, so that everything drawn afterwards,
problems and preview too, is of one state.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from modules.author.editor.chosen import Chosen
from modules.author.editor.typed import Typed


class Pen(Typed, Chosen):
    """One draft as one tab writes it."""

    def take_in(self) -> bool:
        """Save what was typed, then do what was pressed; whether anything was written."""
        before, boxes = dict(self.files), dict(self._boxes)
        self._boxes.clear()
        for key, box in boxes.items():
            self._typed(key, box)
        acts = list(self._acts)
        self._acts.clear()
        for act, near in acts:
            self.attempt(partial(self.whole, partial(act, self)), near)
        return before != self.files or bool(acts)

    def whole(self, act: Callable[[], object]) -> None:
        """Write what one press changes in several files whole, or not at all."""
        stood = dict(self.files)
        try:
            with self.hand.together():
                act()
        except BaseException:
            self.files = stood
            raise
