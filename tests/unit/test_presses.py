"""Presses that record: what was pressed counts once, whenever the next click comes."""

from __future__ import annotations

import pytest

from modules.shell import presses

KEY = "a/send"


class Click(BaseException):
    """What Streamlit raises in a run that another click ends."""


class Session(dict):
    """A session at which the ``at``-th look ends the run, once."""

    at = -1

    def __getitem__(self, key):
        self.look()
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        self.look()
        super().__setitem__(key, value)

    def get(self, key, default=None):
        self.look()
        return super().get(key, default)

    def pop(self, key, default=None):
        self.look()
        return super().pop(key, default)

    def look(self):
        self.at -= 1
        if self.at == 0:
            raise Click


@pytest.fixture
def session(monkeypatch):
    made = Session({KEY: True})
    monkeypatch.setattr(presses.st, "session_state", made)
    presses.remember()
    return made


def test_a_press_counts_until_it_has_had_its_effect(session):
    assert presses.pressed(KEY)
    presses.acted()
    assert not presses.pressed(KEY)


@pytest.mark.parametrize("at", range(1, 6))
def test_a_click_that_ends_the_run_while_it_is_noted_does_not_make_it_count_again(session, at):
    session.at = at
    try:
        presses.acted()
    except Click:
        pass
    else:
        assert session.at > 0
    session.at = -1
    presses.remember()
    assert not presses.pressed(KEY)
