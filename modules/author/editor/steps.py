"""The form of a module's way: its sittings, their steps in order, and what can be added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from modules.author.editor.outline import listed, mapping
from modules.author.editor.pen import Pen
from modules.basics import BadInput, Surface, Words
from modules.drafts import fields, screens, starting, stories
from modules.drafts.spots import Spot

FORMS = ("check", "pre")


Labs = Mapping[str, tuple[str, str, str]]
"""Labs that are there to be taken over: title, structure and words by name."""


def draw(pen: Pen, surface: Surface, say: Words, labs: Labs) -> None:
    """Sittings and steps, then what can be added."""
    lesson, head = pen.worded("lesson", "md"), pen.path("module.yaml")
    for number, sitting in enumerate(listed(pen.read(Spot(head, ("sittings",))))):
        if not isinstance(sitting, Mapping):
            continue
        id = str(sitting.get("id"))
        surface.subheader(say("studio.sitting", n=number + 1), anchor=False)
        if not number:
            surface.caption(say("studio.sitting_told"))
        for field, label in (
            ("title", say("studio.sitting_title")),
            ("done", say("studio.sitting_done")),
        ):
            pen.text(surface, label, Spot(lesson, ("sittings", id, field), "front"))
        steps = listed(sitting.get("steps"))
        for place, step in enumerate(steps):
            if isinstance(step, Mapping):
                line = surface.container(key=f"line-{pen.id}-step-{step.get('id')}", gap="small")
                _step(pen, line, say, (sitting.get("id") or number, place, len(steps)), step)
    surface.subheader(say("studio.add"), anchor=False)
    row = surface.container(horizontal=True, gap="small")
    _offers(pen, row, say)
    _labs(pen, surface, say, labs)


def _step(
    pen: Pen, line: Surface, say: Words, where: tuple[str | int, int, int], step: Mapping[str, Any]
) -> None:
    sitting, place, many = where
    id, kind = str(step.get("id")), str(step.get("kind"))
    lesson = pen.worded("lesson", "md")
    names = {
        "screen": say("studio.step.screen"),
        "questions": say("studio.step.questions"),
        "scenario": say("studio.step.scenario"),
        "lab": say("studio.step.lab"),
        "aid": say("studio.step.aid"),
    }
    told = names.get(kind, kind)
    if kind == "screen":
        one = screens.screen(pen.files.get(lesson, ""), id)
        line.markdown(f"**{place + 1}. {told}**: {one.title if one else id}")
    else:
        line.markdown(f"**{place + 1}. {told}**")
        pen.text(
            line,
            say("studio.step_title", n=place + 1),
            Spot(lesson, ("steps", id, "title"), "front"),
        )
    if kind == "questions":
        line.caption(say("studio.asks", items=", ".join(map(str, listed(step.get("items"))))))
    row = line.container(horizontal=True, gap="small", vertical_alignment="bottom")
    # By ids where there are some: meanwhile somebody else may move or take out other steps.
    at = ("sittings", sitting, "steps", id if step.get("id") else place)
    key = f"edit/{pen.id}/minutes/{id}"
    minutes = step.get("minutes")
    pen.memory[key] = minutes if isinstance(minutes, int) and minutes > 0 else 1
    row.number_input(
        say("studio.minutes", n=place + 1),
        min_value=1,
        max_value=60,
        key=key,
        width=140,
        disabled=not pen.may_write,
        on_change=lambda: pen.do(partial(_minutes, at, pen.memory[key])),
    )
    if place:
        pen.button(
            row,
            say("studio.up", what=place + 1),
            f"step/{id}/up",
            partial(_moved, at, -1),
            type="tertiary",
        )
    if place + 1 < many:
        pen.button(
            row,
            say("studio.down", what=place + 1),
            f"step/{id}/down",
            partial(_moved, at, 1),
            type="tertiary",
        )
    if kind != "screen" and many > 1:
        out = partial(_taken, at, id)
        pen.button(row, say("studio.take", what=place + 1), f"step/{id}/take", out, type="tertiary")


def _offers(pen: Pen, row: Surface, say: Words) -> None:
    steps = [
        step
        for sitting in listed(pen.read(Spot(pen.path("module.yaml"), ("sittings",))))
        for step in listed(mapping(sitting).get("steps"))
        if isinstance(step, Mapping)
    ]
    kinds, forms = {one.get("kind") for one in steps}, {one.get("form") for one in steps}
    icon = ":material/add:"
    pen.button(row, say("studio.add_screen"), "add/screen", partial(add_screen, say), icon=icon)
    for form, label in (("check", say("studio.add_check")), ("pre", say("studio.add_pre"))):
        if form not in forms:
            pen.button(row, label, f"add/{form}", partial(_form, say, form), icon=icon)
    if "scenario" not in kinds:
        pen.button(row, say("studio.add_story"), "add/story", partial(add_story, say), icon=icon)
    if "aid" not in kinds:
        pen.button(row, say("studio.add_aid"), "add/aid", partial(add_aid, say), icon=icon)


def _labs(pen: Pen, surface: Surface, say: Words, labs: Labs) -> None:
    """A list of the labs there are; the chosen one is taken over as it is set up there."""
    key = f"edit/{pen.id}/add/lab"
    if not pen.may_write or pen.path("lab.yaml") in pen.files or not labs:
        return
    pen.memory[key] = None

    def chosen() -> None:
        if value := pen.memory.get(key):
            pen.do(partial(_lab, value, labs[value]))

    surface.selectbox(
        say("studio.add_lab"),
        list(labs),
        index=None,
        format_func=lambda one: labs[one][0],
        key=key,
        on_change=chosen,
    )


def _lab(name: str, files: tuple[str, str, str], pen: Pen) -> None:
    title, structure, words = files
    module = str(pen.read(Spot(pen.path("module.yaml"), ("id",))))
    pen.keep(pen.path("lab.yaml"), fields.put(structure, ("id",), f"{module}-L"), "lab")
    pen.keep(pen.worded("lab"), words, "lab")
    _added(pen, {"id": "lab", "kind": "lab", "minutes": 4}, title)


def add_screen(say: Words, pen: Pen) -> None:
    """A new screen and its step, which stands before the check if that is last."""
    lesson, head = pen.worded("lesson", "md"), pen.path("module.yaml")
    taken = {one.id for one in screens.screens(pen.files[lesson])} | _ids(pen)
    id = starting.name_for(say("studio.new.another"), taken, "screen")
    title, text = say("studio.new.another"), say("studio.new.reading")
    pen.keep(lesson, screens.add(pen.files[lesson], id, title, text), id)
    step = {"id": id, "kind": "screen", "minutes": 1}
    pen.keep(head, starting.step_added(pen.files[head], step), id)
    pen.memory[f"edit/go/{pen.id}"] = f"screen/{id}"


def _form(say: Words, form: str, pen: Pen) -> None:
    placed = str(pen.read(Spot(pen.path("module.yaml"))))
    items = [str(one.get("id")) for one in listed(pen.read(Spot(pen.path("questions.yaml"))))]
    free = next((one for one in items if f"'{one}'" not in placed), None)
    if free is None:
        raise BadInput(say("studio.no_free_item"))
    titles = {"check": say("studio.new.check"), "pre": say("studio.new.pre")}
    step = {"id": form, "kind": "questions", "form": form, "items": [free], "minutes": 1}
    _added(pen, step, titles[form])


def kinds(pen: Pen) -> set[str]:
    """The kinds of steps that the module has."""
    sittings = listed(pen.read(Spot(pen.path("module.yaml"), ("sittings",))))
    steps = [one for sitting in sittings for one in listed(mapping(sitting).get("steps"))]
    return {str(mapping(one).get("kind")) for one in steps}


def add_story(say: Words, pen: Pen) -> None:
    """A story to be written, and its step."""
    module = str(pen.read(Spot(pen.path("module.yaml"), ("id",))))
    if pen.path("scenario.yaml") not in pen.files:
        for path, text in stories.begun(pen.slug, module, pen.language).items():
            pen.keep(path, text, "scenario")
    _added(pen, {"id": "story", "kind": "scenario", "minutes": 3}, say("studio.new.story"))
    # What was added is what one wants to write now, as with a screen.
    pen.memory[f"edit/go/{pen.id}"] = "scenario"


def add_aid(say: Words, pen: Pen) -> None:
    """A job aid to be written, and its step."""
    path = pen.worded("job-aid", "md")
    if path not in pen.files:
        pen.keep(path, starting.aid(say("studio.new.aid"), say), "aid")
    _added(pen, {"id": "aid", "kind": "aid", "minutes": 1}, say("studio.new.aid"))
    pen.memory[f"edit/go/{pen.id}"] = "aid"


def _added(pen: Pen, step: dict[str, Any], title: str) -> None:
    lesson, head = pen.worded("lesson", "md"), pen.path("module.yaml")
    step["id"] = starting.name_for(str(step["id"]), _ids(pen), "step")
    pen.keep(lesson, starting.step_titled(pen.files[lesson], step["id"], title), step["id"])
    pen.keep(head, starting.step_added(pen.files[head], step), step["id"])


def _ids(pen: Pen) -> set[str]:
    found = set()
    for sitting in listed(pen.read(Spot(pen.path("module.yaml"), ("sittings",)))):
        found |= {str(mapping(sitting).get("id"))}
        found |= {str(mapping(one).get("id")) for one in listed(mapping(sitting).get("steps"))}
    return found


def _minutes(at: tuple[str | int, ...], value: Any, pen: Pen) -> None:
    head = pen.path("module.yaml")
    text = fields.put(pen.files[head], (*at, "minutes"), int(value))
    pen.keep(head, starting.minutes_summed(text), "minutes")


def _moved(at: tuple[str | int, ...], by: int, pen: Pen) -> None:
    head = pen.path("module.yaml")
    pen.keep(head, fields.move(pen.files[head], at, by), "steps")


def _taken(at: tuple[str | int, ...], id: str, pen: Pen) -> None:
    lesson, head = pen.worded("lesson", "md"), pen.path("module.yaml")
    pen.keep(head, starting.minutes_summed(fields.take(pen.files[head], at)), id)
    text = screens.with_front(pen.files[lesson], lambda front: fields.take(front, ("steps", id)))
    pen.keep(lesson, text, id)
