"""A client that says over the websocket what no page offered it: it gains nothing, anywhere."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.proto.WidgetStates_pb2 import WidgetState

from db.engine import engine
from db.tables import Attempt, Base, Certificate, Person, core
from modules import access, words
from modules.access import may
from tests.bodies import Open
from tests.driver import Broken, Tab

SAY = words.of("en")
# What any reader's own visit writes: who looked, what was refused, and her own answers and drafts.
# And what the server counts for itself a minute after its start, whoever visits.
TRACES = {"refusal", "record_view", "sign_in", "learned", "analysed"}
FORGED = (
    {"string_value": "never offered"},
    {"string_value": "x" * 200_000},
    {"string_value": "'; DROP TABLE person; --"},
    {"int_value": -1},
    {"int_value": 2**40},
    {"double_value": float("nan")},
    {"double_value": float("inf")},
    {"bool_value": True},
    {"trigger_value": True},
    {"bytes_value": b"\x00\xff" * 50},
    {"json_value": '{"typed": {"text": "x", "n": 1e999}}'},
    {"json_value": "[" * 5000},
    {"string_trigger_value": {"data": "x"}},
)
# A kind of widget takes what it cannot hold alike on every page: that is tried once for each kind.
# What it could hold, and was not offered, is tried on every page.
FITTING = {"string_value", "int_value", "string_array_value", "int_array_value", "json_value"}
TRIED: set[str] = set()
LISTS = (("string_array_value", ["never offered", "x"]), ("int_array_value", [99, -1]))


def states(id_: str) -> Iterator[WidgetState]:
    """Every value that a widget of this id could be sent, and could not."""
    for one in FORGED:
        yield WidgetState(id=id_, **one)
    for name, values in LISTS:
        state = WidgetState(id=id_)
        getattr(state, name).data.extend(values)
        yield state
    double = WidgetState(id=id_)
    double.double_array_value.data.extend([float("nan"), -1e308])
    yield double


def widgets(tab: Tab) -> list[str]:
    """The ids of what a page offers."""
    return [one.id for one in tab.elements.values() if getattr(one, "id", "")]


def all_rows(*, but: uuid.UUID) -> dict[str, set[str]]:
    """Every row of every table that is not this person's own, as hashes."""
    found: dict[str, set[str]] = {}
    with engine().connect() as connection:
        for name, table in Base.metadata.tables.items():
            if name in TRACES:
                continue
            rows = connection.execute(select(table)).mappings()
            found[name] = {
                hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()
                for row in rows
                # A manager reminds his own people: that button was offered, whatever presses it.
                if but not in (row.get("person_id"), row.get("sender_id"))
            }
    return found


def rights(person: uuid.UUID) -> list[Any]:
    """What somebody has: grants, completions, certificates."""
    with engine().connect() as connection:
        return [
            sorted(map(repr, connection.execute(select(table).where(table.c.person_id == person))))
            for name in ("role_grant", "completion", "certificate", "placement", "identity")
            for table in [Base.metadata.tables[name]]
        ]


def names(site: Open, *, of: str) -> set[str]:
    """The names of everybody in the other body than this person's, and of those in hers."""
    org = site.bodies.viewer(of).org_id
    table = core(Person)
    with engine().connect() as connection:
        found = connection.execute(select(table.c.name).where(table.c.org_id != org)).scalars()
        return {name for name in found if " " in name}


def sent(tab: Tab, state: WidgetState) -> str:
    """Send one forged value; gives what the page says then. A page may break, and calmly."""
    tab.values = {state.id: state}
    try:
        tab.rerun()
    except Broken as broken:
        # Streamlit itself refuses a type that the widget has not: no trace reaches the page.
        assert "Traceback" not in str(broken)
        return str(broken)
    finally:
        tab.values = {}
    return tab.text()


@pytest.fixture(scope="module")
def others(site: Open) -> dict[str, dict[str, Any]]:
    """What the pages of other roles offer, by page: its hash and its widgets, as they see them."""
    found = {}
    for who, pages in {
        "tom": ("team", "proofs"),
        "grace": ("organisation",),
        "priya": (
            "modules",
            "preview",
            "publish",
            "versions",
            "reports",
            "regrade",
            "items",
            "bring",
            "translate",
            "edit",
        ),
        "gov1": ("evidence",),
        "marek": (
            *("people", "log", "local", "examples", "requests"),
            *("roles", "units", "duties", "roster", "directory", "trust", "mail", "texts"),
        ),
    }.items():
        tab = Tab(site.url, site.tokens[who])
        for page in pages:
            tab.open(page)
            found[page] = {"hash": tab.hash, "widgets": widgets(tab), "text": tab.text()}
            assert tab.hash
        tab.close()
    return found


@pytest.mark.parametrize("who", ["amira", "uma", "gov1", "rev11", ""])
def test_pages_of_other_roles_take_nothing_by_hash_widget_or_fragment(site, others, who):
    viewer = site.bodies.viewers().get(who)
    person = viewer.person_id if viewer else uuid.uuid4()
    before, mine = all_rows(but=uuid.uuid4()), rights(person)
    tab = Tab(site.url, site.tokens.get(who, ""))
    for page, offer in others.items():
        if viewer and may(viewer, access.PAGES, page):
            continue
        tab.open("")
        tab.page, tab.hash = page, offer["hash"]
        for id_ in offer["widgets"] or ["$$ID-0-none"]:
            for state in (
                WidgetState(id=id_, trigger_value=True),
                WidgetState(id=id_, string_value="x"),
            ):
                said = sent(tab, state)
                assert SAY("error.denied") in said or SAY("signin.ended") in said, page
    tab.close()
    assert all_rows(but=uuid.uuid4()) == before
    assert rights(person) == mine


OWN = {
    "amira": (
        "",
        "lesson",
        "completion",
        "review",
        "receipts",
        "citizen",
        "search",
        "aids",
        "aid",
        "glossary",
        "read",
        "me",
        "changed",
        "policies",
        "comparison",
    ),
    "tom": ("team", "proofs"),
    "grace": ("organisation",),
    "priya": (
        "modules",
        "preview",
        "publish",
        "versions",
        "reports",
        "regrade",
        "items",
        "bring",
        "translate",
        "edit",
    ),
    "olga": ("people", "log", "organisation", "team"),
}


@pytest.mark.parametrize(
    ("who", "page"), [(who, page) for who, pages in OWN.items() for page in pages]
)
def test_forged_values_for_what_a_page_does_offer_gain_nothing(site, who, page):
    viewer = site.bodies.viewer(who)
    before, mine = all_rows(but=viewer.person_id), rights(viewer.person_id)
    strangers = names(site, of=who)
    tab = Tab(site.url, site.tokens[who])
    query = {"module": "M01"} if page in ("lesson", "completion", "preview", "versions") else {}
    tab.open(page, **query)
    # A page may have hundreds of like things; of each kind the first few tell.
    kinds: dict[str, list[str]] = {}
    for one in tab.elements.values():
        if getattr(one, "id", ""):
            kinds.setdefault(one.DESCRIPTOR.name, []).append(one.id)
    tried = [id_ for ids in kinds.values() for id_ in ids[:1]]
    for id_ in [*tried, "$$ID-0123-none-such", ""]:
        kind = next((kind for kind, ids in kinds.items() if id_ in ids), id_)
        for state in states(id_):
            if kind in TRIED and state.WhichOneof("value") not in FITTING:
                continue
            if state.HasField("trigger_value") and id_ in kinds.get("Button", ()):
                continue  # that one was offered
            said = sent(tab, state)
            assert not {name for name in strangers if name in said}, "another body's people"
        TRIED.add(kind)
        # What breaks by it is this one tab of hers, and nobody else's: she begins again.
        tab.close()
        tab = Tab(site.url, site.tokens[who]).open(page, **query)
    tab.close()
    assert rights(viewer.person_id) == mine
    after = all_rows(but=viewer.person_id)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"change"}, f"rows of others changed: {changed}"


@pytest.mark.parametrize("who", ["amira", "tom", "olga", "gov1"])
def test_addresses_with_other_peoples_ids_show_nothing_of_theirs(site, who):
    viewer = site.bodies.viewer(who)
    strangers = names(site, of=who)
    with engine().connect() as connection:
        pick = [
            *connection.execute(
                select(core(Attempt).c.id).where(core(Attempt).c.person_id != viewer.person_id)
            )
            .scalars()
            .fetchmany(3),
            *connection.execute(
                select(core(Person).c.id).where(core(Person).c.org_id != viewer.org_id)
            )
            .scalars()
            .fetchmany(3),
            *connection.execute(select(core(Certificate).c.attempt_id)).scalars().fetchmany(2),
        ]
    odd = [*map(str, pick), "../../people", "x" * 4000, "\x00", "%00", "1 OR 1=1", "NaN"]
    parameters = ("person", "of", "unit", "module", "step", "at", "form", "term", "id", "name")
    tab = Tab(site.url, site.tokens[who])
    for page in access.PAGES:
        for value in odd:
            try:
                said = tab.open("" if page == "home" else page, **dict.fromkeys(parameters, value))
                said = said.text()
            except Broken as broken:
                said = str(broken)
            assert SAY("error.bug") not in said, f"{page} breaks on {value[:40]!r}"
            assert not {name for name in strangers if name in said}, page
            if not may(viewer, access.PAGES, page):
                assert SAY("error.denied") in said
    tab.close()


def test_a_page_that_does_not_exist_or_a_broken_message_leaves_the_server_standing(site):
    tab = Tab(site.url, site.tokens["amira"])
    for name in ("signed_out", "ui", "../people", "People", "people/", "", "x" * 5000):
        tab.open("")
        tab.page, tab.hash = name, hashlib.md5(name.encode()).hexdigest()
        assert "Marek Novak" not in sent(tab, WidgetState(id="x", trigger_value=True))
    tab.close()
    for junk in (b"", b"\xff" * 1000, b"x" * (3 * 1024**2)):
        loud = Tab(site.url, site.tokens["amira"])
        loud.socket.send(junk)
        loud.close()
    again = Tab(site.url, site.tokens["amira"]).open("search")
    assert again.text()
    again.close()
