"""The server is killed hard while people answer: what they were shown is kept, and kept once."""

from __future__ import annotations

import random
import re
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlmodel import Session
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from db import sign_ins
from db.engine import make_engine
from db.tables import Answer, Attempt, Completion, Draft, Enrolment, core
from tests.driver import TYPED, Broken, Tab
from tests.server import Server, seed

KILLS, ROBOTS = 10, 3
SEND = ("Send answer", "Check answer", "Decide", "Hand in")
ONWARD = ("Continue", "Go on", "Finish", "Start", "Take the check again")
TOLD = re.compile(
    r"check_circle: Right|undo: Not this one|: all right|: something to look at again"
)
ATTEMPT, ANSWER = core(Attempt).c, core(Answer).c


class Slot(NamedTuple):
    """A place for an answer, as its button's key names it."""

    person: uuid.UUID
    seed: str
    rest: str


@dataclass
class Found:
    """What a run of kills showed."""

    kills: int = 0
    submitted: int = 0
    shown: int = 0
    recorded: int = 0
    # Shown and not in the database, and rows with the same key: both must stay empty.
    lost: list[Slot] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def fresh(engine: Engine) -> Iterator[tuple[uuid.UUID, str]]:
    """Everybody enrolled, with nothing answered yet, signed in: (person, token)."""
    with Session(engine) as session:
        connection = session.connection(execution_options={"writes": True})
        for table in (Answer, Draft, Completion, Attempt):
            connection.execute(delete(core(table)))
        rows = connection.execute(
            select(core(Enrolment).c.org_id, core(Enrolment).c.person_id).distinct()
        ).all()
        signed = [
            (
                row.person_id,
                sign_ins.start(
                    session,
                    org_id=row.org_id,
                    person_id=row.person_id,
                    now=datetime.now(UTC),
                    hours=12,
                ),
            )
            for row in rows
        ]
        session.commit()
    yield from signed


class Robot:
    """Somebody who answers as fast as the page lets her, until the connection breaks."""

    def __init__(self, url: str, people: Iterator[tuple[uuid.UUID, str]], number: int) -> None:
        self.url, self.people, self.rng = url, people, random.Random(number)
        self.person, self.token = next(people)
        self.submitted = 0
        self.shown: list[Slot] = []
        self.broken: list[str] = []

    def work(self) -> None:
        """Go on from wherever the database says; returns when the server is gone."""
        try:
            tab = Tab(self.url, self.token).open("lesson", module="M01")
            while True:
                if not self.step(tab):
                    tab.close()
                    self.person, self.token = next(self.people)
                    tab = Tab(self.url, self.token).open("lesson", module="M01")
        except (WebSocketException, OSError):
            return
        except Broken as error:
            self.broken.append(str(error))

    def step(self, tab: Tab) -> bool:
        """Answer what is asked, or go on; false when this person has finished."""
        buttons = {one.label: one for one in tab.of("button")}
        send = next((buttons[label] for label in SEND if label in buttons), None)
        onward = next((buttons[label] for label in ONWARD if label in buttons), None)
        if onward is not None:
            tab.put(onward.id, trigger_value=True)
        elif send is not None:
            self.fill(tab)
            self.send(tab, send.id)
        else:
            return False
        return True

    def fill(self, tab: Tab) -> None:
        """Choose or type something in every field."""
        for radio in tab.of("radio"):
            tab.put(radio.id, string_value=self.rng.choice(list(radio.options)))
        for box in tab.of("checkbox"):
            if self.rng.random() < 0.5 or box is tab.of("checkbox")[0]:
                tab.put(box.id, bool_value=True)
        # Pills, but for how sure one is: another one in each group, as an order needs.
        groups = [one.id for one in tab.of("button_group") if not one.id.endswith("/sure")]
        for number, id_ in enumerate(groups):
            offered = [
                one.content
                for one in next(one for one in tab.of("button_group") if one.id == id_).options
            ]
            state = WidgetState(id=id_)
            state.string_array_value.data.append(offered[number % len(offered)])
            tab.put_state(state)
        for text in tab.of(*TYPED):
            tab.type_into(text, str(self.rng.randint(100, 300)))

    def send(self, tab: Tab, id_: str) -> None:
        """Press; remember the slot when the page has gone on to tell about it."""
        before = len(TOLD.findall(tab.text()))
        slot = self.slot(id_)
        self.submitted += 1
        finished = False
        try:
            tab.put(id_, trigger_value=True)
            finished = True
        finally:
            # Also when the connection broke in the middle of the telling.
            told = len(TOLD.findall(tab.text())) > before
            gone = finished and all(one.id != id_ for one in tab.of("button"))
            if told or gone:
                self.shown.append(slot)

    def slot(self, id_: str) -> Slot:
        """The attempt's seed and the slot in a button's key: `<seed>-<slot>…/send`."""
        seed_, _, rest = id_.split("-", 2)[2].partition("-")
        return Slot(self.person, seed_, rest)


def kept(engine: Engine) -> tuple[set[tuple[uuid.UUID, str, str]], int, list[str]]:
    """What the database holds: (person, seed, slot), how many rows, and keys that occur twice."""
    with Session(engine) as session:
        rows = session.connection().execute(
            select(ATTEMPT.person_id, ATTEMPT.seed, ANSWER.slot, ANSWER.try_number, ANSWER.response)
            .select_from(core(Answer))
            .join(core(Attempt), ATTEMPT.id == ANSWER.attempt_id)
            .where(ANSWER.kind != "screen")
        )
        found = set()
        number = 0
        for row in rows:
            number += 1
            slot = row.slot.replace(":", "-")
            if row.slot.startswith("scenario:"):
                step, _, _place = slot.rpartition("-")
                found.add((row.person_id, row.seed[:8], f"{step}/{row.response['node']}/decide"))
            else:
                found.add((row.person_id, row.seed[:8], f"{slot}-{row.try_number}/send"))
        twice = session.connection().execute(
            select(ANSWER.attempt_id, ANSWER.slot, ANSWER.try_number)
            .group_by(ANSWER.attempt_id, ANSWER.slot, ANSWER.try_number)
            .having(func.count() > 1)
        )
        return found, number, [str(tuple(row)) for row in twice]


def crash(server: Server, kills: int, number: int = 1) -> Found:
    """Kill a running server so many times while robots answer; what became of their answers."""
    engine, rng, found = make_engine(server.database_url), random.Random(number), Found()
    people = fresh(engine)
    robots = [Robot(server.url, people, place) for place in range(ROBOTS)]
    for _ in range(kills):
        already = sum(len(one.shown) for one in robots)
        threads = [threading.Thread(target=one.work, daemon=True) for one in robots]
        for thread in threads:
            thread.start()
        # Not before something was shown; then at any moment.
        until = time.monotonic() + 20
        while time.monotonic() < until and sum(len(one.shown) for one in robots) == already:
            time.sleep(0.005)
        time.sleep(rng.uniform(0.0, 0.8))
        server.kill()
        for thread in threads:
            thread.join(40)
        found.kills += 1
        rows, found.recorded, found.doubled = kept(engine)
        shown = [slot for one in robots for slot in one.shown]
        found.lost = [slot for slot in shown if tuple(slot) not in rows]
        if found.lost or found.doubled:
            break
        server.start()
    found.submitted = sum(one.submitted for one in robots)
    found.shown = sum(len(one.shown) for one in robots)
    found.broken = [text for one in robots for text in one.broken]
    engine.dispose()
    return found


@pytest.mark.timeout(900)
def test_an_answer_whose_feedback_was_shown_survives_the_servers_death(tmp_path):
    url = seed(f"sqlite:///{tmp_path}/crash.db", people=150)
    with Server(url) as server:
        found = crash(server, KILLS)
    print(
        f"{found.kills} kills: {found.submitted} submitted, {found.shown} shown, "
        f"{found.recorded} recorded, {len(found.lost)} lost, {len(found.doubled)} twice"
    )
    assert found.broken == []
    assert found.lost == []
    assert found.doubled == []
    assert found.kills == KILLS
    # How many more depends on how busy the machine is.
    assert found.shown >= KILLS
