"""A shipped module's lab on a page of its own, as the learner of seed “s” meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest

from modules.course.files import read_module
from modules.labs import LABS
from tests.course import SHIPPED


def _script(slug, step, stem, body, reviewed):
    import streamlit as st

    from modules import synth
    from modules.course.files import read_module
    from modules.labs import LABS
    from modules.words import of
    from tests.course import SHIPPED

    found = read_module(SHIPPED, slug, "en").lab_of(step)
    lab, words = LABS[found.name], of("en")
    state = lab.load(found.options, "s", st.session_state.get("body", body))
    if hasattr(lab, "shown_to"):
        state = lab.shown_to(state, synth.citizen("s").resident_id)
    if reviewed:
        lab.review(st.container(), state, words, told=reviewed != "hints")
    else:
        now = lab.play(st.container(), state, stem, words)
        st.session_state["body"] = lab.dump(now)
        st.session_state["place"] = lab.place(now)


@dataclass(frozen=True)
class LabPage:
    """The lab of one step of a shipped module; ``stem`` is what the keys of its fields begin with.

    The page keeps in its session state the ``body``, as a draft does, and the ``place``.
    """

    slug: str
    step: str
    stem: str

    def options(self) -> Any:
        """What the module's lab files say."""
        return read_module(SHIPPED, self.slug, "en").lab_of(self.step).options

    def load(self, body: dict[str, Any]) -> Any:
        """The state that a draft holds; that of ``{}`` is untouched."""
        found = read_module(SHIPPED, self.slug, "en").lab_of(self.step)
        return LABS[found.name].load(found.options, "s", body)

    def run(self, body: dict[str, Any] | None = None, reviewed: str = "") -> AppTest:
        """The page with a draft; or, ``reviewed``, its “hints” or all that is “told” at the end."""
        args = (self.slug, self.step, self.stem, body or {}, reviewed)
        at = AppTest.from_function(_script, args=args, default_timeout=60).run()
        assert not at.exception
        return at

    def turn(self, at: AppTest, number: int) -> None:
        """Go to a card, from 1."""
        at.pagination(key=f"{self.stem}/page").set_value(number).run()
        assert not at.exception
