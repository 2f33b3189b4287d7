"""Read the figure: solutions, tags, repairs as people write them, and what is refused."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from pydantic import ValidationError

from modules.basics import BadInput, StewardError
from modules.course.files import read_module
from modules.labs import LABS, Place, read_figure, with_installed
from modules.labs.read_figure import Options
from modules.labs.read_figure.options import HINTS
from modules.labs.read_figure.repair import Repair, judge, plain
from modules.settings import settings


def headline(id_, base, date, evidence, safe, text, **more):
    return {
        "id": id_,
        "base": base,
        "date": date,
        "evidence": evidence,
        "safe": safe,
        "text": text,
        "source": "What the survey says [@seed-f1].",
        "why": "Because [@seed-f1].",
    } | more


DATA = {
    "title": "Read the figure",
    "task": "Tag **each** headline.",
    "survey": "A survey of 2022.",
    "bases": {"surveyed": "Organisations asked", "nobody": "Not stated"},
    "dates": {"june-2022": "June 2022", "none": "No date"},
    "evidence": {"measured": "Measured", "self-reported": "They said so", "asserted": "Asserted"},
    "headlines": [
        headline("h1", "surveyed", "june-2022", "self-reported", True, "27% of 1,000 said in 2022"),
        headline("h2", "nobody", "none", "asserted", False, "93% of governments are more open"),
        headline(
            *("h3", "nobody", "none", "asserted", False, "Only 55% of employees are trained"),
            repair={
                "figure": ["55%"],
                "base": [["organisation", "organization"], ["report", "said"]],
                "year": ["2022"],
                "forbid": ["55% of employees"],
            },
            model="55% of organisations reported training (survey June 2022).",
        ),
        headline(
            *("h4", "surveyed", "june-2022", "asserted", False, "Sharing made us 74% safer"),
            repair={"figure": ["74%"], "base": [["organisations"]], "year": ["2022"]},
            model="In 2022, 74% of organisations reported better resilience.",
        ),
        headline("h5", "surveyed", "none", "self-reported", False, "56% said this week"),
        headline("h6", "surveyed", "june-2022", "self-reported", True, "80% had started, 2022"),
    ],
    "hints": {hint: f"Look at {hint}." for hint in HINTS},
}


@pytest.fixture
def options():
    return Options.model_validate(DATA)


def solved(options, seed="s"):
    return read_figure.solve(read_figure.start(options, seed))


def changed(state, id_, **marks):
    return replace(state, marks={**state.marks, id_: replace(state.marks[id_], **marks)})


def test_the_reference_solution_passes_for_every_seed(options):
    for n in range(200):
        grade = read_figure.grade(solved(options, f"seed {n}"))
        assert (grade.score, grade.right, grade.tags) == (1.0, True, ())


def test_not_thinking_fails_for_every_seed(options):
    for n in range(200):
        grade = read_figure.grade(read_figure.naive(read_figure.start(options, f"seed {n}")))
        assert not grade.right
        assert grade.score < 0.8


def test_an_untouched_lab_earns_nothing(options):
    grade = read_figure.grade(read_figure.start(options, "s"))
    assert (grade.score, grade.right) == (0.0, False)


def test_what_is_still_to_do_is_named_by_headline(options):
    begun, done = read_figure.start(options, "s"), solved(options)
    assert begun.open() == (1, 2, 3, 4, 5, 6)
    assert done.open() == ()
    number = [one.id for one in done.in_order()].index("h3") + 1
    assert changed(done, "h3", repair=" ").open() == (number,)
    assert changed(done, "h3", date=None).open() == (number,)
    assert changed(done, "h3", safe=True, repair="").open() == (), "open would tell it is unsafe"


def test_one_hands_in_from_the_last_headline_or_once_nothing_is_open(options):
    begun = read_figure.start(options, "s")
    assert read_figure.place(begun) == Place(1, False)
    assert read_figure.place(replace(begun, page=6)) == Place(6, True)
    assert read_figure.place(solved(options)) == Place(1, True)


def test_the_seed_sets_the_order_of_the_headlines(options):
    orders = [
        tuple(one.id for one in read_figure.start(options, f"{n}").in_order()) for n in range(50)
    ]
    assert len(set(orders)) > 40
    assert orders[7] == tuple(one.id for one in read_figure.start(options, "7").in_order())
    assert all(sorted(order) == ["h1", "h2", "h3", "h4", "h5", "h6"] for order in orders)


def test_one_headline_may_be_read_wrongly_two_may_not(options):
    once = changed(solved(options), "h1", base="nobody", date="none")
    assert read_figure.grade(once).right
    assert read_figure.grade(once).score == 30 / 32
    assert read_figure.grade(once).tags == ("read-figure-base", "read-figure-date")
    twice = changed(once, "h2", safe=True)
    assert not read_figure.grade(twice).right


def test_both_repairs_have_to_hold(options):
    spoilt = changed(solved(options), "h3", repair="55% of organisations reported training.")
    grade = read_figure.grade(spoilt)
    assert (grade.right, grade.tags) == (False, ("read-figure-repair-year",))
    failed = [check for check in read_figure.checks(spoilt) if not check.passed]
    assert [(check.key, check.hint) for check in failed] == [("h3/repair-year", "repair-year")]


def test_every_check_has_a_hint(options):
    assert {check.hint for check in read_figure.checks(solved(options))} == set(options.hints)


def test_a_state_survives_json(options):
    state = changed(solved(options), "h2", safe=None, base=None)
    body = json.loads(json.dumps(read_figure.dump(state)))
    assert "safe" not in body["h2"]
    assert read_figure.load(options, "s", body) == state
    assert read_figure.load(options, "s", {}) == read_figure.start(options, "s")


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"h9": {}},
        {"h1": []},
        {"h1": {"base": "everyone"}},
        {"h1": {"base": ["surveyed"]}},
        {"h1": {"date": 2022}},
        {"h1": {"safe": 1}},
        {"h1": {"safe": "yes"}},
        {"h1": {"repair": None}},
        {"h1": {"repair": "x" * 401}},
        {"h1": {"colour": "red"}},
    ],
)
def test_what_was_never_offered_is_refused(options, body):
    with pytest.raises(BadInput):
        read_figure.load(options, "s", body)


REPAIR = Repair.model_validate(DATA["headlines"][2]["repair"])


@pytest.mark.parametrize(
    "text",
    [
        "In 2022, 55% of organisations reported having trained employees.",
        "55 per cent of ORGANIZATIONS said so (June 2022).",
        "55\u00a0% of the organisations\nreport it; 2022",
        "Organisation reports: 55 percent, survey “2022”.",
        "In June 2022, 55% of organisations told Capgemini that they had trained employees.",
        "In a survey of 2022, 55% of organisations say they train people.",
        "55% of organisations stated in 2022 that they had trained employees.",
        "Asked in 2022, 55% of organisations answered that they had trained employees.",
        "According to organisations asked in 2022, 55% have trained employees.",
    ],
)
def test_a_repair_may_be_worded_freely(text):
    assert all(judge(REPAIR, text).values())


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("In 2022, 155% of organisations reported it.", ["figure"]),
        ("In 2022, 55 of the organisations reported it.", ["figure"]),
        ("In 2022, 55% of councils reported it.", ["base"]),
        ("In 2022, 55% of organisations trained them.", ["base"]),
        ("In 2022, 55% of state-owned organisations trained them; essay follows.", ["base"]),
        ("In 2023, 55% of organisations reported it.", ["year"]),
        ("In 20221, 55% of organisations reported it.", ["year"]),
        ("In 2022, organisations reported that 55 per cent  of employees know.", ["forbid"]),
        ("55%", ["base", "year"]),
        ("", ["figure", "base", "year", "forbid"]),
        ("  \u00a0", ["figure", "base", "year", "forbid"]),
    ],
)
def test_a_repair_that_lacks_something_says_what(text, failed):
    assert [part for part, passed in judge(REPAIR, text).items() if not passed] == failed


SHIPPED = {
    one.id: one.repair
    for one in read_module(settings().content, "m01-why-share", "en").lab.options.headlines
}


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("h3", "Organisations reported in 2022 that 55% of the employees were trained in it."),
        ("h3", "In 2022, organisations reported that 55% of workers are trained in it."),
        ("h3", "In 2022, organisations reported that 55 per cent of their employees were trained."),
        ("h3", "In 2022, organisations reported that 55 % of public servants are trained."),
        ("h4", "In 2022, organisations said sharing improved their resilience by 74%."),
        ("h4", "In 2022, organisations said resilience had risen by 74 per cent, thus much."),
        ("h4", "In 2022 organisations reported a 74% increase in resilience."),
        ("h4", "In 2022, 74% of organisations reported that sharing made them more resilient."),
        ("h4", "74% of 274 organisations reported it in 2022, which proves that sharing helps."),
        ("h4", "In 2022, organisations reported that sharing makes them 74% safer."),
        ("h4", "Because they share data, 74% of 274 organisations reported it in 2022."),
        ("h4", "74% of organisations said in 2022 that sharing boosted their resilience."),
        ("h4", "In 2022, 74% of organisations reported that ecosystems led to resilience."),
        ("h4", "Organisations measured in 2022 that 74% are more resilient, they reported."),
        ("h4", "Not only did it grow: in 2022 organisations reported a 74% increase."),
        ("h3", "In 2022, 55% of civil servants in organisations reported training."),
        ("h3", "In 2022, 55% of the workforce in organisations reported training."),
        ("h3", "55% of organisations reported in 2022 having trained all their employees."),
    ],
)
def test_a_repair_that_claims_too_much_is_refused(id_, text):
    assert [part for part, passed in judge(SHIPPED[id_], text).items() if not passed] == ["forbid"]


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("h3", "In 2022, 55% of the organisations asked reported having trained their employees."),
        ("h3", "Organisations were asked in 2022: 55% of them reported having trained staff."),
        ("h4", "74% of 274 organisations reported it in June 2022; this proves no cause."),
        ("h4", "Better resilience was reported by 74% of 274 organisations in June 2022."),
        ("h4", "In 2022, 74% of organisations said they had made themselves more resilient."),
        ("h3", "55% of organisations reported training in 2022; this is not 55% of employees."),
        ("h3", "In 2022, 55% of organisations reported it. It does not mean 55% of staff."),
        ("h4", "74% of organisations reported it in 2022; that is no 74% increase."),
        ("h4", "In 2022, seventy-four per cent of 274 public bodies reported more resilience."),
        ("h4", "74% of 274 agencies said so in 2022. It was not measured."),
    ],
)
def test_an_honest_repair_passes(id_, text):
    assert all(judge(SHIPPED[id_], text).values())


def test_spelling_of_percent_quotes_and_blanks_does_not_matter():
    assert plain("80 PER CENT,  “so”") == plain('80%, "so"') == plain("80\u202fpercent, “so”")


@pytest.mark.parametrize(
    ("place", "change", "says"),
    [
        (("headlines", 0), {"base": "everyone"}, "h1: there is no base “everyone”"),
        (("headlines", 1), {"id": "h1"}, "same id"),
        (("headlines", 2), {"model": "55% know."}, "model repair of h3 fails"),
        (("headlines", 2), {"model": None}, "model repair of h3 fails"),
        (("headlines", 2), {"safe": True}, "nothing to repair"),
        (("headlines", 3), {"text": "2022: 74% of organisations"}, "h4 passes its own repair"),
        ((), {"hints": {}}, "there is no hint for base"),
        ((), {"hints": DATA["hints"] | {"odd": "?"}}, "no check uses the hint odd"),
        ((), {"dates": {}}, "dates"),
        ((), {"colour": "red"}, "colour"),
    ],
)
def test_a_writer_is_told_what_is_wrong(place, change, says):
    data = deepcopy(DATA)
    here = data
    for step in place:
        here = here[step]
    here |= change
    with pytest.raises(ValidationError, match=says):
        Options.model_validate(data)


def test_labs_are_listed_and_a_name_is_taken_once():
    assert LABS["read_figure"] is read_figure

    class Point:
        name = "read_figure"

    with pytest.raises(StewardError, match="read_figure"):
        with_installed(LABS, [Point()])
