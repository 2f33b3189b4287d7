"""As much of a module as can be shown, and in place of the rest a sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modules.basics import Problem
from modules.course import model
from modules.course.files.assemble import SAME
from modules.course.files.glossary import glossary, terms_used
from modules.course.files.parts import Parts
from modules.course.files.pictured import held, transcripts
from modules.course.files.registers import REGISTERS, cited, register, tagged

Told = Callable[[str, str], str]
"""What stands in place of a part ("question", "screen", "story", "lab", "aid"), given why."""


def partly(parts: Parts, told: Told) -> model.Module | None:
    """The module as far as it goes; None where not even its steps can be read.

    Steps whose part is missing or broken become a screen with a sentence, and so do questions in
    a screen; of a form the questions that can be asked are left.
    """
    head, reader = parts.head, parts.reader
    if head is None:
        return None
    facts, sources, misconceptions = (register(reader, file)[1] for file in REGISTERS)
    screens = {id: _asked(parts, one, told) for id, one in (parts.screens or {}).items()}
    sittings = tuple(_sitting(parts, one, screens, told) for one in head.sittings)
    uses = {id: facts[id] for id in cited(parts) if id in facts}
    named = {*head.sources, *(fact.source for fact in uses.values())}
    terms = glossary(reader, parts.language)[1]
    words = parts.lesson
    objectives = words.objectives if words else {}
    same = {name: getattr(head, name) for name in SAME}
    kept = tuple(id for id in head.reserve if id in parts.questions)
    delayed = {
        name: tuple(id for id in ids if id in parts.questions) for name, ids in head.delayed.items()
    }
    return model.Module(
        **same | {"reserve": kept, "matched": {}, "delayed": delayed},
        slug=parts.slug,
        language=parts.language,
        title=words.title if words else parts.slug,
        promise=words.promise if words else "",
        objectives={id: objectives.get(id, id) for id in head.objectives},
        sittings=sittings,
        screens=screens,
        questions=parts.questions,
        families={
            id: item["family"]
            for id, item in parts.items.items()
            if isinstance(item.get("family"), str) and id in parts.questions
        },
        scenario=parts.scenario,
        labs=parts.labs,
        aid=parts.aid,
        facts=uses,
        sources={id: source for id, source in sources.items() if id in named},
        terms={id: terms[id] for id in terms_used(reader.files, parts.slug) if id in terms},
        media=held(reader.files, parts.slug),
        transcripts=transcripts(reader.files, parts.slug, parts.language),
        misconceptions={
            id: misconceptions[id].title for id in sorted(tagged(parts)) if id in misconceptions
        },
    )


def _sitting(
    parts: Parts, sitting: model.Sitting, screens: dict[str, model.Screen], told: Told
) -> model.Sitting:
    words = parts.lesson.sittings.get(sitting.id) if parts.lesson else None
    steps = tuple(_step(parts, step, screens, told) for step in sitting.steps)
    title, done = (words.title, words.done) if words else (sitting.id, "")
    return sitting.model_copy(update={"title": title, "done": done, "steps": steps})


def _step(
    parts: Parts, step: model.Step, screens: dict[str, model.Screen], told: Told
) -> model.Step:
    words = parts.lesson.steps.get(step.id) if parts.lesson else None
    title, intro = (words.title, words.intro) if words else (step.id, "")
    if step.kind == "screen" and step.id in screens:
        return step.model_copy(update={"title": screens[step.id].title})
    if step.kind == "questions":
        items = tuple(dict.fromkeys(id for id in step.items if id in parts.questions))
        gone = [
            told("question", _why(parts, "questions", id)) for id in step.items if id not in items
        ]
        intro = "\n\n".join([intro, *dict.fromkeys(gone)]).strip()
        if items:
            return step.model_copy(update={"title": title, "intro": intro, "items": items})
        return _instead(step, title, intro, screens)
    there: Mapping[str, object] = {
        "scenario": parts.scenario,
        "aid": parts.aid,
        "lab": parts.labs.get(getattr(step, "lab", "")),
    }
    if there.get(step.kind) is not None:
        return step.model_copy(update={"title": title, "intro": intro})
    stem = {"aid": "job-aid", "screen": "lesson"}.get(step.kind, getattr(step, "lab", step.kind))
    what = "story" if step.kind == "scenario" else step.kind
    screen = step.id if step.kind == "screen" else ""
    why = _why(parts, stem, screen) or (_why(parts, "module", screen) if screen else "")
    return _instead(step, title, told(what, why), screens)


def _instead(
    step: model.Step, title: str, sentence: str, screens: dict[str, model.Screen]
) -> model.ScreenStep:
    screens[step.id] = model.Screen(step.id, title, (model.Text(sentence),))
    return model.ScreenStep(id=step.id, minutes=step.minutes, kind="screen", title=title)


def _asked(parts: Parts, screen: model.Screen, told: Told) -> model.Screen:
    shown = tuple(
        model.Text(told("question", _why(parts, "questions", one.item)), one.line)
        if isinstance(one, model.Ask) and one.item not in parts.questions
        else one
        for one in screen.parts
    )
    return model.Screen(screen.id, screen.title, shown, screen.line)


def _why(parts: Parts, stem: str, id: str) -> str:
    """The first sentence that says what is wrong with a part; "" where there is none."""
    begin = parts.path(f"{stem}.")

    def about(one: Problem) -> bool:
        return one.stops and one.file.startswith(begin) and id in one.place

    return next((one.sentence for one in parts.reader.problems if about(one)), "")
