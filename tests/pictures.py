"""python -m tests.pictures: the README's pictures, taken again from the real app and its demo."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from db import whois
from db.engine import reading
from modules import courses, words
from modules.access import viewer_of
from modules.basics import seed_for
from modules.course.files import bundle, module_from_bundle, read_course
from modules.course.model import LabStep
from modules.labs import LABS
from modules.learn import actions
from modules.manage import board as on_the_page
from modules.manage import drawing
from modules.manage.actions import statistics
from modules.progress.asked import item_of
from modules.progress.sheet import draft_slot
from modules.typefaces import fonts
from tests import machine
from tests.browser.conftest import QUIET, Desk, settled
from tests.browser.seat import at_database, seat
from tests.browser.thumb import Thumb
from tests.browser.way import ANSWERS, learner
from tests.course import SETTING, SHIPPED, one_module
from tests.server import Server, seed

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def sign_in(desk: Desk) -> bytes:
    """Seven invented people to choose from."""
    page = desk.context().new_page()
    page.set_viewport_size({"width": 1280, "height": 1110})
    page.goto("/sign-in")
    page.get_by_role("button", name="Amira Khan").wait_for()
    return page.screenshot()


def shot(page: Page, height: int) -> bytes:
    """The upper part of a page that rests."""
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": height})
    settled(page)
    page.wait_for_timeout(700)
    return page.screenshot()


def home_dark(desk: Desk) -> bytes:
    """Home in the middle of a module."""
    token, _ = desk.token("amira.khan@fernleigh.example")
    with at_database(desk.server.database_url), learner(desk, token) as walk:
        walk.until("figure")
    return shot(desk.open(desk.holding(token, width=1000, dark=True), "/home"), 720)


def question(desk: Desk) -> bytes:
    """A matching with one wrong partner, and somebody who was certain."""
    at = seat(desk, "matching")
    page = at.sit(desk)
    page.set_viewport_size({"width": 760, "height": 2400})
    with learner(desk, at.token) as walk:
        item = item_of(walk.module, walk.journey.practice, at.slot)
        right, _ = item.sample(random.Random(1))
    first, *_, last = right["pairs"]
    wrong = {"pairs": {**right["pairs"], last: right["pairs"][first]}}
    ANSWERS["matching"](Thumb(page), f"{at.key}/part", item, wrong)
    Thumb(page).pill(f"{at.key}/sure", 3)
    page.get_by_role("button", name=at.button).click()
    told = page.locator(f".st-key-card-{at.key}-told")
    told.wait_for()
    settled(page)
    return told.screenshot()


def scenario_phone_dark(desk: Desk) -> bytes:
    """The second decision of the flood list."""
    token, _ = desk.token()
    with at_database(desk.server.database_url), learner(desk, token) as walk:
        walk.until("flood-list").decide(walk.module.step("flood-list"), 1, "ask")
    page = desk.holding(token, width=390, dark=True)
    desk.open(page, "/lesson?module=M01&step=flood-list")
    page.get_by_role("button", name="Decide").wait_for()
    return shot(page, 1440)


def part(page: Page, of: str) -> bytes:
    """One part of a page."""
    found: Locator = settled(page).locator(of)
    found.wait_for()
    page.wait_for_timeout(700)
    return found.screenshot()


def certificate(desk: Desk) -> bytes:
    """What is printed."""
    page = desk.open(desk.enter("Tom Ashdown"), "/completion?module=M01")
    return part(page, ".st-key-sheet-completion")


def confidence(desk: Desk) -> bytes:
    """How sure, and how often right."""
    return part(desk.open(desk.enter("Tom Ashdown"), "/me"), ".st-key-card-sure")


def team(desk: Desk) -> bytes:
    """A manager's people."""
    return shot(desk.open(desk.enter("Tom Ashdown"), "/team"), 800)


def team_phone_dark(desk: Desk) -> bytes:
    """The same people on a phone: what waits for an answer, and one small menu for each."""
    page = desk.enter("Tom Ashdown", width=390, dark=True)
    return shot(desk.open(page, "/team"), 1640)


def organisation(desk: Desk) -> bytes:
    """Month-end figures."""
    return shot(desk.open(desk.enter("Grace Okafor"), "/organisation"), 1310)


def cards(desk: Desk, part: str, *keys: str, dark: bool) -> bytes:
    """A part of the organisation page, without what stands above it."""
    page = desk.open(desk.enter("Grace Okafor", dark=dark), f"/organisation?part={part}")
    whole = Image.open(BytesIO(shot(page, 2400)))
    boxes = [page.locator(f".st-key-card-{key}").bounding_box() for key in keys]
    found = [box for box in boxes if box]
    assert len(found) == len(keys)
    top = min(box["y"] for box in found) - 16
    end = max(box["y"] + box["height"] for box in found) + 16
    kept = BytesIO()
    whole.crop((0, int(top), 1280, int(end))).save(kept, "PNG")
    return kept.getvalue()


def organisation_dark(desk: Desk) -> bytes:
    """The same charts at night."""
    return cards(desk, "share", "trend", "units", dark=True)


def organisation_months(desk: Desk) -> bytes:
    """Every unit and month, the newest first."""
    return cards(desk, "months", "months", dark=False)


def organisation_learned_dark(desk: Desk) -> bytes:
    """Skills before and after, and what to explain again."""
    return cards(desk, "learning", "skills", "beliefs", dark=True)


def board(desk: Desk) -> bytes:
    """The page for the board as it is printed, from what its PDF is made of."""
    with at_database(desk.server.database_url), reading() as session:
        now = datetime.now(UTC)
        grace = viewer_of(whois.by_email(session, email="grace.okafor@fernleigh.example", now=now))
        found = statistics(session, grace, now=now, part="share")
        titles = courses.titles(session, org_id=grace.org_id)
    title = titles.get(found.module, found.module)
    look = drawing.Look(found.target, found.least, False, words.of("en"), title)
    told = json.dumps(on_the_page.told(found, look, grace.today(now)))
    template = Path(on_the_page.__file__).with_name("board.typ").read_bytes()
    made = typst.Compiler(template, font_paths=fonts(False), sys_inputs={"data": told})
    printed = made.compile(format="png", ppi=96)
    assert isinstance(printed, bytes)
    return printed


def rehearsal(desk: Desk) -> bytes:
    """A rule of everybody, changed and tried before it is published: days all over the year."""
    page = desk.enter("Marek Novak")
    page.set_viewport_size({"width": 1000, "height": 900})
    desk.open(page, "/duties")
    page.get_by_role("button", name="Change", exact=True).first.click()
    settled(page)
    grace = page.get_by_label("Days let pass after the day").last
    grace.fill("7")
    grace.press("Tab")
    settled(page)
    page.get_by_role("button", name="See what it would do").click()
    page.get_by_role("button", name="Publish the rule").wait_for()
    page.set_viewport_size({"width": 1000, "height": 4000})
    return part(page, ".st-key-card-rehearsal")


def my_record(desk: Desk) -> bytes:
    """What is held on her, who looked, and what she may ask for."""
    page = desk.enter("Amira Khan")
    page.set_viewport_size({"width": 1000, "height": 900})
    return shot(desk.open(page, "/me"), 1040)


# One joins, one moves, one has another name, and one row is wrong.
STAFF = """E-mail;Name;Unit;Start date
amira.khan@fernleigh.example;Amira Khan;Revenues;
nadia.okoye@fernleigh.example;Nadia Okoye;Benefits;2026-12-01
priya.nair@fernleigh.example;Priya Nair;Communications;
samir.haddad@fernleigh.example;Samir Haddad-Lowe;Legal services;
leo.brandt(at)fernleigh.example;Leo Brandt;Benefits;2026-12-01
"""


def staff_list(desk: Desk) -> bytes:
    """The dry run: what a staff list would change, before anything is written."""
    page = desk.open(desk.enter("Marek Novak"), "/roster")
    file = {"name": "staff.csv", "mimeType": "text/csv", "buffer": STAFF.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()
    # All of it at once: what is scrolled to would stand under the bar on top.
    page.set_viewport_size({"width": 1280, "height": 2400})
    return part(page, ".st-key-card-plan")


def evidence(desk: Desk) -> bytes:
    """The log as an auditor sees it, after every entry was verified."""
    page = desk.open(desk.enter("Elin Hughes"), "/evidence")
    page.get_by_role("button", name="Verify every entry now").click()
    page.get_by_text("Every entry holds").wait_for()
    return shot(page, 1000)


def agreement(desk: Desk) -> bytes:
    """What the program may do with people's data, for everybody to read."""
    page = desk.enter("Amira Khan")
    page.set_viewport_size({"width": 1000, "height": 900})
    return shot(desk.open(page, "/agreement"), 1040)


def draft(desk: Desk, part_of_it: str = "", *, width: int = 1360) -> Page:
    """The draft that the demo's trainer is writing, at one of its parts."""
    page = desk.open(desk.enter("Priya Nair", width=width), "/modules")
    page.get_by_role("link", name="Open in the editor").first.click()
    page.get_by_text("As the learner sees it").wait_for()
    address = page.url.partition("/edit")[2]
    return desk.open(page, f"/edit{address}{part_of_it}")


def studio(desk: Desk) -> bytes:
    """A question in its form, beside what learners see of it."""
    return shot(draft(desk, "&part=item/M02-Q10"), 1400)


def studio_story(desk: Desk) -> bytes:
    """A story at its picture."""
    return shot(draft(desk, "&part=scenario"), 1300)


def difference(desk: Desk) -> bytes:
    """What a draft would change, before it is published."""
    page = draft(desk)
    return shot(desk.open(page, f"/publish{page.url.partition('/edit')[2]}"), 1500)


def what_fails(desk: Desk) -> bytes:
    """Questions that want another look, and what to do about each."""
    return shot(desk.open(desk.enter("Priya Nair"), "/items?module=M01"), 1240)


def lab(desk: Desk, module: str, step: str) -> bytes:
    """A lab that somebody has worked out and not handed in yet, on a phone: from its lead on."""
    token, _ = desk.token()
    with at_database(desk.server.database_url), learner(desk, token, module) as walk:
        practice = walk.until(step).journey.practice
        given = walk.module.lab_of(step)
        lab = LABS[given.name]
        solved = lab.solve(lab.start(given.options, seed_for(practice.seed, f"lab:{step}")))
        kept = {"slot": draft_slot(f"lab:{step}", 1), "body": lab.dump(solved)}
        walk.do(actions.save, of=walk.opened, sheet=practice, **kept)
    page = desk.holding(token, width=390)
    desk.open(page, f"/lesson?module={module}&step={step}")
    page.set_viewport_size({"width": 390, "height": 3000})
    lead = settled(page).locator(f".st-key-lead-{step}")
    lead.wait_for()
    page.wait_for_timeout(2500)
    box = lead.bounding_box()
    assert box
    return page.screenshot(clip={"x": 0, "y": box["y"] - 90, "width": 390, "height": 1200})


def citizen_file(desk: Desk) -> bytes:
    """What a learner's decisions wrote, once the path is done."""
    token, _ = desk.token()
    with at_database(desk.server.database_url), learner(desk, token) as walk:
        walk.begin()
        for step in walk.module.steps:
            walk.step(step)
    page = desk.holding(token, width=860)
    return shot(desk.open(page, "/citizen"), 1500)


SHOTS: tuple[Callable[[Desk], bytes], ...] = (
    sign_in,
    home_dark,
    question,
    scenario_phone_dark,
    certificate,
    confidence,
    team,
    team_phone_dark,
    organisation,
    organisation_dark,
    organisation_months,
    organisation_learned_dark,
    board,
    rehearsal,
    my_record,
    staff_list,
    evidence,
    agreement,
    studio,
    studio_story,
    difference,
    what_fails,
)


def save(name: str, taken: bytes) -> None:
    """Keep it small: 256 colours are enough for these pages."""
    picture = Image.open(BytesIO(taken)).convert("RGB").quantize(256)
    (PICTURES / name).parent.mkdir(exist_ok=True)
    picture.save(PICTURES / f"{name}.png", optimize=True)
    print(name, picture.size)


def every_lab(desk: Desk) -> None:
    """The labs of all modules."""
    for card in read_course(SHIPPED).modules:
        if card.planned:
            continue
        module = module_from_bundle(bundle(SHIPPED, card.slug), "en")
        for step in module.steps:
            if isinstance(step, LabStep):
                name = module.labs[step.lab].name.replace("_", "-")
                save(f"labs/{name}", lab(desk, card.id, step.id))


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory(prefix="steward-pictures-") as home:
        url = seed(f"sqlite:///{Path(home) / 'demo.db'}")
        address = "https://steward.example.org"
        with Server(url, STEWARD_PUBLIC_URL=address) as server, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=str(machine.chromium()), args=[*QUIET])
            desk = Desk(browser, server)
            for take in SHOTS:
                save(take.__name__.replace("_", "-"), take(desk))
            every_lab(desk)
            # Where M01 is the whole path, she asks for her file at once.
            short = {SETTING: str(one_module(Path(home) / "content"))}
            url = seed(f"sqlite:///{Path(home) / 'short.db'}", people=120, **short)
            with Server(url, **short) as other:
                ended = Desk(browser, other)
                save("citizen-file", citizen_file(ended))
                ended.engine.dispose()
            browser.close()
            desk.engine.dispose()


if __name__ == "__main__":
    main()
