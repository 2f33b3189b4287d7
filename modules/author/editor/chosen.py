"""Chosen values of a draft: lists, switches, numbers and buttons, saved at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from modules import markup
from modules.author.editor.hand import Act, InHand
from modules.basics import Surface
from modules.drafts.spots import Spot

if TYPE_CHECKING:
    from modules.author.editor.pen import Pen

Then = Callable[["Pen", Any], None]
"""Saves a value in another way than by writing it at its place."""


class Chosen(InHand):
    """Widgets whose choice is kept by the next run. ``now`` is what holds where nothing stands."""

    def choice(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        options: Mapping[Any, str],
        *,
        help: str | None = None,
        then: Then | None = None,
        now: Any = None,
    ) -> None:
        """A list to choose the value at a place from; ``then`` saves it in another way."""
        key, stands = self._key(spot), self._stands_at(spot, now)
        known = dict(options)
        if stands not in known:
            known = {stands: str(stands or "–"), **known}
        if not self.may_write:
            if stands is not None:
                surface.html(markup.told_html(label, known[stands]))
            return
        self.memory[key] = stands
        surface.selectbox(
            label,
            list(known),
            format_func=lambda one: known.get(one, str(one)),
            key=key,
            help=help,
            on_change=self._chosen,
            args=(key, spot, then),
        )

    def several(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        options: Mapping[str, str],
        then: Then | None = None,
    ) -> None:
        """Some of several values, kept in the order of ``options``; at least one stays."""
        key = self._key(spot)
        stands = self.read(spot)
        held = stands if isinstance(stands, list) else []
        picked_now = [one for one in options if one in held]
        if not self.may_write:
            if picked_now:
                names = ", ".join(options[one] for one in picked_now)
                surface.html(markup.told_html(label, names))
            return
        self.memory[key] = picked_now

        def chosen() -> None:
            picked = self.memory.get(key) or ()
            if wanted := [one for one in options if one in picked]:
                self.do(lambda pen: then(pen, wanted) if then else pen.put(spot, wanted))

        surface.pills(
            label,
            list(options),
            selection_mode="multi",
            format_func=lambda one: options.get(one, str(one)),
            key=key,
            on_change=chosen,
        )

    def switch(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        then: Then | None = None,
        now: bool | None = None,
        help: str | None = None,
    ) -> None:
        """A checkbox for a value that is true or not there; ``now`` where it means another."""
        key, stands = self._key(spot), self.read(spot) is True if now is None else now
        if not self.may_write:
            if stands:
                surface.markdown(f":material/check: {label}")
            return
        self.memory[key] = stands
        surface.checkbox(label, key=key, help=help, on_change=self._chosen, args=(key, spot, then))

    def number(
        self,
        surface: Surface,
        label: str,
        spot: Spot,
        *,
        least: float = 0,
        most: float | None = None,
        whole: bool = True,
        then: Then | None = None,
        now: float | None = None,
        width: Any = "stretch",
    ) -> None:
        """A number from ``least`` to ``most``."""
        key, stands = self._key(spot), self._stands_at(spot, now)
        if not self.may_write:
            if stands is not None:
                surface.html(markup.told_html(label, str(stands)))
            return
        kind = int if whole else float
        held = kind(stands) if isinstance(stands, int | float) else kind(least)
        # A number that may not be is shown as the nearest that may; the problems tell of it.
        held = max(kind(least), held if most is None else min(held, kind(most)))
        self.memory[key] = held
        surface.number_input(
            label,
            min_value=kind(least),
            max_value=None if most is None else kind(most),
            step=kind(1) if whole else None,
            key=key,
            on_change=self._chosen,
            args=(key, spot, then),
            width=width,
        )

    def button(
        self,
        surface: Surface,
        label: str,
        key: str,
        act: Act,
        *,
        near: Surface | None = None,
        **look: Any,
    ) -> None:
        """A button that changes the draft; nobody is offered it who may not write.

        What went wrong is told at the top of the page, or in ``near``, where that is far away.
        """
        if not self.may_write:
            return
        name = f"edit/{self.id}/{key}"
        args = (act, name if near else "")
        surface.button(label, key=name, on_click=self.do, args=args, **look)
        if near and (wrong := self.near.pop(name, "")):
            near.error(wrong, icon=":material/error:")

    def _key(self, spot: Spot) -> str:
        return f"edit/{self.id}/{spot.path}/{spot.place}"

    def _stands_at(self, spot: Spot, otherwise: Any) -> Any:
        found = self.read(spot)
        return otherwise if found is None else found

    def _chosen(self, key: str, spot: Spot, then: Then | None) -> None:
        value = self.memory.get(key)
        if then:
            self.do(lambda pen: then(pen, value))
        else:
            self.do(lambda pen: pen.put(spot, value))
