"""Fills an organisation with sittings whose questions, stories and steps are then counted."""

from __future__ import annotations

from datetime import timedelta

from db import analysed, answers, attempts
from db.answers import Recorded
from db.engine import insert_many, reading, writing
from db.tables import Person, new_id
from modules import analysing
from tests.data.test_learned import Body
from tests.world import MODULE, NOW

ITEM = "M01-Q10"


class Crowd(Body):
    """As many people as are asked for, each of whom sits what she is given."""

    def more(self, people):
        """So many people more, by id."""
        made = [new_id() for _ in range(people)]
        rows = [
            {
                "org_id": self.org,
                "id": one,
                "email": f"crowd-{one}@fernleigh.example",
                "name": "Somebody Else",
                "given_name": "Somebody",
                "family_name": "Else",
                "joined_on": NOW.date(),
            }
            for one in made
        ]
        with writing() as session:
            insert_many(session, Person, rows)
        return made

    def check(self, person, scores, *, form="check", picks=None, confidence=0.5, number=1):
        """One sitting: slot and score, with the options that were picked."""
        self.now += timedelta(minutes=1)
        with writing() as session:
            made = attempts.start(
                session,
                org_id=self.org,
                person_id=person,
                module=MODULE,
                form=form,
                number=number,
                revision_id=self.revision.id,
                seed="s",
                paper={slot: [[slot, ""]] for slot in scores},
                now=self.now,
            )
            for slot, score in scores.items():
                picked = (picks or {}).get(slot)
                self._record(
                    session,
                    made.id,
                    slot,
                    "item",
                    {"choice": picked} if picked else {},
                    float(score),
                    tags=self.tags(slot, picked),
                    confidence=confidence,
                )

    def tags(self, slot, picked):
        options = getattr(self.module.question(slot), "options", ())
        return tuple(one.tag for one in options if one.id == picked and one.tag)

    def sheet(self, first, rest=(1, 1, 1, 1, 1)):
        """Scores of a whole check: the item that tests look at, and the others."""
        others = [one for one in self.module.forms["check"] if one != ITEM]
        return {ITEM: first, **dict(zip(others, rest, strict=True))}

    def tell(self, person, way, steps=0, begun=90):
        """A practice attempt: decisions in the story, and so many steps left behind."""
        story = next(one for one in self.module.steps if one.kind == "scenario")
        at = NOW - timedelta(days=begun)
        with writing() as session:
            made = attempts.start(
                session,
                org_id=self.org,
                person_id=person,
                module=MODULE,
                form="practice",
                number=1,
                revision_id=self.revision.id,
                seed="s",
                paper={},
                now=at,
            )
            for place, (node, choice) in enumerate(way, 1):
                given = {"node": node, "choice": choice}
                self._record(session, made.id, f"scenario:{story.id}:{place}", "decision", given)
            for step in self.module.steps[:steps]:
                self._record(session, made.id, f"screen:{step.id}", "screen", {})

    def _record(self, session, attempt, slot, kind, response, score=None, tags=(), confidence=None):
        row = Recorded(
            attempt_id=attempt,
            slot=slot,
            try_number=1,
            kind=kind,
            response=response,
            score=score,
            correct=None if score is None else score == 1,
            tags=tags,
            grader=1,
            confidence=confidence,
            answered_at=self.now,
        )
        answers.record(session, org_id=self.org, answer=row)


def count(now=NOW):
    """Count as the server does: look in a reading session, keep in a writing one."""
    with reading() as looked:
        found = list(analysing.uncounted(looked, now=now))
    with writing() as session:
        for org_id, module, rows in found:
            analysing.keep(session, org_id=org_id, module=module, rows=rows)
    return {(org_id, module): [row.part for row in rows] for org_id, module, rows in found}


def read(org_id, least=10):
    with reading() as session:
        return analysing.read(session, org_id=org_id, module=MODULE, language="en", least=least)


def item(org_id, id_=ITEM, form="check", least=10):
    """The question as it may be told, or None."""
    found = read(org_id, least)
    return next((one for one in found.items if (one.id, one.form) == (id_, form)), None)


def stored(org_id, part=f"check/{ITEM}"):
    """What is kept of a part, whichever its text."""
    with reading() as session:
        rows = analysed.kept(session, org_id=org_id, module=MODULE)
    return [row for row in rows.values() if row.part == part]
