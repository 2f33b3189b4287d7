"""The lab at the desk: kept as it changes, handed in three times at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules import fields, synth
from modules.basics import Surface, seed_for
from modules.course.model import Lab, LabStep, Step
from modules.labs import LABS, libraries, turn
from modules.labs.notebook import notebook
from modules.play.desk import Table
from modules.play.text import Notes
from modules.progress.sheet import Sheet, draft_slot

# After so many tries the model answer is shown and one may go on: a lab teaches, it does not bar.
TRIES = 3


def lacking(table: Table, step: Step) -> str:
    """The library for want of which a step's lab cannot be done here; "" for none."""
    given = table.module.lab_of(step.id) if isinstance(step, LabStep) else None
    return libraries.missing(LABS[given.name].LIBRARIES) if given else ""


def draw(table: Table, practice: Sheet, step: LabStep) -> bool:
    """Draw what came of the last try, the task and the lab; true when one may go on.

    Where a library of the lab is missing one may always go on: the step is recorded as left
    behind without it, and can be opened again once the server is mended.
    """
    given = table.module.lab_of(step.id)
    if given is None:
        return True
    if library := lacking(table, step):
        table.surface.title(step.title, anchor=False)
        table.surface.info(
            table.say("lab.library_missing", library=library), icon=":material/extension_off:"
        )
        return True
    return _draw(table, practice, step, given)


def _draw(table: Table, practice: Sheet, step: LabStep, given: Lab) -> bool:
    lab, options = LABS[given.name], given.options
    slot, seed = f"lab:{step.id}", seed_for(practice.seed, f"lab:{step.id}")
    tries = practice.tries(slot)
    passed = any(one.correct for one in tries)
    done = passed or len(tries) >= TRIES
    surface, say = table.surface, table.say
    surface.title(step.title, anchor=False)
    notes = Notes(table.module, table.own)
    if options.aha:
        surface.container(key=f"lead-{step.id}").markdown(notes.render(options.aha))
    result, task = surface.container(), surface.container()
    put_by: Mapping[str, Any] = {}
    if elsewhere := _handed_in_elsewhere(table, practice, slot):
        surface.info(say("lab.other_tab"), icon=":material/history:")
        if not done:
            put_by = _keep_for_next(table, practice, step, given, seed, elsewhere)
    for number in range(1, len(tries) + 1):
        fields.recorded(_stem(table, practice, slot, number))
    if done:
        part = 1
        with turn(lab):
            state = _hers(table, given, lab.load(options, seed, tries[-1].response))
    else:
        state, part = _play(table, practice, step, given, seed, put_by)
    # A later part begins at the top of the page, so what has been read folds away.
    told = task.expander(say("lab.task")) if tries or part > 1 else task
    told.container(key=f"read-{step.id}").markdown(notes.render(options.task or step.intro))
    if tries:
        if not done:
            table.here(f"{step.id}/{len(tries) + 1}", result)
        result.header(say("lab.passed" if passed else "lab.look_again"), anchor=False)
        with turn(lab):
            handed_in = state
            if not done:
                handed_in = _hers(table, given, lab.load(options, seed, tries[-1].response))
            shown: Surface = result
            if part > 1:
                # Whoever is put back to where she handed in has not read the hints yet.
                unread = lab.place(handed_in).number == part
                shown = result.expander(say("lab.hints"), expanded=unread)
            lab.review(shown, handed_in, say, notes.render, done)
    _code(table, step, given, state)
    notes.draw(surface, say)
    if done and not passed:
        surface.info(say("lab.enough"), icon=":material/info:")
    return done


def _hers(table: Table, given: Lab, state: Any) -> Any:
    """The state with the learner's own citizen marked in it, where the lab knows her."""
    lab = LABS[given.name]
    if not hasattr(lab, "shown_to"):
        return state
    return lab.shown_to(state, synth.citizen(table.desk.citizen).resident_id)


def _stem(table: Table, practice: Sheet, slot: str, try_number: int) -> str:
    """The stem of the widgets of a try: each begins at the first part, as the last was left."""
    key = table.key(practice, slot)
    return key if try_number == 1 else f"{key}-{try_number}"


def _handed_in_elsewhere(table: Table, practice: Sheet, slot: str) -> int:
    """The number of a try that this page handed in when another tab had done so; 0 for none."""
    key, tries = table.key(practice, slot), practice.tries(slot)
    return next((n for n in range(len(tries), 0, -1) if table.pressed(f"{key}-{n}/send")), 0)


def _keep_for_next(
    table: Table, practice: Sheet, step: LabStep, given: Lab, seed: str, try_number: int
) -> Mapping[str, Any]:
    """What stands on this page was not handed in: it becomes the draft of the next try."""
    lab, options = LABS[given.name], given.options
    slot = f"lab:{step.id}"
    tries = practice.tries(slot)
    kept_as = draft_slot(slot, len(tries) + 1)
    if kept := table.desk.draft(practice, kept_as):
        return kept
    # Its widgets tell what they hold while they are drawn; nobody is to see them twice.
    unseen = table.surface.empty()
    stem = _stem(table, practice, slot, try_number)
    with turn(lab):
        state = lab.load(options, seed, tries[try_number - 1].response)
        body = lab.dump(lab.play(unseen.container(), state, stem, table.say))
    unseen.empty()
    if body != dict(tries[-1].response):
        table.desk.save(practice, kept_as, body)
    return body


def _play(
    table: Table,
    practice: Sheet,
    step: LabStep,
    given: Lab,
    seed: str,
    put_by: Mapping[str, Any],
) -> tuple[Any, int]:
    """Draw the lab, keep it and hand it in; gives its state and the part on the page."""
    lab, options = LABS[given.name], given.options
    surface, say, slot = table.surface, table.say, f"lab:{step.id}"
    tries = practice.tries(slot)
    now = len(tries) + 1
    kept_as = draft_slot(slot, now)
    last = tries[-1].response if tries else {}
    kept = put_by or table.desk.draft(practice, kept_as) or last
    with turn(lab):
        begun = lab.start(options, seed)
        state = _hers(table, given, lab.load(options, seed, kept) if kept else begun)
        state = lab.play(surface, state, _stem(table, practice, slot, now), say)
        body, place = lab.dump(state), lab.place(state)
    if body != dict(kept) and body != lab.dump(begun):
        table.desk.save(practice, kept_as, body)
    # One button for each try: a double click hands in once.
    name, send = f"{table.key(practice, slot)}-{now}/send", False
    if place.hands_in:
        words = "lab.try" if now < TRIES else "lab.last_try"
        surface.markdown(say(words, n=now, of=TRIES))
        send = surface.button(say("lab.hand_in"), type="primary", key=name)
    if send or table.pressed(name):
        stands = table.desk.hand_in(step, body, now)
        if dict(stands.response) != body:
            # Another tab was first by a moment: what stands here waits as the next try.
            table.desk.save(practice, draft_slot(slot, now + 1), body)
        table.desk.go(step.id)
    return state, place.number


def _code(table: Table, step: LabStep, given: Lab, state: Any) -> None:
    """The lab as a script, folded away: to read, to copy and to take along."""
    say, script = table.say, LABS[given.name].script(state)
    box = table.surface.expander(say("lab.code"), icon=":material/code:", key=f"code-{step.id}")
    box.markdown(say("lab.code_told"))
    # Plain: the framework colours code too faintly to be read by all.
    box.code(script, language=None, wrap_lines=True)
    row = box.container(horizontal=True, gap="small")
    name, title, lead = given.name.replace("_", "-"), given.options.title, given.options.aha
    for label, ending, mime, body in (
        (say("lab.code_script"), "py", "text/x-python", script),
        (
            say("lab.code_notebook"),
            "ipynb",
            "application/x-ipynb+json",
            notebook(title, lead, script),
        ),
    ):
        row.download_button(
            label,
            body,
            file_name=f"{name}.{ending}",
            mime=mime,
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"code-{step.id}/{ending}",
        )
