"""A generated filter keeps the same people and groups in SQL as in plain Python."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from scim2_models import InvalidFilterException, ScimFilter, SearchRequest

from db.directory_wishes import Moment
from modules.api.scim.models import EnterpriseUser, Group, Name, Person, StewardUser, provider
from modules.api.scim.storage import Storage
from tests.world import NOW

MORE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
WORK = "urn:ietf:params:scim:schemas:extension:steward:2.0:User"
TEXTS = ("", "a", "A%", "_b", 'q"uote', "back\\slash", "Ärger", "straße", "ΣΑΣ", "zz", "10")
STRINGS = ("userName", "displayName", "title", "name.givenName", "name.familyName", "externalId")
STRINGS += ("emails", "emails.value", "emails.type", f"{MORE}:employeeNumber", f"{MORE}:department")
STRINGS += ("groups", "groups.display", "groups.value", "id", "meta.resourceType", "meta.version")
STRINGS += (f"{MORE}:manager.value", "groups.$ref", "USERNAME")
STRINGS += (f"{WORK}:jobFamily", f"{WORK}:grade", "preferredLanguage", "timezone")
ORDER = ("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le")
# One database for all generated filters of a test: they read only.
READS = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def filled(world, session):
    """Fernleigh with a dozen more people and three groups, in texts that queries get wrong."""
    at = Moment(world.organisations["Fernleigh"], "Fernleigh", NOW, date(2026, 11, 22))
    storage = Storage(session, at, "https://steward.example/scim/v2", writes=True)
    users, groups = provider().resource_types
    made = []
    for number, text in enumerate(TEXTS):
        one = Person(
            user_name=f"{text}{number}",
            emails=[{"value": f"p{number}@Fernleigh.example"}],
            title=text,
            name=Name(given_name=text or None, family_name=TEXTS[-number]),
            external_id=f"{text}x" if number % 2 else None,
            active=bool(number % 3),
        )
        one[EnterpriseUser] = EnterpriseUser(department=text or None)
        one[StewardUser] = StewardUser(job_family=text or None, grade=TEXTS[-number] or None)
        if number % 4 == 1:
            one.preferred_language, one.timezone = "en-GB", "Europe/London"
        if made:
            one[EnterpriseUser].manager = {"value": made[0].id}
        made.append(storage.create(users, one))
    for number, name in enumerate(("Alpha", "ärger", "Empty")):
        members = [{"value": one.id} for one in made[number * 3 : 5] if name != "Empty"]
        storage.create(groups, Group(display_name=name, members=members))
    return storage


def quoted(value):
    return ScimFilter.quote(value)


@st.composite
def leaves(draw, names=STRINGS):
    name = draw(st.sampled_from(names))
    op = draw(st.sampled_from((*ORDER, "pr")))
    if op == "pr":
        return f"{name} pr"
    text = draw(st.sampled_from(TEXTS) | st.text(max_size=3))
    value = draw(st.sampled_from((text, text.upper(), f"{text}x", f"{text}3", None)))
    return f"{name} {op} {quoted(value)}"


@st.composite
def others(draw):
    kind = draw(st.sampled_from(("flag", "moment", "whole", "entry")))
    if kind == "flag":
        flags = ("eq true", "ne true", "eq false", "ne false", "eq null", "ne null")
        return f"active {draw(st.sampled_from(flags))}"
    if kind == "moment":
        when = quoted(NOW + timedelta(seconds=draw(st.integers(-1, 1))))
        part = draw(st.sampled_from(("created", "lastModified")))
        return f"meta.{part} {draw(st.sampled_from(ORDER))} {when}"
    if kind == "whole":
        return draw(st.sampled_from(("name pr", "groups pr", "emails pr", "meta pr", "active pr")))
    name = draw(st.sampled_from(("emails", "groups")))
    parts = ("value", "type") if name == "emails" else ("value", "display", "type")
    inner = draw(leaves(parts))
    return f"{name}[{draw(st.sampled_from((inner, f'not ({inner})')))}]"


FILTERS = st.recursive(
    leaves() | others(),
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=6,
)


def same(storage, kind, model, text):
    """The ids that SQL keeps, and those that Python keeps, of all that there are."""
    with provider():
        try:
            bound = ScimFilter[model](text)
            page = storage.search([kind], SearchRequest[model](filter=text))
        except (InvalidFilterException, ValueError):
            assume(False)
        everybody = storage.search([kind], SearchRequest[model]()).resources
        kept = [one.id for one in everybody if bound.match(one)]
    assert [one.id for one in page.resources] == kept
    assert page.total == len(kept)


@READS
@example(text='not (userName eq "")')  # a person without a userName was lost once
@given(text=FILTERS)
def test_a_filter_finds_the_same_people_in_sql_as_in_python(filled, text):
    same(filled, provider().resource_types[0], Person, text)


@READS
@given(text=leaves(("displayName", "members", "members.value", "members.type", "externalId", "id")))
def test_a_filter_finds_the_same_groups_in_sql_as_in_python(filled, text):
    same(filled, provider().resource_types[1], Group, text)


@READS
@given(
    by=st.sampled_from((*STRINGS[:12], "active", "meta.created")),
    order=st.sampled_from(("ascending", "descending")),
    start=st.integers(1, 60),
    count=st.integers(0, 25),
)
def test_pages_of_any_order_are_the_order_that_python_sorts(filled, by, order, start, count):
    kind = provider().resource_types[0]
    with provider():
        ask = SearchRequest[Person](sort_by=by, sort_order=order, start_index=start, count=count)
        everybody = filled.search([kind], SearchRequest[Person]()).resources
        page = filled.search([kind], ask).resources
        keys = [ask.sort_value(one) for one in ask.sort(everybody)]
    assert [ask.sort_value(one) for one in page] == keys[start - 1 : start - 1 + count]


def test_a_moment_is_no_text_and_a_strange_one_is_refused(filled):
    kind = provider().resource_types[0]
    assert isinstance(NOW, datetime)
    with provider():
        for wrong in ('meta.created gt "0001-01-01T00:00:00+14:00"', 'title eq "\\u0000"'):
            with pytest.raises((InvalidFilterException, ValueError)):
                filled.search([kind], SearchRequest[Person](filter=wrong))
