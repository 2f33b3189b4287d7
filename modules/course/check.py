"""Everything that can be wrong with the content, found at once, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from modules.basics import ContentError, Problem
from modules.course import facts as fact_texts
from modules.course import files, lesson, model
from modules.course.files import At, Document, Parts, Reader
from modules.labs import LABS
from modules.scenarios import problems as scenario_problems

LONGEST_SITTING = 7
"""Minutes. Longer ones do not fit between two meetings."""
MINUTES_APART = 3
ITEMS_IN_CHECK = 6
LENGTH_CLUE = 1.6
HARDEST_GRADE = 10.0
SEEDS = tuple(f"content-check-{number}" for number in range(5))


def problems(root: Path, today: date | None = None) -> list[Problem]:
    """Every problem of the content below ``root``, by file; advice has ``stops=False``.

    ``today`` is the day on which facts are judged for their review; None judges none.
    """
    found, cards = _course(root)
    texts, unreadable = files.texts(root, *files.REGISTERS)
    registers = Reader(texts)
    (document, facts), (_, sources) = (files.register(registers, f) for f in files.REGISTERS)
    found += unreadable + registers.problems + _facts(document, facts, sources, today)
    used: set[str] = set()
    folders = {path.parent.name for path in root.glob("*/module.yaml")}
    for slug in sorted(folders | {card.slug for card in cards if not card.planned}):
        theirs, cites = _module(root, slug, texts, facts, sources, cards)
        found += theirs
        used |= cites
    if document:
        found += _unused(document, facts, used)
    named = [replace(problem, file=f"{root.name}/{problem.file}") for problem in found]
    return sorted(dict.fromkeys(named), key=lambda problem: (problem.file, not problem.stops))


def _course(root: Path) -> tuple[list[Problem], tuple[model.ModuleCard, ...]]:
    try:
        course = files.read_course(root)
    except ContentError as error:
        return error.problems, ()
    found = []
    for what, ids in (
        ("module", [card.id for card in course.modules]),
        ("slug", [card.slug for card in course.modules]),
        ("path", [path.id for path in course.paths]),
    ):
        for id, times in Counter(ids).items():
            if times > 1:
                sentence = f"The {what} {id} is here {times} times. Keep one."
                found.append(Problem("course.yaml", id, sentence))
    known = {card.id for card in course.modules}
    for path in course.paths:
        for id in path.modules:
            if id not in known:
                sentence = f"The path names {id}, which is not a module here. Correct the id."
                found.append(Problem("course.yaml", f"paths > {path.id}", sentence))
    return found, course.modules


def _facts(
    document: Document | None,
    facts: Mapping[str, model.Fact],
    sources: Mapping[str, model.Source],
    today: date | None,
) -> list[Problem]:
    if document is None:
        return []
    reader = Reader({})
    late = fact_texts.expired(facts.values(), today) if today else ()
    for index, entry in enumerate(document.data):
        fact = facts.get(str(entry.get("id"))) if isinstance(entry, Mapping) else None
        if fact and fact.source not in sources:
            sentence = f"The source {fact.source} is not in sources.yaml. Register or correct it."
            reader.wrong(document, (index, "source"), sentence)
        if fact in late and fact:
            sentence = f"{fact.id} was to be reviewed by {fact.review_by}. Open its source again."
            reader.wrong(document, (index, "review_by"), sentence)
    return reader.problems


def _unused(document: Document, facts: Mapping[str, Any], used: set[str]) -> list[Problem]:
    reader = Reader({})
    for index, entry in enumerate(document.data):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if id in facts and id not in used:
            sentence = f"No lesson uses {id}. Cite it, or delete it if no planned module needs it."
            reader.wrong(document, (index, "id"), sentence, stops=False)
    return reader.problems


def _module(
    root: Path,
    slug: str,
    registers: Mapping[str, str],
    facts: Mapping[str, model.Fact],
    sources: Mapping[str, model.Source],
    cards: tuple[model.ModuleCard, ...],
) -> tuple[list[Problem], set[str]]:
    texts, found = files.texts(root, slug)
    broken = {problem.file for problem in found}
    readable = {**registers, **texts}
    languages = _languages(readable, slug)
    used: set[str] = set()
    for language in languages:
        parts = files.parse(readable, slug, language)
        files.links(parts)
        for rule in RULES:
            rule(parts)
        _register(parts, facts, sources)
        _as_listed(parts, cards)
        # A file that could not be decoded or is empty has been reported once already.
        found += [p for p in parts.reader.problems if p.file not in broken]
        used |= set(files.cited(parts))
    return found, used


def _languages(texts: Mapping[str, str], slug: str) -> tuple[str, ...]:
    document = Reader(texts).document(f"{slug}/module.yaml", needed=False)
    given = document.data.get("languages") if document else None
    named = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return tuple(dict.fromkeys(named)) or ("en",)


def _register(
    parts: Parts, facts: Mapping[str, model.Fact], sources: Mapping[str, model.Source]
) -> None:
    reader = parts.reader
    for id, path in files.cited(parts).items():
        if id not in facts:
            sentence = f"The fact {id} is not in facts.yaml. Correct the id, or register the fact."
            line = next(
                (n for n, line in enumerate(reader.files[path].splitlines(), 1) if id in line), 1
            )
            reader.problems.append(Problem(path, f"line {line}, {id}", sentence))
    for index, id in enumerate(parts.head.sources if parts.head else ()):
        if id not in sources and parts.head_file:
            sentence = f"The source {id} is not in sources.yaml. Correct the id, or register it."
            reader.wrong(parts.head_file, ("sources", index), sentence)


def _as_listed(parts: Parts, cards: tuple[model.ModuleCard, ...]) -> None:
    head, document = parts.head, parts.head_file
    if not head or not document or not cards:
        return
    if head.slug != parts.slug:
        sentence = f"Found slug “{head.slug}”; expected the folder's name, {parts.slug}. Change it."
        parts.reader.wrong(document, ("slug",), sentence)
    card = next((card for card in cards if card.slug == parts.slug), None)
    if card is None:
        parts.reader.wrong(document, (), "course.yaml does not list this module. Add a line there.")
        return
    for name in ("id", "family", "level", "minutes"):
        here, there = getattr(head, name), getattr(card, name)
        if here != there:
            sentence = f"Found {here}; course.yaml says {there}. Make them agree."
            parts.reader.wrong(document, (name,), sentence)
    if parts.lesson and parts.front and parts.language == "en" and parts.lesson.title != card.title:
        sentence = (
            f"Found “{parts.lesson.title}”; course.yaml says “{card.title}”. Make them agree."
        )
        parts.reader.wrong(parts.front, ("title",), sentence)


def sittings(parts: Parts) -> None:
    """Sittings are short, steps have their own ids, and minutes add up."""
    head, document, reader = parts.head, parts.head_file, parts.reader
    if not head or not document:
        return
    seen: set[str] = set()
    for i, sitting in enumerate(head.sittings):
        steps = sum(step.minutes for step in sitting.steps)
        longer = max(steps, sitting.minutes)
        if longer > LONGEST_SITTING:
            sentence = (
                f"Found {longer} minutes; at most {LONGEST_SITTING}. Part the sitting in two."
            )
            reader.wrong(document, ("sittings", i, "minutes"), sentence)
        if abs(steps - sitting.minutes) > MINUTES_APART:
            sentence = (
                f"The steps take {steps} minutes, the sitting says {sitting.minutes}. Correct it."
            )
            reader.wrong(document, ("sittings", i, "minutes"), sentence)
        ids: list[tuple[str, At]] = [(sitting.id, ("sittings", i, "id"))]
        ids += [
            (step.id, ("sittings", i, "steps", j, "id")) for j, step in enumerate(sitting.steps)
        ]
        for id, at in ids:
            if id in seen:
                reader.wrong(document, at, f"The id “{id}” is used twice. Rename one.")
            seen.add(id)
    total = sum(step.minutes for sitting in head.sittings for step in sitting.steps)
    if abs(total - head.minutes) > MINUTES_APART:
        sentence = f"Found {head.minutes}; the steps take {total}. At most {MINUTES_APART} apart."
        reader.wrong(document, ("minutes",), f"{sentence} Correct one.")


def forms(parts: Parts) -> None:
    """Forms share no item; the check has six, some critical, each critical one with a twin."""
    head, document, reader = parts.head, parts.head_file, parts.reader
    if not head or not document or not parts.structure:
        return
    asked: dict[str, str] = {}
    names: set[str] = set()
    for i, sitting in enumerate(head.sittings):
        for j, step in enumerate(sitting.steps):
            if step.kind != "questions":
                continue
            at: At = ("sittings", i, "steps", j, "items")
            for item in step.items:
                if item in asked:
                    sentence = (
                        f"{item} is already in {asked[item]}. Forms share no item: pick another."
                    )
                    reader.wrong(document, at, sentence)
                asked[item] = f"form “{step.form}”"
            if step.form in names or step.form == "practice":
                sentence = f"The form “{step.form}” is already taken. Choose another name."
                reader.wrong(document, (*at[:-1], "form"), sentence)
            names.add(step.form)
            if step.form == "check":
                _check_form(parts, document, at, step.items)
    for item in head.reserve:
        if item in asked:
            sentence = f"{item} is already in {asked[item]}. The reserve is unseen: pick another."
            reader.wrong(document, ("reserve",), sentence)
        asked[item] = "the reserve"
    inside = (part for screen in (parts.screens or {}).values() for part in screen.parts)
    placed = {part.item for part in inside if isinstance(part, model.Ask)}
    for index, entry in enumerate(parts.structure.data if parts.screens is not None else ()):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if id in parts.items and id not in asked and id not in placed:
            sentence = f"Nothing asks {id}. Put it in a form, the reserve or a screen."
            reader.wrong(parts.structure, (index,), sentence, stops=False)


def _check_form(parts: Parts, document: Document, at: At, items: tuple[str, ...]) -> None:
    reader = parts.reader
    if len(items) != ITEMS_IN_CHECK:
        sentence = f"Found {len(items)} items; a check has {ITEMS_IN_CHECK}. Add or remove some."
        reader.wrong(document, at, sentence)
    critical = [id for id in items if parts.items.get(id, {}).get("critical") is True]
    if not critical:
        sentence = "No item of the check is critical. Mark those that nobody may get wrong."
        reader.wrong(document, at, sentence)


def items(parts: Parts) -> None:
    """Every item: a known objective, one key, tags and reasons, no clue by length, a twin."""
    structure, reader = parts.structure, parts.reader
    if not structure:
        return
    families = Counter(item.get("family") for item in parts.items.values())
    places = {
        entry.get("id"): i for i, entry in enumerate(structure.data) if isinstance(entry, Mapping)
    }
    for id, item in parts.items.items():
        at: At = (places[id],)
        if parts.head and item.get("objective") not in parts.head.objectives:
            known = ", ".join(parts.head.objectives)
            sentence = f"Found {item.get('objective')}; known objectives: {known}. Correct it."
            reader.wrong(structure, (*at, "objective"), sentence)
        family = item.get("family")
        if item.get("critical") is True and (not family or families[family] < 2):
            sentence = (
                f"{id} is critical and has no twin. Write another item and give both a family."
            )
            reader.wrong(structure, at, sentence)
        options = item.get("options")
        if isinstance(options, list) and all(isinstance(o, Mapping) for o in options):
            _options(parts, structure, at, item, options)
    if parts.head and parts.head_file:
        measured = {item.get("objective") for item in parts.items.values()}
        for index, objective in enumerate(parts.head.objectives):
            if objective not in measured:
                sentence = f"No item asks about {objective}. Write one, or drop the objective."
                reader.wrong(parts.head_file, ("objectives", index), sentence)


def _options(
    parts: Parts, document: Document, at: At, item: Mapping[str, Any], options: list[Any]
) -> None:
    reader = parts.reader
    keys = [option for option in options if option.get("key") is True]
    if not keys or (item.get("kind") == "single_choice" and len(keys) > 1):
        wanted = "exactly one" if item.get("kind") == "single_choice" else "at least one"
        sentence = f"Found {len(keys)} options with key: true; expected {wanted}. Mark it."
        reader.wrong(document, (*at, "options"), sentence)
    for index, option in enumerate(options):
        here: At = (*at, "options", index)
        if option.get("key") is not True and not option.get("tag"):
            sentence = "A wrong option without a tag. Name the misconception that it shows."
            reader.wrong(document, here, sentence)
        if "text" in option and not option.get("why") and parts.text:
            sentence = "The option does not say why. Say why it is right, or why it tempts."
            reader.wrong(parts.text, (item["id"], "options", option.get("id", index)), sentence)
    lengths = [len(str(option.get("text", ""))) for option in options if option not in keys]
    if len(keys) == 1 and lengths and all(lengths):
        times = len(str(keys[0].get("text", ""))) * len(lengths) / sum(lengths)
        if times > LENGTH_CLUE and parts.text:
            sentence = (
                f"The right option is {times:.1f} times as long as the others: a clue. Trim it."
            )
            reader.wrong(parts.text, (item["id"], "options"), sentence, stops=False)


def stories(parts: Parts) -> None:
    """The scenario's own rules: nothing unreachable, no dead end, no endless loop."""
    if parts.scenario is None:
        return
    names = parts.path("scenario.yaml"), parts.path(f"scenario.{parts.language}.yaml")
    for problem in scenario_problems(parts.scenario, *names):
        document = Reader(parts.reader.files).document(problem.file, needed=False)
        if document:
            place = document.place(*problem.place.split("/"))
            parts.reader.problems.append(replace(problem, place=place))


def labs(parts: Parts) -> None:
    """The lab's reference solution passes and its naive one fails, for several seeds."""
    if parts.lab is None:
        return
    lab, options = LABS[parts.lab.name], parts.lab.options
    tries = (("reference solution", lab.solve, True), ("naive solution", lab.naive, False))
    for seed in SEEDS:
        for name, attempt, passes in tries:
            try:
                right = lab.grade(attempt(lab.start(options, seed))).right
            except Exception as error:  # a lab's own fault must not hide the others
                said = f"the {name} stops with {type(error).__name__}: {error}"
            else:
                if right is passes:
                    continue
                said = f"the {name} {'fails' if passes else 'passes'}"
            sentence = f"With these options {said}. Mend the options or the lab."
            parts.reader.problems.append(Problem(parts.path("lab.yaml"), f"seed {seed}", sentence))
            return


def prose(parts: Parts) -> None:
    """Figures are cited, HTML is absent, screens are readable."""
    file, noted = parts.path(f"lesson.{parts.language}.md"), parts.reader.problems
    for screen in (parts.screens or {}).values():
        whole = []
        for part in screen.parts:
            if not isinstance(part, model.Ask):
                text = part.markdown if isinstance(part, model.Text) else part.text
                whole.append(text)
                for line, sentence in _faults(text):
                    place = f"line {part.line + line}, screen {screen.id}"
                    noted.append(Problem(file, place, sentence))
        _readable(parts, file, f"line {screen.line}, screen {screen.id}", "\n\n".join(whole))
    if parts.aid:
        for line, sentence in _faults(parts.aid.markdown):
            place = f"line {parts.aid.line + line}"
            noted.append(Problem(parts.path(f"job-aid.{parts.language}.md"), place, sentence))
    if parts.front:
        # Titles and objectives cannot carry a cite; what they name is cited on the screens.
        for at, text in _leaves(parts.front.data):
            for _, sentence in _faults(text, cited=at[-1] != "intro"):
                parts.reader.wrong(parts.front, at, sentence)
    for stem in ("questions", "scenario", "lab"):
        name = parts.path(f"{stem}.{parts.language}.yaml")
        document = Reader(parts.reader.files).document(name, needed=False)
        for at, text in _leaves(document.data) if document else ():
            item = parts.items.get(str(at[0]), {}) if stem == "questions" else {}
            # The lab's structure names the facts of each of its parts.
            for _, sentence in _faults(text, cited=bool(item.get("facts")) or stem == "lab"):
                if document:
                    parts.reader.wrong(document, at, sentence)


def _leaves(data: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    if isinstance(data, str):
        yield at, data
    pairs = data.items() if isinstance(data, Mapping) else ()
    for name, value in pairs if not isinstance(data, list) else enumerate(data):
        yield from _leaves(value, (*at, name))


def _faults(text: str, *, cited: bool = False) -> Iterator[tuple[int, str]]:
    if not cited:
        for line, figure in fact_texts.bare_figures(text):
            yield line, f"“{figure}” has no source. Cite a fact as [@id] in its paragraph."
    for line, tag in lesson.raw_html(text):
        yield line, f"Found HTML, “{tag}”. Write Markdown instead."


def _readable(parts: Parts, file: str, place: str, text: str) -> None:
    grade = lesson.grade_level(text) if parts.language == "en" else None
    if grade is not None and grade > HARDEST_GRADE:
        sentence = (
            f"Reads at school grade {grade:.0f}; aim for {HARDEST_GRADE:.0f} at most. Shorten."
        )
        parts.reader.problems.append(Problem(file, place, sentence, stops=False))


RULES: tuple[Callable[[Parts], None], ...] = (sittings, forms, items, stories, labs, prose)
