"""What is written to a format and read again is the same item, where the format can say it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings

from modules.exchange.items import gift, gift_out, moodle_xml, moodle_xml_out, qti21, qti21_out
from modules.exchange.items.brought import Bank, Brought
from modules.exchange.items.escaping import line
from modules.exchange.items.rendering import inline, words
from modules.exchange.items.shares import settled
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


def as_gift_has_it(one: Brought) -> Brought:
    """An item with what GIFT cannot say made as it comes back."""
    if one.number and one.number.unit:
        end = f"({line(words(one.number.unit))})"
        marked = "**" in one.stem
        stem = f"{one.stem}{chr(10) * 2 if marked else ' '}{end}"
        return replace(one, stem=stem, number=replace(one.number, unit=""))
    if one.sentence not in ("", "{1}"):
        joined = " ".join(f"{one.stem} {one.sentence}".split())
        return replace(one, stem="Fill in the gap.", sentence=joined)
    return replace(one, sentence="")


def settled_options(one: Brought) -> Brought:
    """An item whose shares are given only where they are not ours."""
    if not one.options:
        return one
    right = tuple(replace(o, right=(o.share or 0) > 0) for o in one.options)
    return replace(one, options=settled(right, one.kind == "single_choice")[1])


@settings(max_examples=150, deadline=None)
@given(items(most_gaps=1))
def test_gift_gives_back_what_it_got(one):
    # An arrow parts pairs in GIFT; a backslash before an asterisk means the asterisk itself.
    typed = [text for blank in one.blanks for text in (*blank.accept, *blank.wrong)]
    assume(not any("->" in text or "\\*" in text for text in typed))
    rights = "".join([*(pair.right for pair in one.pairs), *one.spare])
    assume("**" not in str(one) or not ("<" in rights or "&" in rights))
    assume("->" not in str(one) or one.kind not in ("fill_in", "matching"))
    data, told = gift_out.write(Bank("ours", (one,)))
    if one.kind == "ordering":
        assert "no form for putting steps in order" in told.refused[0].sentence
        return
    bank = gift.read(data, "a.gift")
    assert not told.refused and not bank.refused, bank.refused
    back = bank.items[0]
    expected, found = as_gift_has_it(one), settled_options(same(back))
    # What stands behind the gap is escaped as if it began a line, and its blank is the reader's.
    told = ["".join(inline(one.sentence).split()) for one in (expected, found)]
    assert told[0] == told[1]
    assert replace(expected, sentence="") == replace(found, sentence="")


@settings(max_examples=150, deadline=None)
@given(items())
def test_qti_gives_back_what_it_got(one):
    data, told = qti21_out.write(Bank("ours", (one,)))
    assert not told.refused
    bank = qti21.read(data)
    assert not bank.refused, bank.refused
    assert same(bank.items[0]) == same(one)
