"""The form of a question: what is asked, and the parts of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from modules import markup
from modules.author.editor import leaves
from modules.author.editor.outline import listed, mapping
from modules.author.editor.pen import Pen
from modules.author.editor.typed import TOLD
from modules.basics import BadInput, Surface, Words
from modules.course.files.marked import At
from modules.drafts import fields, registering, starting
from modules.drafts.spots import Spot

CHOICES = ("single_choice", "multiple_choice")
BY_HAND = starting.KINDS
COMMON = frozenset(
    {"id", "kind", "objective", "difficulty", "critical", "stem", "source", "why", "options"}
    | {"left", "right", "gaps", "sentence", "answer", "tolerance", "unit", "whole"}
)
"""Fields that have a place in the form; the others follow below it."""


@dataclass(frozen=True)
class Item:
    """One question with what its form needs."""

    pen: Pen
    say: Words
    id: str
    beliefs: Mapping[str, str]

    def shape(self, *at: str | int) -> Spot:
        """A place in its structure."""
        return Spot(self.pen.path("questions.yaml"), (self.id, *at))

    def word(self, *at: str | int) -> Spot:
        """A place in its words."""
        return Spot(self.pen.worded("questions"), (self.id, *at))

    def entries(self, field: str) -> list[Any]:
        """The records of a list of its structure."""
        found = listed(self.pen.read(self.shape(field)))
        return [one for one in found if isinstance(one, Mapping) and isinstance(one.get("id"), str)]


def draw(item: Item, surface: Surface) -> None:
    """What every question has, then the parts of its kind, then what else is written in it."""
    pen, say = item.pen, item.say
    kind = str(pen.read(item.shape("kind")))
    surface.caption(say(f"studio.kind.{kind}") if kind in leaves.ALL_KINDS else kind)
    pen.text(surface, say("studio.stem"), item.word("stem"), lines=3)
    if kind == "fill_in":
        help = say("studio.sentence_help")
        pen.text(surface, say("studio.sentence"), item.word("sentence"), lines=3, help=help)
    if kind == "numeric":
        _number(item, surface)
    if kind in (*CHOICES, "ordering"):
        _parts(item, surface, kind, "options")
    elif kind == "matching":
        _parts(item, surface, kind, "right")
        _parts(item, surface, kind, "left")
    elif kind == "fill_in":
        _parts(item, surface, kind, "gaps")
    row = surface.container(horizontal=True, gap="small", vertical_alignment="bottom")
    objectives = listed(pen.read(Spot(pen.path("module.yaml"), ("objectives",))))
    told = mapping(pen.read(Spot(pen.worded("lesson", "md"), ("objectives",), "front")))
    names = {one: f"{one}: {told.get(one, '')}" for one in objectives}
    pen.choice(row, say("studio.objective"), item.shape("objective"), names)
    levels = {1: say("studio.easy"), 2: say("studio.middling"), 3: say("studio.hard")}
    pen.choice(row, say("studio.difficulty"), item.shape("difficulty"), levels)
    pen.switch(
        surface, say("studio.critical"), item.shape("critical"), help=say("studio.critical_help")
    )
    pen.text(surface, say("studio.source"), item.word("source"), help=say("studio.source_help"))
    if kind in ("numeric", "fill_in") or pen.read(item.word("why")) is not None:
        pen.text(surface, say("studio.why_all"), item.word("why"), lines=2, takes=TOLD)
    known = set() if kind not in BY_HAND else COMMON
    leaves.draw(
        pen,
        surface,
        say,
        item.shape(),
        known | {"id", "kind", "objective", "difficulty", "critical"},
    )
    leaves.draw(pen, surface, say, item.word(), known | {"stem", "source", "why"})


def _number(item: Item, surface: Surface) -> None:
    pen, say = item.pen, item.say
    pen.text(surface, say("studio.answer"), item.shape("answer"), help=say("studio.answer_help"))
    row = surface.container(horizontal=True, gap="small")
    pen.number(row, say("studio.tolerance"), item.shape("tolerance"), whole=False)
    pen.switch(surface, say("studio.whole"), item.shape("whole"))


def _parts(item: Item, surface: Surface, kind: str, field: str) -> None:
    """The options, steps, pairs or gaps of a question, one below the other."""
    pen, say, every = item.pen, item.say, item.entries(field)
    names = {
        "options": say("studio.options"),
        "left": say("studio.left"),
        "right": say("studio.right"),
        "gaps": say("studio.gaps"),
    }
    surface.subheader(names[field], anchor=False)
    for number, one in enumerate(every):
        line = surface.container(key=f"line-{pen.id}-{item.id}-{field}-{one['id']}", gap="small")
        _part(item, line, kind, (field, one["id"]), number + 1)
        row = line.container(horizontal=True, gap="xsmall")
        stem, name = f"{item.id}/{field}/{one['id']}", say("studio.part_named", n=number + 1)
        if number:
            up = partial(_moved, item, field, one["id"], -1)
            pen.button(row, say("studio.up", what=name), f"{stem}/up", up, type="tertiary")
        if number + 1 < len(every):
            down = partial(_moved, item, field, one["id"], 1)
            pen.button(row, say("studio.down", what=name), f"{stem}/down", down, type="tertiary")
        if len(every) > (1 if field == "gaps" else 2):
            out = partial(_taken, item, field, one["id"])
            pen.button(row, say("studio.take", what=name), f"{stem}/take", out, type="tertiary")
    add = partial(_added, item, field)
    pen.button(
        surface, say("studio.add_part"), f"{item.id}/{field}/add", add, icon=":material/add:"
    )


def _part(item: Item, line: Surface, kind: str, at: At, number: int) -> None:
    pen, say = item.pen, item.say
    field, id = at
    if field == "gaps":
        pen.text(line, say("studio.gap_label", id=id), item.word(*at, "label"))
        accept = Spot(item.word().path, (item.id, *at, "accept"), "lines")
        pen.text(line, say("studio.accept"), accept, lines=2, help=say("studio.accept_help"))
    else:
        pen.text(line, say("studio.text_of", n=number), item.word(*at, "text"), lines=2)
    if field != "right":
        pen.text(line, say("studio.why_of", n=number), item.word(*at, "why"), lines=2, takes=TOLD)
    if field == "left":
        words = mapping(pen.read(item.word("right")))
        partners = {
            one["id"]: str(mapping(words.get(one["id"])).get("text") or one["id"])
            for one in item.entries("right")
        }
        pen.choice(line, say("studio.goes_with", n=number), item.shape(*at, "to"), partners)
    if kind in CHOICES:
        then = partial(_right, item, str(id))
        pen.switch(line, say("studio.is_right", n=number), item.shape(*at, "key"), then)
        if pen.read(item.shape(*at, "key")) is not True:
            beliefs = {None: say("studio.no_belief")} | dict(item.beliefs)
            tag = item.shape(*at, "tag")
            label, help = say("studio.belief", n=number), say("studio.belief_help")
            pen.choice(line, label, tag, beliefs, help=help, then=partial(_tag, tag))


def _tag(spot: Spot, pen: Pen, value: Any) -> None:
    text = pen.files[spot.path]
    pen.keep(spot.path, spot.put(text, value) if value else fields.take(text, spot.at), spot.place)


def _right(item: Item, option: str, pen: Pen, value: Any) -> None:
    """Mark an option as right; in a single choice the others are wrong by that."""
    path, text = item.shape().path, pen.files[item.shape().path]
    single = pen.read(item.shape("kind")) == "single_choice"
    for one in item.entries("options"):
        at: At = (item.id, "options", one["id"])
        if one["id"] == option and value:
            text = fields.take(fields.put(text, (*at, "key"), True), (*at, "tag"))
        elif one["id"] == option or (single and value):
            text = fields.take(text, (*at, "key"))
    pen.keep(path, text, f"{item.id}/options/{option}/key")


def _added(item: Item, field: str, pen: Pen) -> None:
    shape, word = item.shape(), item.word()
    stems = {"left": "l", "right": "r", "gaps": "g"}
    id = starting.free(item.entries(field), stems.get(field, ""))
    entry: dict[str, Any] = {"id": id}
    words: dict[str, Any] = {"text": ""} if field == "right" else {"text": "", "why": ""}
    if field == "left":
        entry["to"] = item.entries("right")[0]["id"]
    if field == "gaps":
        words = {"label": "", "accept": [item.say("studio.new.answer")], "why": ""}
    place = f"{item.id}/{field}/{id}"
    structure = fields.add(pen.files[shape.path], (item.id, field), entry)
    text = fields.put(pen.files[word.path], (item.id, field, id), words)
    if field == "gaps":
        sentence = str(fields.read(text, (item.id, "sentence")) or "")
        text = fields.put(text, (item.id, "sentence"), f"{sentence} [[{id}]]".strip())
    pen.keep(shape.path, _ranked(structure, item, field), place)
    pen.keep(word.path, text, place)


def _taken(item: Item, field: str, id: str, pen: Pen) -> None:
    shape, word = item.shape(), item.word()
    place = f"{item.id}/{field}/{id}"
    structure = fields.take(pen.files[shape.path], (item.id, field, id))
    pen.keep(shape.path, _ranked(structure, item, field), place)
    for path in pen.files:
        if path.startswith(pen.path("questions.")) and path != shape.path:
            pen.keep(path, fields.take(pen.files[path], (item.id, field, id)), place)
    sentence = pen.read(item.word("sentence"))
    if field == "gaps" and isinstance(sentence, str):
        left = " ".join(sentence.replace(f"[[{id}]]", "").split())
        pen.keep(word.path, fields.put(pen.files[word.path], (item.id, "sentence"), left), place)


def _moved(item: Item, field: str, id: str, by: int, pen: Pen) -> None:
    shape = item.shape()
    text = fields.move(pen.files[shape.path], (item.id, field, id), by)
    pen.keep(shape.path, _ranked(text, item, field), f"{item.id}/{field}/{id}")


def _ranked(text: str, item: Item, field: str) -> str:
    """Steps are in the order in which they stand."""
    if field == "options" and fields.read(text, (item.id, "kind")) == "ordering":
        for number, one in enumerate(fields.read(text, (item.id, field)) or (), 1):
            text = fields.put(text, (item.id, field, one["id"], "rank"), number)
    return text


def belief(item: Item, surface: Surface) -> None:
    """Register a mistaken belief that no list has yet."""
    pen, say = item.pen, item.say
    if not pen.may_write:
        return
    box = surface.popover(say("studio.new_belief"), icon=":material/add:", key=f"belief-{pen.id}")
    key = f"edit/{pen.id}/belief"
    box.text_input(say("studio.belief_says"), key=key, on_change="ignore", max_chars=200)

    def register(pen: Pen) -> None:
        said = str(pen.memory.get(key) or "")
        taken = {*item.beliefs, *registering.ids(pen.files)}
        made = registering.misconception({"title": said}, taken)
        for path, text in registering.added(pen.files, made).items():
            pen.keep(path, text, made.id)
        pen.memory[key] = ""

    pen.button(box, say("studio.belief_add"), "belief/add", register)


def placed(item: Item, surface: Surface) -> None:
    """Where a question is asked: a form, the reserve, or nowhere yet."""
    pen, say, head = item.pen, item.say, item.pen.path("module.yaml")
    key, now = f"edit/{pen.id}/{item.id}/placed", ""
    names = {"": say("studio.placed.nowhere"), "reserve": say("studio.placed.reserve")}
    if item.id in listed(pen.read(Spot(head, ("reserve",)))):
        now = "reserve"
    ats: dict[str, At] = {"reserve": ("reserve",)}
    for i, sitting in enumerate(listed(pen.read(Spot(head, ("sittings",))))):
        for j, step in enumerate(listed(mapping(sitting).get("steps"))):
            if mapping(step).get("kind") == "questions":
                name = f"{i}/{j}"
                # By ids where there are some: meanwhile somebody else may move other steps.
                way = (mapping(sitting).get("id") or i, mapping(step).get("id") or j)
                ats[name] = ("sittings", way[0], "steps", way[1], "items")
                title = pen.read(
                    Spot(pen.worded("lesson", "md"), ("steps", step.get("id"), "title"), "front")
                )
                names[name] = say("studio.placed.form", title=title or step.get("form"))
                if item.id in listed(step.get("items")):
                    now = name
    if not pen.may_write:
        surface.html(markup.told_html(say("studio.placed"), names[now]))
        return
    pen.memory[key] = now
    surface.selectbox(
        say("studio.placed"),
        list(names),
        format_func=lambda one: names.get(one, one),
        key=key,
        help=say("studio.placed_help"),
        on_change=lambda: pen.do(
            partial(_place, item, ats.get(now), ats.get(str(pen.memory.get(key))))
        ),
    )


def _place(item: Item, old: At | None, new: At | None, pen: Pen) -> None:
    head = pen.path("module.yaml")
    text = pen.files[head]
    for at, add in ((new, True), (old, False)):
        if not at:
            continue
        there = listed(fields.read(text, at))
        if add:
            text = fields.add(text, at, item.id)
        elif item.id in there and len(there) == 1 and at != ("reserve",):
            raise BadInput(item.say("studio.last_of_form", id=item.id))
        elif item.id in there:
            text = fields.take(text, (*at, there.index(item.id)))
    pen.keep(head, text, f"{item.id}/placed")


def begin(kind: str, say: Words, pen: Pen) -> None:
    """A new question of a kind, at the end of the bank."""
    path, words = pen.path("questions.yaml"), pen.worded("questions")
    module = str(pen.read(Spot(pen.path("module.yaml"), ("id",))))
    objectives = listed(pen.read(Spot(pen.path("module.yaml"), ("objectives",))))
    id = starting.next_item(pen.read(Spot(path)), module)
    structure, text = starting.question(kind, id, str(objectives[0] if objectives else "O1"), say)
    pen.keep(path, fields.add(pen.files.get(path, ""), (), structure), id)
    pen.keep(words, fields.put(pen.files.get(words, ""), (id,), text), id)
    pen.memory[f"edit/go/{pen.id}"] = f"item/{id}"
