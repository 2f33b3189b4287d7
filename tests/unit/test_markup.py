from __future__ import annotations

from html.parser import HTMLParser

import pytest

from modules import markup

NASTY = "<img src=x onerror=\"alert('1')\"> & 'quotes'"


class Seen(HTMLParser):
    """Collects the tags, attribute values and text that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def value(self, name: str) -> str | None:
        return dict(self.values).get(name)


EVERY_BUILDER = {
    "given": markup.given_html([(NASTY, "right", NASTY), (NASTY, "plain", NASTY)]),
    "meter": markup.meter_html(NASTY, NASTY, 3, 5, NASTY),
    "steps": markup.steps_html(2, 6, NASTY),
    "bar": markup.bar_html(0.5, NASTY),
    "bars": markup.bars_html(NASTY, [(NASTY, 0.5, NASTY)], NASTY),
    "eyebrow": markup.eyebrow_html(NASTY),
    "figure": markup.figure_html("app/static/a.svg", NASTY, NASTY),
    "parts": markup.parts_html([(NASTY, [(NASTY, NASTY), (NASTY, NASTY)])]),
    "gapped": markup.gapped_html([NASTY, NASTY], [(NASTY, NASTY)]),
    "table": markup.table_html(NASTY, [NASTY, NASTY], [[NASTY, NASTY]]),
}


@pytest.mark.parametrize("builder", EVERY_BUILDER)
def test_text_never_becomes_markup(builder: str) -> None:
    seen = Seen(EVERY_BUILDER[builder])
    assert seen.tags.count("img") == (1 if builder == "figure" else 0)
    assert "onerror" not in [name for name, _ in seen.values]
    told = [seen.text, *(value or "" for _, value in seen.values)]
    assert any(NASTY in text for text in told)


def test_a_verdict_is_never_told_by_colour_alone() -> None:
    with pytest.raises(ValueError, match="label"):
        markup.given_html([("An option", "right", "")])


def test_of_two_answers_to_a_part_the_first_is_the_learners() -> None:
    html = markup.parts_html(
        [("Part", [("Yours", "x"), ("Right", "y")]), ("Other", [("Both", "z")])]
    )
    assert '<p class="sw-yours"><b>Yours</b>' in html
    assert '<p class="sw-right"><b>Right</b>' in html
    assert '<p class="sw-right-yours"><b>Both</b>' in html
    for answers in ([], [("", "x")], [("a", "x"), ("b", "y"), ("c", "z")]):
        with pytest.raises(ValueError, match="labels"):
            markup.parts_html([("Part", answers)])


def test_a_gap_says_its_name_until_and_after_it_is_filled() -> None:
    html = markup.gapped_html(["In ", " it was ", "."], [("Gap 1", "May"), ("Gap 2", "")])
    assert Seen(html).text == "In Gap 1: May it was Gap 2: ."
    assert html.count("sw-open") == 1
    with pytest.raises(ValueError, match="zip"):
        markup.gapped_html(["In "], [("Gap 1", "May")])


def test_an_unknown_state_of_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="wrong"):
        markup.given_html([("An option", "wrong", "Wrong")])


def test_steps_show_what_is_done_where_you_are_and_what_is_left() -> None:
    html = markup.steps_html(2, 6, "Step 3 of 6")
    assert (html.count("sw-on"), html.count("sw-now"), html.count("<i")) == (2, 1, 6)
    assert Seen(html).value("aria-valuetext") == "3/6"


@pytest.mark.parametrize(("done", "on"), [(-1, 0), (6, 6), (9, 6)])
def test_steps_never_run_over_their_ends(done: int, on: int) -> None:
    html = markup.steps_html(done, 6, "Steps", now=False)
    assert (html.count("sw-on"), html.count("<i")) == (on, 6)


def test_finished_steps_have_no_current_one() -> None:
    assert "sw-now" not in markup.steps_html(6, 6, "Done")


@pytest.mark.parametrize(("share", "percent"), [(-0.5, "0"), (0.416, "42"), (1.7, "100")])
def test_a_bar_stays_between_empty_and_full(share: float, percent: str) -> None:
    assert Seen(markup.bar_html(share, "Done")).value("aria-valuenow") == percent


def test_the_bar_of_the_whole_is_set_apart_and_no_bar_leaves_its_line() -> None:
    html = markup.bars_html("Visits", [("Mill", -1.0, "0"), ("All", 1.7, "9")], "All")
    assert html.count("sw-whole") == 1
    assert "width:0%" in html
    assert "width:100%" in html
    assert html.index("Mill") < html.index("sw-whole") < html.index("All")


@pytest.mark.parametrize(("pips", "low"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_meter_turns_orange_at_two_of_five(pips: int, low: bool) -> None:
    html = markup.meter_html("Trust", "word", pips, 5, "Trust: word")
    assert ("sw-low" in html) == low
    assert html.count("sw-on") == pips


@pytest.mark.parametrize(
    "src", ["https://elsewhere.example/a.png", "//elsewhere.example/a", "data:x"]
)
def test_a_picture_from_another_site_is_refused(src: str) -> None:
    with pytest.raises(ValueError, match="not a file of this site"):
        markup.figure_html(src, "")
    with pytest.raises(ValueError, match="not a file of this site"):
        markup.player_html(src, "A film", "", [])
    with pytest.raises(ValueError, match="not a file of this site"):
        markup.player_html("/content/a.mp4", "A film", "", [("en", src)])


def test_a_player_waits_for_its_reader_and_shows_the_first_captions() -> None:
    tracks = [("fr", "/content/b.vtt"), ("en", "/content/c.vtt")]
    html = markup.player_html("/content/a.mp4", 'A "film" <b>', "Below", tracks)
    assert "autoplay" not in html
    assert " controls " in html
    assert html.count(" default>") == 1
    assert html.index('srclang="fr" label="fr" default>') < html.index('srclang="en"')
    assert "<b>A &quot;film&quot; &lt;b&gt;</b>" in html
    assert markup.player_html("/content/a.mp3", "A call", "", [], heard=True).count("<audio") == 1


def test_a_table_names_its_rows_and_columns() -> None:
    seen = Seen(markup.table_html("Overdue", ["Unit", "People"], [["Highways", 14]]))
    assert seen.tags.count("th") == 3
    assert seen.value("data-label") == "People"
    assert "Highways14" in seen.text


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        markup.table_html("Overdue", ["Unit", "People"], [["Highways"]])
