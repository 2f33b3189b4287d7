"""One person's rounds as rows: attempts, answers marked by the real code, completions."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from db.tables import new_id
from modules.basics import seed_for
from modules.course.model import Ask, LabStep, ScenarioStep, Step
from modules.demo import tempting
from modules.demo.days import ZONE, clock
from modules.demo.rounds import Learning, Outcome, Round
from modules.demo.rows import Open, Pinned, Rows, Turns
from modules.labs import LABS
from modules.progress import marking, papers
from modules.progress.asked import form_items, item_of
from modules.progress.outcome import outcome
from modules.progress.sheet import Answer
from modules.progress.standing import months_after
from modules.scenarios import Ending, Node, Path, Scenario, at, choose, offered

# How often who is right, and who is not, picks each word of confidence. Some pick none.
RIGHT, WRONG, SILENT = (4, 14, 46, 36), (28, 38, 24, 10), 0.12
# The share of what somebody knows at the end that was known before, and while reading.
BEFORE, MEANWHILE = 0.55, 0.88
# The same for decisions in the story, and for solving the lab at the first try.
CARE, AT_ONCE = 0.85, 0.75


class Learner:
    """One person with one module; ``rows`` collects what the learn actions would have written."""

    def __init__(
        self,
        person: uuid.UUID,
        path: str,
        learning: Learning,
        pinned: Pinned,
        rows: Rows,
        turns: Turns,
    ) -> None:
        self.path, self.turns = path, turns
        self.person, self.learning, self.pinned, self.rows = person, learning, pinned, rows
        self.rng = random.Random(f"answers/{learning.email}/{learning.enrolled_on}")
        self.at = clock(learning.enrolled_on, self.rng)
        self.numbers: Counter[str] = Counter()
        self.round: dict[str, Open] = {}
        self.sat: list[Open] = []

    def play(self, one: Round) -> None:
        """One round; those of all modules of a person are played by day."""
        self.at = clock(one.day, self.rng)
        self.round = {}
        practice = self._open("practice")
        self._open("pre")
        steps = self.pinned.module.steps
        if one.outcome is Outcome.STOPPED:
            # After the first screen at the earliest, before the check at the latest.
            steps = steps[: self.rng.randrange(2, len(steps) - 2)]
        for step in steps:
            if not self._do(step, one):
                return
            self._wait(8, 20)
            self._keep(practice, marking.mark_step(step, self.at))

    def _do(self, step: Step, one: Round) -> bool:
        """Do what a step asks; whether it could be left behind."""
        if step.kind == "questions":
            if step.form == "check":
                return self._check(one)
            sheet = self.round[step.form].sheet
            for item in form_items(self.pinned.module, sheet):
                self._ask(self.round[step.form], item, self._knows(BEFORE))
        elif step.kind == "screen":
            self._wait(35, 80)
            for part in self.pinned.module.screens[step.id].parts:
                if isinstance(part, Ask):
                    self._ask(self.round["practice"], part.item, self._knows(MEANWHILE))
        elif step.kind == "scenario":
            self._story(step)
        elif step.kind == "lab":
            self._lab(step)
        else:
            self._wait(20, 60)
        return True

    def _check(self, one: Round) -> bool:
        if one.outcome in (Outcome.SECOND, Outcome.FAILED):
            first = self._sit(self.rng.choice((2, 2, 3)))
            if one.again is None:
                return False
            # The next one is begun when somebody comes back for it; that ends the first.
            self.at = max(self.at + timedelta(minutes=9), clock(one.again, self.rng))
            first.row["ended_at"] = self.at
        last = self._sit(int(self.rng.random() > self.learning.ability))
        if not outcome(self.pinned.module, last.sheet).passed:
            return False
        self._complete(last)
        return True

    def _sit(self, slips: int) -> Open:
        """One check with so many items wrong; with one only, a critical one is answered again."""
        attempt, module = self._open("check"), self.pinned.module
        items = form_items(module, attempt.sheet)
        # A source of its own: what is drawn from the other one stays as it is.
        tempted = random.Random(f"tempted/{attempt.row['seed']}")
        missed = tempting.missed(items, self.rng.sample(items, slips), slips, tempted)
        for item in items:
            tempts = tempting.answer(item, tempted) if item in missed else None
            self._ask(attempt, item, item not in missed, tempts)
        if len(missed) == 1:
            for item in outcome(module, attempt.sheet).again:
                self._ask(attempt, f"again:{item}", True)
        return attempt

    def _complete(self, check: Open) -> None:
        done = self.at.astimezone(ZoneInfo(ZONE)).date()
        self.rows.completions.append(
            {
                "org_id": self.pinned.org_id,
                "attempt_id": check.row["id"],
                "person_id": self.person,
                "module": self.pinned.module.id,
                "version": self.pinned.module.version,
                "sha256": self.pinned.sha256,
                "turn": self.turns.last,
                "path": self.path,
                "completed_at": self.at,
                "valid_until": months_after(done, self.pinned.valid_months),
            }
        )
        for attempt in self.round.values():
            attempt.row["ended_at"] = attempt.row["ended_at"] or self.at

    def _ask(
        self,
        attempt: Open,
        slot: str,
        right: bool,
        tempts: tuple[dict[str, str], bool] | None = None,
    ) -> None:
        self._wait(18, 65)
        module, sheet = self.pinned.module, attempt.sheet
        response = item_of(module, sheet, slot).sample(self.rng)[0 if right else 1]
        sure = self.rng.choices(marking.CONFIDENCE, RIGHT if right else WRONG)[0]
        told = None if self.rng.random() < SILENT else sure
        if tempts:
            response, certain = tempts
            told = None if told is None else marking.CONFIDENCE[2 if certain else 1]
        marked = marking.mark_item(module, sheet, slot, response, sure=told, now=self.at)
        self._keep(attempt, marked)

    def _story(self, step: ScenarioStep) -> None:
        """Walk a real path, mostly choosing what does good."""
        module, practice = self.pinned.module, self.round["practice"]
        if module.scenario is None:
            return
        path = Path()
        while not isinstance(at(module.scenario, path), Ending):
            self._wait(25, 70)
            gains = {one.id: sum(one.meters.values()) for one in offered(module.scenario, path)}
            best = max(sorted(gains), key=lambda choice: gains[choice])
            chosen = best if self._knows(CARE) else self.rng.choice(sorted(gains))
            # A source of its own: what was drawn before there were reasons stays as it was.
            why = _reason(module.scenario, path, f"{self.learning.email}/{self.at}")
            path = choose(module.scenario, path, chosen, why)
            number = len(path.steps)
            marked = marking.mark_decision(
                module, practice.sheet, step, number, chosen, self.at, reason=why
            )
            self._keep(practice, marked)

    def _lab(self, step: LabStep) -> None:
        """Some hand it in too early once; all who go on have solved it."""
        module, practice = self.pinned.module, self.round["practice"]
        given = module.lab_of(step.id)
        if given is None:
            return
        lab, seed = LABS[given.name], seed_for(practice.row["seed"], f"lab:{step.id}")
        begun = lab.start(given.options, seed)
        states = (
            [lab.solve(begun)] if self._knows(AT_ONCE) else [lab.naive(begun), lab.solve(begun)]
        )
        for number, state in enumerate(states, 1):
            self._wait(110, 260)
            marked = marking.mark_lab(
                module,
                practice.sheet,
                step,
                lab.dump(state),
                seed=seed,
                try_number=number,
                now=self.at,
            )
            self._keep(practice, marked)

    def _knows(self, share: float) -> bool:
        return self.rng.random() < self.learning.ability * share

    def _wait(self, least: int, most: int) -> None:
        """Let some seconds pass."""
        self.at += timedelta(seconds=self.rng.randint(least, most))

    def _open(self, form: str) -> Open:
        self.numbers[form] += 1
        seed, number = f"{self.rng.getrandbits(128):032x}", self.numbers[form]
        met = papers.seen(one.sheet for one in self.sat)
        row = {
            "org_id": self.pinned.org_id,
            "id": new_id(),
            "person_id": self.person,
            "module": self.pinned.module.id,
            "form": form,
            "number": number,
            "turn": self.turns.next(),
            "revision_id": self.pinned.revision_id,
            "seed": seed,
            "paper": papers.as_json(papers.draw(self.pinned.module, form, seed, met)),
            "language": self.pinned.module.language,
            "jurisdiction": self.pinned.module.jurisdiction,
            "started_at": self.at,
            "ended_at": None,
        }
        self.rows.attempts.append(row)
        self.round[f"{form}/{number}" if form == "check" else form] = made = Open(row)
        self.sat.append(made)
        return made

    def _keep(self, attempt: Open, answer: Answer) -> None:
        attempt.answers[answer.slot, answer.try_number] = answer
        row = {**vars(answer), "tags": list(answer.tags), "response": dict(answer.response)}
        keys = {"org_id": self.pinned.org_id, "id": new_id(), "attempt_id": attempt.row["id"]}
        self.rows.answers.append({**keys, **row})


def _reason(scenario: Scenario, path: Path, seed: str) -> str:
    here = at(scenario, path)
    ids = [one.id for one in here.reasons] if isinstance(here, Node) else []
    return random.Random(f"reason/{seed}").choice(ids) if ids else ""
