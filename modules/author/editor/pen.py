"""What a trainer does to a draft from its page: typed, chosen or pressed, and saved at once.

What the browser sent since the last run is saved first, so that everything drawn afterwards,
problems and preview too, is of one state.
"""

from __future__ import annotations

from functools import partial

from modules.author.editor.chosen import Chosen
from modules.author.editor.hand import Act
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
            stood = dict(self.files)
            if not self.attempt(partial(self._whole, act), near):
                self.files = stood
        return before != self.files or bool(acts)

    def _whole(self, act: Act) -> None:
        """What one press writes into several files is written whole, or not at all."""
        with self.hand.together():
            act(self)
