"""The lab at the desk: kept as it changes, handed in as often as one likes."""

from __future__ import annotations

from modules import fields
from modules.basics import seed_for
from modules.course.model import LabStep
from modules.labs import LABS
from modules.play.desk import Table
from modules.play.text import Notes
from modules.progress.sheet import Sheet

# After so many tries the model answer is shown and one may go on: a lab teaches, it does not bar.
TRIES = 3


def draw(table: Table, practice: Sheet, step: LabStep) -> bool:
    """Draw the lab, what was handed in last, and hints; true when one may go on."""
    if table.module.lab is None:
        return True
    lab, options = LABS[table.module.lab.name], table.module.lab.options
    slot, seed = f"lab:{step.id}", seed_for(practice.seed, f"lab:{step.id}")
    tries = practice.tries(slot)
    passed = any(one.correct for one in tries)
    surface, say, key = table.surface, table.say, table.key(practice, slot)
    surface.title(step.title, anchor=False)
    notes = Notes(table.module)
    surface.container(key=f"read-{step.id}").markdown(notes.render(options.task or step.intro))
    kept = table.desk.draft(practice, slot) or (tries[-1].response if tries else {})
    state = lab.load(options, seed, kept) if kept else lab.start(options, seed)
    if not passed:
        state = lab.play(surface, state, key, say)
        body = lab.dump(state)
        if body != dict(kept) and body != lab.dump(lab.start(options, seed)):
            table.desk.save(practice, slot, body)
        # One button for each try: a double click hands in once.
        name = f"{key}-{len(tries) + 1}/send"
        send = surface.button(say("lab.hand_in"), type="primary", key=name)
        if send or table.pressed(name):
            table.desk.hand_in(step, body, len(tries) + 1)
            table.desk.go(step.id)
    else:
        fields.recorded(key)
    if tries:
        handed_in = lab.load(options, seed, tries[-1].response)
        told = passed or len(tries) >= TRIES
        surface.header(say("lab.passed" if passed else "lab.look_again"), anchor=False)
        lab.review(surface, handed_in, say, notes.render, told)
    notes.draw(surface, say)
    if tries and not passed and len(tries) >= TRIES:
        surface.info(say("lab.enough"), icon=":material/info:")
    return passed or len(tries) >= TRIES
