"""A real Chromium before a real server with 300 invented people; a failure leaves its picture."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from sqlalchemy import select
from sqlmodel import Session

from db import sign_ins
from db.engine import make_engine
from db.tables import (
    Attempt,
    Enrolment,
    Person,
    Placement,
    SignIn,
    core,
    new_id,
)
from tests import machine
from tests.browser.proxy import Wire
from tests.driver import COOKIE, Tab
from tests.server import Server, seed

PICTURES = Path(__file__).resolve().parents[2] / "test-output"
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Below a deep link Streamlit's client asks for these first, and gets 404: harmless, by design.
DEEP = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A busy machine can make a browser miss a moment: one more try, which the summary tells."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Steward on SQLite with 300 people."""
    path = tmp_path_factory.mktemp("browser") / "steward.db"
    with Server(seed(f"sqlite:///{path}")) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(machine.chromium()), args=list(QUIET))
        yield made
        made.close()


def settled(page: Page) -> Page:
    """Wait until the page has been drawn and its script rests."""
    page.locator(".st-key-page").first.wait_for()
    page.locator(SETTLED).wait_for(state="attached")
    return page


def join(session: Session, org_id: uuid.UUID, *, beside: uuid.UUID) -> uuid.UUID:
    """A new person in the place of another one, with the same duties; gives her id.

    So tests never run out of people who have begun nothing.
    """
    connection, new = session.connection(), new_id()
    for table, key in ((Person, "id"), (Placement, "person_id"), (Enrolment, "person_id")):
        columns = core(table).c
        mine = select(core(table)).where(columns.org_id == org_id, columns[key] == beside)
        for row in connection.execute(mine).mappings():
            values = {**row, "id": new_id(), key: new}
            if table is Person:
                values["email"] = f"new.{new.hex}@fernleigh.example"
            connection.execute(core(table).insert(), values)
    return new


class Desk:
    """Opens pages as somebody, and collects what the browser complained about."""

    def __init__(self, browser: Browser, server: Server | Wired) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.engine = make_engine(server.database_url)

    def context(self, *, width: int = 1280, dark: bool = False) -> BrowserContext:
        """A browser profile of its own."""
        made = self.browser.new_context(
            base_url=self.server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            reduced_motion="reduce",
        )
        made.set_default_timeout(20_000)
        made.on("console", self._listen)
        made.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.contexts.append(made)
        return made

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not DEEP.search(message.location.get("url", "")):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def enter(self, name: str, *, width: int = 1280, dark: bool = False) -> Page:
        """Sign in as one of the demo's people, by the form."""
        page = self.context(width=width, dark=dark).new_page()
        page.goto("/sign-in")
        page.get_by_role("button", name=name).click()
        return settled(page)

    def token(self, email: str = "") -> tuple[str, Person]:
        """Sign somebody in: who has this address, or a new employee who has answered nothing."""
        with Session(self.engine) as session:
            connection = session.connection(execution_options={"writes": True})
            person, used = core(Person).c, core(Attempt).c.person_id
            query = select(person.org_id, person.id).where(person.left_on.is_(None))
            if email:
                query = query.where(person.email == email)
            else:
                query = query.where(
                    person.email.like("%@fernleigh.example"),
                    person.email.not_like("amira.khan@%"),
                    person.id.not_in(select(used)),
                    person.id.not_in(select(core(SignIn).c.person_id)),
                )
            org_id, person_id = connection.execute(query.order_by(person.email)).first()
            if not email:
                person_id = join(session, org_id, beside=person_id)
            token = sign_ins.start(
                session, org_id=org_id, person_id=person_id, now=datetime.now(UTC), hours=12
            )
            session.commit()
            return token, session.get(Person, (org_id, person_id))

    def holding(self, token: str, *, width: int = 1280, dark: bool = False) -> Page:
        """A page in a browser that holds this cookie."""
        context = self.context(width=width, dark=dark)
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.server.url}])
        return context.new_page()

    def open(self, page: Page, address: str) -> Page:
        """Go to an address."""
        page.goto(address)
        return settled(page)

    def tab(self, token: str) -> Tab:
        """The same person without a browser, to get to a place quickly."""
        return Tab(self.server.url, token)


@contextmanager
def desk_at(browser: Browser, server: Server | Wired) -> Iterator[Desk]:
    """Pages of a server, closed at the end."""
    made = Desk(browser, server)
    try:
        yield made
    finally:
        for context in made.contexts:
            context.close()
        made.engine.dispose()


@pytest.fixture
def desk(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Pages for one test; a failing one leaves pictures in test-output/."""
    with desk_at(browser, server) as made:
        yield made
        if request.node.stash.get(FAILED, False):
            PICTURES.mkdir(exist_ok=True)
            name = re.sub(r"[^\w-]+", "-", request.node.name)
            pages = [page for context in made.contexts for page in context.pages]
            for number, page in enumerate(pages, 1):
                page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)


class Wired:
    """A server as its users reach it: through a wire."""

    def __init__(self, server: Server, wire: Wire) -> None:
        self.server, self.wire = server, wire
        self.database_url = server.database_url
        self.url = f"http://127.0.0.1:{wire.port}"


@pytest.fixture
def wired(browser: Browser, server: Server) -> Iterator[Desk]:
    """Pages of the server behind a wire that may be cut."""
    wire = Wire(server.port)
    with desk_at(browser, Wired(server, wire)) as made:
        yield made
    wire.cut()
