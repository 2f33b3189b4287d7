"""Compute without pooling on the page: how good a model is, in words that need no statistics."""

from __future__ import annotations

import re

import pytest

from tests.app.lab_page import LabPage

pytestmark = pytest.mark.usefixtures("remembering")
PAGE = LabPage("m11-computing-without-pooling", "without-pooling", "M11-L")


def test_how_good_a_model_is_is_told_as_pairs_of_a_hundred_and_explained_before():
    at = PAGE.run()
    told = [one.value for one in at.markdown]
    explained = next(place for place, one in enumerate(told) if "Of 100 such pairs" in one)
    assert "a coin gets 50 right" in told[explained]
    assert explained < told.index(next(one for one in told if "Pairs put right, of 100" in one))
    shares = [re.search(r": (\d\d\.\d)$", one.value) for one in at.caption]
    assert len(shares) == 6
    assert all(share and 50 < float(share[1]) < 100 for share in shares)
