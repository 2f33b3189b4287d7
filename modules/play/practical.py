"""The lab at the desk: kept as it changes, handed in three times at most."""

from __future__ import annotations

from modules import fields
from modules.basics import Surface, seed_for
from modules.course.model import LabStep
from modules.labs import LABS
from modules.play.desk import Table
from modules.play.text import Notes
from modules.progress.sheet import Sheet, draft_slot

# After so many tries the model answer is shown and one may go on: a lab teaches, it does not bar.
TRIES = 3


def draw(table: Table, practice: Sheet, step: LabStep) -> bool:
    """Draw what came of the last try, the task and the lab; true when one may go on."""
    if table.module.lab is None:
        return True
    lab, options = LABS[table.module.lab.name], table.module.lab.options
    slot, seed = f"lab:{step.id}", seed_for(practice.seed, f"lab:{step.id}")
    tries = practice.tries(slot)
    passed = any(one.correct for one in tries)
    done = passed or len(tries) >= TRIES
    surface, say = table.surface, table.say
    surface.title(step.title, anchor=False)
    notes = Notes(table.module)
    result, task = surface.container(), surface.container()
    for number in range(1, len(tries) + 1):
        fields.recorded(_stem(table, practice, slot, number))
    part = 1 if done else _play(table, practice, step, seed)
    # A later part begins at the top of the page, so what has been read folds away.
    told = task.expander(say("lab.task")) if tries or part > 1 else task
    told.container(key=f"read-{step.id}").markdown(notes.render(options.task or step.intro))
    if tries:
        if not done:
            table.here(f"{step.id}/{len(tries) + 1}", result)
        result.header(say("lab.passed" if passed else "lab.look_again"), anchor=False)
        shown: Surface = result.expander(say("lab.hints")) if part > 1 else result
        handed_in = lab.load(options, seed, tries[-1].response)
        lab.review(shown, handed_in, say, notes.render, done)
    notes.draw(surface, say)
    if done and not passed:
        surface.info(say("lab.enough"), icon=":material/info:")
    return done


def _stem(table: Table, practice: Sheet, slot: str, try_number: int) -> str:
    """The stem of the widgets of a try: each begins at the first part, as the last was left."""
    key = table.key(practice, slot)
    return key if try_number == 1 else f"{key}-{try_number}"


def _play(table: Table, practice: Sheet, step: LabStep, seed: str) -> int:
    """Draw the lab, keep it and hand it in; gives the number of the part on the page."""
    assert table.module.lab is not None
    lab, options = LABS[table.module.lab.name], table.module.lab.options
    surface, say, slot = table.surface, table.say, f"lab:{step.id}"
    tries = practice.tries(slot)
    now = len(tries) + 1
    kept_as = draft_slot(slot, now)
    kept = table.desk.draft(practice, kept_as) or (tries[-1].response if tries else {})
    state = lab.load(options, seed, kept) if kept else lab.start(options, seed)
    state = lab.play(surface, state, _stem(table, practice, slot, now), say)
    body, place = lab.dump(state), lab.place(state)
    if body != dict(kept) and body != lab.dump(lab.start(options, seed)):
        table.desk.save(practice, kept_as, body)
    # One button for each try: a double click hands in once.
    name, send = f"{table.key(practice, slot)}-{now}/send", False
    if place.hands_in:
        words = "lab.try" if now < TRIES else "lab.last_try"
        surface.markdown(say(words, n=now, of=TRIES))
        send = surface.button(say("lab.hand_in"), type="primary", key=name)
    if send or table.pressed(name):
        table.desk.hand_in(step, body, now)
        table.desk.go(step.id)
    return place.number
