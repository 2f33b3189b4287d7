"""A lab set up in a form made from what the lab itself says of its options, and tried beside it."""

from __future__ import annotations

import hashlib
from typing import Any

from modules import fields, markup
from modules.author.sheet import Sheet
from modules.basics import Surface
from modules.course.check.practical import labs as check_labs
from modules.course.files.parts import Parts
from modules.course.files.practical import read_labs
from modules.course.files.reader import Reader
from modules.drafts import lab_options
from modules.drafts.lab_options import Setting
from modules.labs import LABS, LibraryMissing

LONGEST = 4000
SEEDS = 20


def lab(surface: Surface, sheet: Sheet, name: str) -> None:
    """The form of one lab of a draft (``lab``, ``lab-2``), what is wrong with it, and a try."""
    say, slug, language = sheet.say, sheet.slug, sheet.language
    which = lab_options.chosen(sheet.files, slug, name)
    if not which:
        known = ", ".join(sorted(LABS))
        surface.markdown(say("labs.unknown", known=markup.literal(known)))
        return
    surface.caption(say("labs.which", lab=which.replace("_", " ")))
    every = lab_options.settings(sheet.files, slug, name, language)
    groups: dict[str, list[Setting]] = {}
    for one in every:
        nested = len(one.at) > 1
        groups.setdefault(str(one.at[0]) if nested else "", []).append(one)
    for group, held in groups.items():
        box = surface.expander(group.replace("_", " ")) if group else surface
        for one in held:
            _setting(box, sheet, name, one)
    _checked(surface, sheet, name)
    _tried(surface, sheet, name)


def _setting(surface: Surface, sheet: Sheet, name: str, one: Setting) -> None:
    place = "/".join((name, "words" if one.worded else "options", *map(str, one.at)))
    key = f"{sheet.key}/{place}"

    def change(value: Any) -> dict[str, str]:
        return lab_options.put(sheet.files, sheet.slug, name, sheet.language, one, value)

    if one.kind in ("text", "lines"):
        lines = min(8, 1 + max(str(one.value).count("\n"), len(str(one.value)) // 70))
        help = sheet.say("labs.lines") if one.kind == "lines" else None
        sheet.text(
            surface, one.name, place, str(one.value), change, lines=lines, most=LONGEST, help=help
        )
        return
    now = _drawn(surface, one, key, not sheet.writes)
    before = list(one.value) if one.kind == "several" else one.value
    if now is not None and now != before:
        sheet.act(surface, lambda: change(now), place)


def _drawn(surface: Surface, one: Setting, key: str, locked: bool) -> Any:
    """The widget that fits, and what it holds; its range is the lab's own."""
    if one.kind == "switch":
        return surface.toggle(one.name, one.value, key=key, disabled=locked)
    if one.kind == "choice":
        index = one.choices.index(one.value) if one.value in one.choices else None
        return surface.selectbox(one.name, one.choices, index=index, key=key, disabled=locked)
    if one.kind == "several":
        default = [value for value in one.value if value in one.choices]
        chosen = surface.pills(
            one.name,
            one.choices,
            selection_mode="multi",
            default=default,
            key=key,
            disabled=locked,
        )
        return [value for value in one.choices if value in (chosen or ())] or None
    kind = int if one.kind == "whole" else float
    least, most = kind(one.least), kind(one.most)
    value = min(max(kind(one.value), least), most)
    step = 1 if kind is int else None
    return surface.number_input(
        one.name,
        least,
        most,
        value,
        step=step,
        key=key,
        disabled=locked,
    )


def _checked(surface: Surface, sheet: Sheet, name: str) -> None:
    """Whether the right solution passes and a thoughtless one does not, with these options."""
    parts = Parts(sheet.slug, sheet.language, Reader(sheet.files))
    read_labs(parts)
    parts.labs = {one: made for one, made in parts.labs.items() if one == name}
    if parts.labs:
        check_labs(parts)
    wrong = [one for one in parts.reader.problems if f"/{name}." in one.file]
    for problem in wrong:
        told = markup.literal(f"{problem.place}: {problem.sentence}")
        surface.markdown(f":orange[:material/error:] {told}")
    if not wrong:
        surface.markdown(f":material/check_circle: {sheet.say('labs.passes')}")


def _tried(surface: Surface, sheet: Sheet, name: str) -> None:
    """The lab as a learner has it; nothing that is done here is kept."""
    say, key = sheet.say, f"{sheet.key}/{name}/try"
    if not surface.toggle(say("labs.try"), key=key):
        return
    made = lab_options.made(sheet.files, sheet.slug, name, sheet.language)
    if made is None:
        surface.markdown(say("labs.not_yet"))
        return
    row = surface.container(horizontal=True)
    seed = row.number_input(say("labs.seed"), 1, SEEDS, 1, key=f"{key}/seed", width=160)
    lab = LABS[made.name]
    body = made.options.model_dump_json()
    of = hashlib.sha256(f"{made.name}/{seed}/{body}".encode()).hexdigest()[:12]
    box = surface.container(key=f"card-{sheet.key}-{name}-try".replace("/", "-"))
    try:
        state = fields.picked(f"{key}/{of}", None) or lab.start(made.options, f"try-{seed}")
        state = lab.play(box, state, f"{key}/{of}/play", say)
    except LibraryMissing as missing:
        box.markdown(markup.literal(str(missing)))
        return
    fields.put(f"{key}/{of}", state)
    if box.button(say("labs.hand_in"), key=f"{key}/{of}/grade"):
        right = lab.grade(state).right
        box.markdown(say("labs.right") if right else say("labs.not_right"))
