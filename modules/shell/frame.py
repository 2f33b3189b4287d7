"""The frame of every page: viewer, right, stylesheet, ribbon, width. Pages draw inside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from modules import words
from modules.access import Viewer, require_page
from modules.basics import Surface, Words
from modules.shell import guard, parts, presses, session
from modules.shell.patience import Patience
from modules.shell.typed import ledger


@dataclass(frozen=True)
class Frame:
    """What a page works with: who asks, where to draw, how to speak, and the moment."""

    viewer: Viewer
    surface: Surface
    say: Words
    now: datetime
    # For what may be tried again while the database is away.
    patient: Patience


def found(surface: Surface) -> Viewer | None:
    """Who is signed in. A database that is away is waited for, and then told about."""
    say = words.of("en")
    presses.remember()
    with guard.calm(surface, say, None):
        return Patience(surface, say)(session.viewer)
    return st.stop()


@contextmanager
def page(name: str, width: int = 1080) -> Iterator[Frame]:
    """Draw a page: its viewer is found and its right checked before anything else happens.

    ``width`` is the widest the page gets, in pixels; it shrinks on phones. Errors inside end in
    a calm sentence, see `guard`.
    """
    head = st.container()
    parts.style(head)
    middle = st.container(horizontal_alignment="center")
    surface = middle.container(width=width, gap="medium", key="page")
    viewer = found(surface)
    say = words.of(viewer.language if viewer else "en")
    opened = False
    with guard.calm(surface, say, viewer), presses.once(), ledger(head):
        if viewer is None:
            signed_out(surface, say)
            st.stop()
        require_page(viewer, name)
        if viewer.invented:
            parts.ribbon(surface, say("demo.ribbon"))
        opened = True
        yield Frame(viewer, surface, say, session.now(), Patience(head, say))
    if not opened:
        # Refused, and told so: the page itself has nothing to draw.
        st.stop()


def signed_out(surface: Surface, say: Words) -> None:
    """What somebody sees whose sign-in ended while the page was open."""
    place = parts.empty(
        surface, "offline", say("signin.ended"), say("signin.ended_sentence"), level=1
    )
    place.html(f'<a class="sw-primary" href="/" target="_self">{say("signin.again")}</a>')
