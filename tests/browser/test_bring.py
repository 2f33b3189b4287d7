"""A trainer brings a file of questions: she sees what was understood, and keeps what she ticks."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import expect
from sqlmodel import Session

from modules import access, words
from modules.author import drafting
from tests.browser.conftest import settled
from tests.browser.test_pages import check

SAY = words.of("en")
GIFT = rb"""::Cats:: Which <b>cat</b>? {=the grey one#Look. ~the <script>x()</script>black one}

What is $x^2$ in \{ask M01-Q03\}? {#4}

Write about it. {}
"""


def test_only_what_is_ticked_goes_into_the_draft(desk):
    with Session(desk.engine) as session:
        session.connection(execution_options={"writes": True})
        viewer = access.by_email(
            session, email="priya.nair@fernleigh.example", now=datetime.now(UTC)
        )
        # The editor leads here with its own draft, whichever others stand before it.
        for title in ("Another", "Brought"):
            id = drafting.begin(
                session, viewer, title=title, copy="", say=SAY, now=datetime.now(UTC)
            )
        session.commit()
    page = desk.enter("Priya Nair")
    desk.open(page, f"/bring?draft={id}")
    file = {"name": "bank.gift", "mimeType": "text/plain", "buffer": GIFT}
    page.locator("input[type=file]").set_input_files(file)
    expect(
        page.get_by_role("heading", name=SAY("bring.found_title", format="GIFT"))
    ).to_be_visible()
    expect(page.get_by_text("What is $x^2$ in {ask M01-Q03}?")).to_be_visible()
    expect(page.get_by_text("A script was left out")).to_be_visible()
    page.get_by_text(SAY("bring.refused", n=1)).click()
    expect(page.get_by_text("It is an essay")).to_be_visible()
    assert check(desk, page, "questions of a file") == []
    page.get_by_text(SAY("bring.take", place="line 3")).click()
    settled(page)
    page.get_by_text(SAY("bring.name_beliefs", place="line 1")).click()
    settled(page)
    belief = "Selling data is one more way of sharing them."
    page.get_by_role("combobox", name="may believe").click()
    page.keyboard.type("Selling data")
    page.get_by_role("option", name=belief).click()
    settled(page)
    assert check(desk, page, "beliefs of a file") == []
    page.get_by_role("button", name=SAY("bring.keep")).click()
    expect(
        page.get_by_text(re.compile("M5.-Q.. waits in the reserve of M5. · Brought"))
    ).to_be_visible()
    with Session(desk.engine) as session:
        texts = drafting.opened(session, viewer, id=id, now=datetime.now(UTC)).texts
    (text,) = [text for path, text in texts.items() if path.endswith("questions.en.yaml")]
    assert "Which **cat**?" in text
    assert "x^2" not in text
    assert "script" not in text
    (shape,) = [text for path, text in texts.items() if path.endswith("questions.yaml")]
    assert "tag: selling-is-sharing" in shape
    page.get_by_role("link", name=re.compile("Open M5.-Q.. in the editor")).click()
    settled(page)
    expect(page.get_by_role("heading", name="Brought").first).to_be_visible()
    stem = page.get_by_role("textbox", name=SAY("studio.stem"))
    expect(stem.first).to_have_value("Which **cat**?")
    page.get_by_role("tab", name=SAY("studio.tab.history")).click()
    settled(page)
    expect(page.get_by_text("Priya Nair brought bank.gift")).to_have_count(1)
