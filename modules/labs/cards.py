"""A lab of several cards on the page: one at a time, and the ways to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from modules import fields
from modules.basics import Surface, Words


@dataclass(frozen=True)
class Cards:
    """Where the cards of a lab are drawn, of which ``number`` of ``of``, from 1, is on the page."""

    surface: Surface
    key: str
    of: int
    number: int
    beside: Surface
    """A place beside the numbers of the cards, to say how many are done."""

    def card(self, name: str | int) -> Surface:
        """Where the card is drawn. ``name`` is its own, whatever number it has."""
        card = self.surface.container(key=f"card-{self.key}-{name}", gap="medium")
        if self.number > 1:
            # Another card takes the place of this one: the page begins at the top again.
            card.html(f'<span data-sw-place="{escape(f"{self.key}/{self.number}")}"></span>')
        return card

    def ways(self, card: Surface, left: Sequence[int], said: str, words: Words) -> None:
        """Say how many cards are done, and draw the ways from this one to what is ``left``.

        In the card is the way on; below the last one are the ways to each that is open. ``said``
        begins the lab's words for it: ``done`` and ``complete`` count, ``next`` is the way on,
        ``open`` says that other cards are open, ``open_here`` that this one is, ``go`` leads there.
        """
        count = {"n": self.of - len(left), "of": self.of}
        done = words(f"{said}.done", **count) if left else words(f"{said}.complete", **count)
        self.beside.caption(done)
        if self.number < self.of:
            on = words(f"{said}.next")
            way(card, on, self.key, self.number + 1, "next", primary=bool(left))
        elif left:
            open_ = [one for one in left if one != self.number]
            self.surface.markdown(words(f"{said}.open" if open_ else f"{said}.open_here"))
            row = self.surface.container(horizontal=True, gap="small")
            for one in open_:
                way(row, words(f"{said}.go", n=one), self.key, one, f"go-{one}")


def numbered(surface: Surface, key: str, of: int) -> Cards:
    """Draw the numbers of the cards; what the learner chose there is on the page."""
    row = surface.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    number = row.pagination(of, key=f"{key}/page")
    return Cards(surface, key, of, number, row.container(width="content"))


def way(
    surface: Surface, label: str, key: str, number: int, name: str, *, primary: bool = False
) -> None:
    """Draw a button to a card, from 1. ``name`` tells it from the page's other buttons."""
    surface.button(
        label,
        key=f"{key}/{name}",
        type="primary" if primary else "secondary",
        on_click=fields.put,
        args=(f"{key}/page", number),
    )
