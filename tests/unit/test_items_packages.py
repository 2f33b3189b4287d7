"""Zip packages from strangers: what their directory says is not believed."""

from __future__ import annotations

from modules.exchange.items.packages import Package
from tests.qti_items import package


def test_a_part_without_a_name_is_passed_over():
    assert Package(package({"": "x", "a.xml": "<a/>", "b/": ""})).names == ("a.xml",)
