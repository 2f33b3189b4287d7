"""Pictures and recordings as a learner meets them: seen, said, captioned, printed, still hers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import media
from tests.browser.conftest import Desk, settled
from tests.browser.test_pages import check
from tests.course import SETTING, one_module
from tests.server import Server, seed

SLUG = "m01-why-share"
MAP = '![A map of Mill Lane under water](pictures/flood.svg "Mill Lane at 19:00 (invented)")'
IN_QUOTES = MAP.replace('"', '\\"')
PLACES = {
    "lesson.en.md": (
        "Not sharing can hurt as well.",
        f"{MAP}\n\n![The call of that evening](pictures/call.mp3)\n\n"
        '![A walk along the river](pictures/walk.mp4 "Filmed for training")\n\n'
        "Not sharing can hurt as well.",
    ),
    "scenario.en.yaml": (
        'key-safe codes."',
        f'key-safe codes.\\n\\n{IN_QUOTES}"',
    ),
    "questions.en.yaml": ('stem: "', 'stem: "![A single dot](pictures/dot.png)\\n\\n'),
    "job-aid.en.md": ("1. **What is the purpose?**", f"{MAP}\n\n1. **What is the purpose?**"),
}
FILES = {
    "flood.svg": media.SVG,
    "dot.png": media.picture(),
    "walk.mp4": media.film(),
    "walk.en.vtt": media.VTT,
    "walk.en.md": b"The river runs high beside **Mill Lane**.\n",
    "call.mp3": media.sound(),
    "call.en.md": b"A neighbour says that the water is at her door.\n",
}
SHOWS = "one => one.complete && one.naturalWidth > 0"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    """Steward with a course that shows something in every place that may."""
    home = tmp_path_factory.mktemp("media")
    folder = one_module(home / "content") / SLUG
    for name, (old, new) in PLACES.items():
        text = (folder / name).read_text("utf-8")
        assert old in text, name
        (folder / name).write_text(text.replace(old, new), "utf-8")
    (folder / "pictures").mkdir()
    for name, data in FILES.items():
        (folder / "pictures" / name).write_bytes(data)
    content = {SETTING: str(home / "content")}
    url = seed(f"sqlite:///{home / 'steward.db'}", people=120, **content)
    with Server(url, **content) as made:
        yield made


@pytest.fixture
def trainer(browser, pictured):
    """A trainer's pages; closed again."""
    made = Desk(browser, pictured)
    yield made
    for context in made.contexts:
        context.close()
    made.engine.dispose()


def opened(desk, page, step):
    desk.open(page, f"/preview?module=M01&step={step}")
    return settled(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_lesson_shows_its_pictures_and_plays_what_it_holds(trainer, dark):
    page = trainer.enter("Priya Nair", dark=dark)
    opened(trainer, page, "who-gains")
    picture = page.get_by_role("img", name="A map of Mill Lane under water")
    expect(picture).to_be_visible()
    assert picture.evaluate(SHOWS)
    expect(page.get_by_role("figure").filter(has_text="Mill Lane at 19:00")).to_be_visible()
    film = page.locator("video")
    expect(film).to_have_attribute("aria-label", "A walk along the river")
    assert film.evaluate("one => one.controls && !one.autoplay")
    expect(page.locator("audio")).to_have_attribute("aria-label", "The call of that evening")
    # The captions are on from the beginning, and the browser has read them.
    page.wait_for_function(
        "() => { const t = document.querySelector('video').textTracks[0];"
        " return t.mode === 'showing' && t.cues && t.cues.length === 1 }"
    )
    said = page.evaluate("() => document.querySelector('video').textTracks[0].cues[0].text")
    assert said == "The river rose at night."
    # A film plays on while its reader answers: a rerun leaves it as it is.
    page.evaluate("window.film = document.querySelector('video')")
    page.get_by_role("radio").first.click(force=True)
    settled(page)
    page.wait_for_timeout(500)
    assert page.evaluate(
        "window.film.isConnected && window.film === document.querySelector('video')"
    )
    expect(page.get_by_text("Read what is said and shown")).to_have_count(2)
    page.get_by_text("Read what is said and shown").last.click()
    expect(page.get_by_text("The river runs high beside")).to_be_visible()
    # Chromium cannot play a film of nothing, and says so.
    quiet = [one for one in trainer.complaints if "/content/" not in one]
    assert check(trainer, page, "who-gains") + quiet == []


def test_a_story_a_question_and_the_job_aid_show_theirs(trainer):
    page = trainer.enter("Priya Nair", width=390, dark=True)
    opened(trainer, page, "flood-list")
    assert page.get_by_role("img", name="A map of Mill Lane under water").evaluate(SHOWS)
    opened(trainer, page, "who-gains")
    expect(page.get_by_role("img", name="A single dot")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("single dot"))).to_have_count(0)
    trainer.open(page, "/aid?module=M01")
    assert page.get_by_role("img", name="A map of Mill Lane under water").evaluate(SHOWS)
    with page.expect_download() as made:
        page.get_by_role("button", name="Download as PDF").click()
    assert b"/Figure" in made.value.path().read_bytes()
    assert check(trainer, page, "job aid") + trainer.complaints == []


def test_what_a_recording_says_is_found_by_search(trainer):
    page = trainer.enter("Priya Nair")
    trainer.open(page, "/search?q=neighbour")
    expect(page.get_by_text("the water is at her door")).to_be_visible()


def test_a_drawing_opened_by_itself_can_do_nothing(trainer):
    page = trainer.enter("Priya Nair")
    opened(trainer, page, "who-gains")
    address = page.get_by_role("img", name="A map of Mill Lane").get_attribute("src")
    answer = page.goto(address)
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-type"].startswith("image/svg+xml")
    stranger = trainer.context().new_page()
    assert "/sign-in" in stranger.goto(address).url
