"""What is written to a format and read again is the same item, where the format can say it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from modules.exchange.items import moodle_xml, moodle_xml_out, qti21, qti21_out
from modules.exchange.items.brought import Bank, Brought
from tests.brought_items import items


def same(one: Brought) -> Brought:
    """An item without what belongs to the place where it stands."""
    return replace(one, place="", notes=())


@settings(max_examples=150, deadline=None)
@given(items())
def test_moodle_xml_gives_back_what_it_got(one):
    data, told = moodle_xml_out.write(Bank("ours", (one,)))
    assert not told.refused
    bank = moodle_xml.read(data)
    assert not bank.refused, bank.refused
    assert same(bank.items[0]) == same(one)


@settings(max_examples=150, deadline=None)
@given(items())
def test_qti_gives_back_what_it_got(one):
    data, told = qti21_out.write(Bank("ours", (one,)))
    assert not told.refused
    bank = qti21.read(data)
    assert not bank.refused, bank.refused
    assert same(bank.items[0]) == same(one)
