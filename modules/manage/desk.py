"""Where one deed for one person is drawn: how it writes, and how it is said that it was done."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from modules.basics import BadInput, Surface

if TYPE_CHECKING:
    from modules.shell.frame import Frame

SAID = "team/said"
Call = Callable[[Session], Any]


@dataclass(frozen=True)
class Desk:
    """Where one deed is drawn: the page, this tab's memory, and how to write.

    ``did`` says that something was done, so that the page is drawn anew.
    """

    frame: Frame
    memory: MutableMapping[Any, Any]
    write: Callable[[Call], None]
    did: Callable[[], None]

    def do(self, place: Surface, call: Call, said: str) -> None:
        """Do it, and say so on the next drawing; what cannot be is told where it was asked."""
        try:
            self.write(call)
        except BadInput as bad:
            place.warning(str(bad), icon=":material/info:")
            return
        self.memory[SAID] = said
        self.did()
