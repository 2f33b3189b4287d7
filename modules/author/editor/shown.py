"""As the learner sees it: the part that is edited, drawn by the learner's own code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from modules.author.editor import story_look
from modules.author.editor.outline import listed
from modules.author.editor.pen import Pen
from modules.basics import LAWS, NEUTRAL, Surface, Words
from modules.course.local import Local
from modules.course.model import Module, Step
from modules.course.translations import begun
from modules.drafts.spots import Spot
from modules.play import item, outline, steps
from modules.play.desk import Table
from modules.play.item import Asked
from modules.play.rehearsal import RehearsalDesk
from modules.shell import parts

WIDTHS = ("phone", "desktop")
VARIANTS = ("1", "2", "3", "4", "5")
KINDS = {"scenario": "scenario", "lab": "lab", "lab-2": "lab", "aid": "aid"}


@dataclass(frozen=True)
class Look:
    """How the preview is looked at."""

    box: Surface
    language: str
    law: str
    variant: int


def choices(pen: Pen, surface: Surface, say: Words, own_law: str, wanted: str = "") -> Look:
    """Its heading with the width, then the law, at first the organisation's, and the variant.

    ``wanted`` is the language that whoever came here asked to see.
    """
    right = parts.title_row(surface, say("studio.preview"), level=2)
    widths = {"phone": say("studio.phone"), "desktop": say("studio.desktop")}
    width = right.segmented_control(
        say("studio.width"),
        WIDTHS,
        format_func=lambda one: widths[one],
        default="desktop",
        required=True,
        label_visibility="collapsed",
        key=f"edit/{pen.id}/width",
    )
    row = surface.container(horizontal=True, gap="small", vertical_alignment="bottom")
    language, every = pen.language, listed(pen.read(Spot(pen.path("module.yaml"), ("languages",))))
    # A translation is looked at before it is offered, too.
    every = [*every, *(one for one in begun(pen.files, pen.slug) if one not in every)]
    if len(every) > 1:
        key = f"edit/{pen.id}/language"
        if wanted in every and key not in pen.memory:
            pen.memory[key] = wanted
        language = row.selectbox(say("studio.language"), every, key=key, width=120) or language
    laws = {
        NEUTRAL: say("details.law.neutral"),
        **{one: say(f"details.law.{one}") for one in LAWS},
    }
    law = row.selectbox(
        say("details.law_choose"),
        list(laws),
        index=list(laws).index(own_law) if own_law in laws else 0,
        format_func=lambda one: laws[one],
        key=f"edit/{pen.id}/law",
        width=170,
    )
    variant = row.selectbox(
        say("author.variant"),
        VARIANTS,
        help=say("author.variant_help"),
        key=f"edit/{pen.id}/variant",
        width=120,
    )
    box = surface.container(
        width=390 if width == "phone" else "stretch", key=f"seen-{pen.id}", gap="medium"
    )
    return Look(box, str(language), law or NEUTRAL, int(variant or 1))


def kept(pen: Pen, look: Look, part: str) -> dict[str, Any]:
    """The rehearsal's answers: another one begins with each change, law, variant and part."""
    mark = (look.variant, look.language, look.law, part, hash(tuple(sorted(pen.files.items()))))
    name = f"edit/kept/{pen.id}"
    if pen.memory.get(name, (None,))[0] != mark:
        pen.memory[name] = (mark, {})
        pen.memory[f"edit/at/{pen.id}"] = ""
    return pen.memory[name][1]  # type: ignore[no-any-return]


def draw(
    pen: Pen,
    look: Look,
    say: Words,
    module: Module,
    part: str,
    *,
    clock: Callable[[], datetime],
    go: Callable[[str], None],
    own: Local,
) -> None:
    """The screen, question, story, lab or job aid of a part; else the module's first page."""
    held = kept(pen, look, f"{part}/{_writing(pen)}" if part == "scenario" else part)
    desk = RehearsalDesk(module, held, clock, go, look.variant)
    table = Table(look.box, desk, say, own=own)
    place = str(pen.memory.get(f"edit/at/{pen.id}") or "")
    kind, _, id = part.partition("/")
    step = next((one for one in module.steps if one.id == place), None)
    if step is None and kind == "item":
        desk.begin()
        practice = desk.journey.practice
        if id in module.questions and practice is not None:
            item.draw(table, Asked(practice, id))
        else:
            _gap(look.box, say, say("studio.gap.question"))
        return
    step = step or _step(module, kind, id)
    if step is None:
        outline.cover_page(table)
        return
    desk.begin()
    if step.kind == "scenario":
        if part == "scenario":
            story_look.stand(look.box, say, desk, held, step, _writing(pen))
        if not story_look.told(module.scenario, story_look.standing(desk, step)):
            _gap(look.box, say, say("studio.gap.story"))
            return
    outline.where(table, step, look.box.container())
    steps.draw(table, step)


def _writing(pen: Pen) -> str:
    """The place of the story whose form is open."""
    return str(pen.memory.get(f"edit/{pen.id}/story/place") or "")


def _gap(box: Surface, say: Words, what: str) -> None:
    told = say("studio.gap", what=what, why=say("studio.gap.see"))
    box.container(key="again-gap").markdown(f":material/error: {told}")


def _step(module: Module, kind: str, id: str) -> Step | None:
    for step in module.steps:
        if kind == "screen" and step.id == id:
            return step
        if kind in KINDS and (step.id == kind or step.kind == KINDS[kind]):
            return step
    return None
