"""Around the steps: the module's front page, where one is, and the end of a sitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from modules import markup
from modules.basics import Surface
from modules.course.model import Sitting, Step
from modules.play import story
from modules.play.desk import Table
from modules.progress.outcome import needed


def cover_page(table: Table, again: bool = False) -> Literal["", "start", "test-out"]:
    """What the module is about and how it is cut; the way in that was chosen, or ""."""
    say, module, surface = table.say, table.module, table.surface
    table.here(f"{module.id}/cover")
    surface.title(module.title, anchor=False)
    surface.container(key="read-promise").markdown(module.promise)
    card = surface.container(key="card-outline")
    card.header(say("lesson.objectives"), anchor=False)
    card.markdown("\n".join(f"- {text}" for text in module.objectives.values()))
    card.header(say("lesson.sittings"), anchor=False)
    card.markdown(
        "\n".join(
            f"{number}. {say('lesson.sitting', title=one.title, minutes=one.minutes)}"
            for number, one in enumerate(module.sittings, 1)
        )
    )
    surface.caption(say("lesson.kept"))
    if surface.button(
        say("lesson.renew" if again else "lesson.start"),
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        key=f"start/{module.id}",
    ):
        return "start"
    if "check" not in module.forms:
        return ""
    known = surface.container(key=f"known-{module.id}", gap="xxsmall")
    known.caption(_offer(table))
    pressed = known.button(say("test_out.start"), type="tertiary", key=f"test-out/{module.id}")
    return "test-out" if pressed else ""


def _offer(table: Table) -> str:
    """How many questions stand in place of the lesson, and what is asked of them."""
    say, items = table.say, table.module.forms["check"]
    n, right = len(items), needed(table.module, len(items))
    if n == 1:
        return say("test_out.offer_one")
    if any(table.module.question(one).critical for one in items):
        return say("test_out.offer", n=n, right=right)
    return say("test_out.offer_plain", n=n, right=right)


def step_to_show(table: Table, wanted: str) -> Step:
    """The step asked for, if it is open; otherwise the one the learner is at."""
    journey = table.desk.journey
    if wanted and journey.may_open(wanted):
        return journey.step(wanted)
    current = journey.current or journey.steps[-1]
    if wanted and any(step.id == wanted for step in journey.steps):
        table.surface.info(table.say("lesson.not_open"), icon=":material/info:")
    return current


def where(table: Table, step: Step, top: Surface) -> None:
    """Step 3 of 6: in words on the right of ``top``, and as a bar below it."""
    steps = table.desk.journey.steps
    number = steps.index(step) + 1
    told = table.say("lesson.step_of", n=number, of=len(steps), minutes=step.minutes)
    label = table.say("lesson.step_label", n=number, of=len(steps))
    top.caption(told, width="content")
    table.surface.html(markup.steps_html(number - 1, len(steps), label))
    table.here(_place(table, step))


def _place(table: Table, step: Step) -> str:
    """This place as a word: a story moves within its step, and so does a guided check."""
    journey = table.desk.journey
    if journey.practice and step.kind == "scenario":
        return story.place(table, journey.practice, step)
    check = journey.sheet("check")
    if step.kind == "questions" and step.form == "check" and check and journey.guided(check):
        return f"{step.id}/{check.number}/{len(check.answers)}"
    return step.id


def ended_sitting(table: Table, place: str) -> Sitting | None:
    """The sitting whose end is asked for, when all of it is done."""
    done = table.desk.journey.done
    for sitting in table.desk.journey.sittings:
        if sitting.id == place and all(step.id in done for step in sitting.steps):
            return sitting
    return None


def sitting_page(table: Table, sitting: Sitting, stop: Callable[[], None]) -> None:
    """Something is finished: what one can do now, and what would come next."""
    say, surface, sittings = table.say, table.surface, table.desk.journey.sittings
    number = sittings.index(sitting) + 1
    table.here(sitting.id)
    card = surface.container(key=f"card-{sitting.id}", horizontal_alignment="center")
    card.html('<img class="sw-spot" src="app/static/spot-done.svg" alt="">')
    card.title(
        say("lesson.sitting_done", n=number, of=len(sittings)),
        anchor=False,
        text_alignment="center",
    )
    card.markdown(sitting.done, text_alignment="center")
    following = sittings[number] if number < len(sittings) else None
    card.caption(
        say("lesson.sitting_next", title=following.title, minutes=following.minutes)
        if following
        else say("lesson.sitting_last"),
        text_alignment="center",
    )
    row = card.container(horizontal=True, horizontal_alignment="center")
    if following and row.button(say("lesson.stop_here"), key=f"stop/{sitting.id}"):
        stop()
    if row.button(
        say("lesson.go_on" if following else "lesson.finish"),
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        key=f"next/{sitting.id}",
    ):
        table.desk.go(following.steps[0].id if following else "")
