"""Parts made a module: complete, or refused with every problem."""

from __future__ import annotations

from collections.abc import Mapping

from modules.basics import ContentError, Problem
from modules.course import model
from modules.course.files.glossary import glossary, terms_used
from modules.course.files.heads import LessonHead
from modules.course.files.links import links
from modules.course.files.parse import parse
from modules.course.files.pictured import held, transcripts
from modules.course.files.registers import REGISTERS, cited, register, tagged

SAME = (
    *("id", "version", "family", "level", "minutes"),
    *("licence", "languages", "pass_share", "reserve", "matched", "delayed", "changes"),
)


def assemble(files: Mapping[str, str], slug: str, language: str) -> model.Module:
    """The module of that folder in one language. Raises ContentError with located problems."""
    parts = parse(files, slug, language)
    links(parts)
    reader, head, words = parts.reader, parts.head, parts.lesson
    facts, sources, misconceptions = (register(reader, file)[1] for file in REGISTERS)
    uses = cited(parts)
    for id in sorted(uses.keys() - facts.keys()):
        sentence = f"The fact {id} is not in facts.yaml. Correct the id, or register the fact."
        reader.problems.append(Problem(uses[id], f"[@{id}]", sentence))
    terms, marked = glossary(reader, language)[1], terms_used(reader.files, slug)
    for id in sorted(marked.keys() - terms.keys()):
        sentence = f"The term {id} is not in the glossary. Correct the id, or define it there."
        reader.problems.append(Problem(marked[id], f"(term:{id})", sentence))
    wrong = [problem for problem in reader.problems if problem.stops]
    if wrong or not head or not words or parts.screens is None:
        raise ContentError(wrong or f"{slug} is not complete in “{language}”")
    known = {id: facts[id] for id in uses}
    named = {*head.sources, *(fact.source for fact in known.values())}
    tags = sorted(tagged(parts))
    return model.Module(
        **{name: getattr(head, name) for name in SAME},
        slug=slug,
        language=language,
        title=words.title,
        promise=words.promise,
        objectives={id: words.objectives[id] for id in head.objectives},
        sittings=_titled(head.sittings, words, parts.screens),
        screens=parts.screens,
        questions=parts.questions,
        families={id: item["family"] for id, item in parts.items.items() if item.get("family")},
        scenario=parts.scenario,
        labs=parts.labs,
        aid=parts.aid,
        facts=known,
        sources={id: source for id, source in sources.items() if id in named},
        terms={id: terms[id] for id in marked},
        media=held(reader.files, slug),
        transcripts=transcripts(reader.files, slug, language),
        misconceptions={id: misconceptions[id].title for id in tags if id in misconceptions},
    )


def _titled(
    sittings: tuple[model.Sitting, ...],
    words: LessonHead,
    screens: Mapping[str, model.Screen],
) -> tuple[model.Sitting, ...]:
    titled = []
    for sitting in sittings:
        steps = tuple(
            step.model_copy(update={"title": screens[step.id].title})
            if step.kind == "screen"
            else step.model_copy(update=words.steps[step.id].model_dump())
            for step in sitting.steps
        )
        text = words.sittings[sitting.id].model_dump()
        titled.append(sitting.model_copy(update={**text, "steps": steps}))
    return tuple(titled)
