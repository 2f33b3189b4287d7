"""Agreements at random: they come back as written, and no change of any kind goes unseen."""

import dataclasses
from functools import cache

import yaml
from hypothesis import given
from hypothesis import strategies as st

from modules import words
from modules.agreement.files import NotAgreed, add, parse, sha256, stamp_of
from modules.agreement.model import NEEDED, Retention, Seen
from modules.agreement.signing import Signed, sign, verify
from modules.agreement.wording import clauses, difference, parts, sentence
from tests.signers import DAY, Signers

DAYS = st.integers(1, 3660)
CLOCKS = st.integers(0, 24 * 60 - 2)
NAMES = st.text("abcdefghij klmäö'", min_size=1, max_size=20).map(str.strip).filter(bool)
KINDS = [one for one in Retention.model_fields if one != "answers"]


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def agreements(draw):
    start = draw(CLOCKS)
    until = draw(st.integers(start + 1, 24 * 60 - 1))
    key = draw(st.sampled_from([Signers(1), Signers(5)]))
    signers = [
        {"role": role, "name": draw(NAMES), "key": one}
        for role, one in zip(("dpo", "staff"), key.keys, strict=True)
    ]
    more = draw(st.lists(st.sampled_from(sorted(set(Seen.__args__) - set(NEEDED))), unique=True))
    return {
        "number": draw(st.integers(1, 1000)),
        "title": draw(NAMES),
        "threshold": {
            "least": draw(st.integers(10, 1000)),
            "learned": draw(st.integers(3, 1000)) * 10,
        },
        "panels": draw(st.lists(st.sampled_from(["trend", "units"]), unique=True)),
        "managers_see": [*NEEDED, *more],
        "confidence": {"asked": draw(st.booleans())},
        "reminders": {
            "days": draw(st.sampled_from(["mon-fri", "mon,wed", "mon-sun"])),
            "start": clock(start),
            "until": clock(until),
            "every_days": draw(st.integers(1, 365)),
        },
        "sign_in_hours": draw(st.integers(1, 720)),
        "names": {
            "administrators_see_status": draw(st.booleans()),
            "auditors_see_names": draw(st.booleans()),
        },
        "retention": {"answers": draw(st.integers(0, 3660))} | {kind: draw(DAYS) for kind in KINDS},
        "signers": draw(st.sampled_from([[], signers])),
    }


def written(clauses):
    return yaml.safe_dump(clauses, allow_unicode=True, sort_keys=False).encode()


@given(agreements())
def test_an_agreement_comes_back_as_it_was_written(made):
    found = parse(written(made), "a.yaml")
    assert found.model_dump(mode="json") == made
    assert parse(written(found.model_dump(mode="json")), "a.yaml") == found


@given(agreements(), agreements())
def test_a_difference_is_empty_exactly_when_two_agreements_say_the_same(one, other):
    say = words.of("en")
    old, new = parse(written(one), "a.yaml"), parse(written(other), "b.yaml")
    found = difference(old, new, say)
    assert (found == ()) == (old == new)
    assert difference(old, old, say) == ()
    assert all(change.before != change.after for change in found)
    back = difference(new, old, say)
    assert [(c.clause, c.after, c.before) for c in back] == [
        (c.clause, c.before, c.after) for c in found
    ]


@given(agreements())
def test_every_clause_is_told_in_words_once(made):
    say = words.of("en")
    found = parse(written(made), "a.yaml")
    told = [line for lines in parts(found, say).values() for line in lines]
    assert sorted(told) == sorted(
        sentence(name, value, say) for name, value in clauses(found).items()
    )
    assert not [line for line in told if "⟦" in line or "{" in line]


@cache
def signed():
    who = Signers()
    body = who.naming()
    of = Signed(parse(body, "a.yaml"), body, sha256(body), None)
    stamp = None
    for (role, name), key in who.people.items():
        stamp = add(stamp, of.sha256, sign(key, of, role=role, name=name, day=DAY))
    return dataclasses.replace(of, stamp=stamp)


@given(st.data())
def test_any_single_byte_changed_in_a_signed_file_is_found(data):
    of = signed()
    place = data.draw(st.integers(0, len(of.body) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda one: one != of.body[place]))
    body = of.body[:place] + bytes([other]) + of.body[place + 1 :]
    try:
        found = Signed(parse(body, "a.yaml"), body, sha256(body), of.stamp)
    except NotAgreed:
        return
    assert verify(found).trouble
    assert not verify(found).signed


@given(st.data())
def test_any_byte_changed_in_the_file_of_signatures_never_makes_another_yes(data):
    from modules.agreement.files import dump

    of = signed()
    body = dump(of.stamp).encode()
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.integers(0, 255))
    changed = body[:place] + bytes([other]) + body[place + 1 :]
    try:
        stamp = stamp_of(changed, "s.yaml")
    except NotAgreed:
        return
    # What still holds is what was signed, to the letter: a comment changed, or nothing that counts.
    assert verify(dataclasses.replace(of, stamp=stamp)).signed == (stamp == of.stamp)
