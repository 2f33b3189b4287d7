"""Which addresses are nobody's."""

from __future__ import annotations

import pytest

from modules.post.invented import is_reserved


@pytest.mark.parametrize(
    "email",
    [
        "amira.khan@fernleigh.example",
        "a@b.c.TEST",
        "a@invalid",
        "a@b.invalid.",
        "a@localhost",
        "a@example.org",
        "a@mail.example.com",
    ],
)
def test_names_that_nobody_can_have_are_known(email):
    assert is_reserved(email)


@pytest.mark.parametrize(
    "email", ["a@fernleigh.gov.uk", "a@example.gov.uk", "a@test.org", "a@myexample.com", "a", ""]
)
def test_all_others_are_somebodys(email):
    assert not is_reserved(email)
