"""Content files read into the model: the only code that knows the file format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from modules.basics import Content, ContentError, Problem
from modules.course import lesson, model
from modules.course.facts import cites
from modules.labs import LABS
from modules.questions import QUESTION_TYPES, AnyQuestion, Question
from modules.scenarios import Scenario

TEXT_SUFFIXES = {".yaml", ".md", ".svg", ".json", ".csv", ".txt"}
REGISTERS = ("facts.yaml", "sources.yaml")
EXPECTED = {
    "string_type": "text (put quotes round it)",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "fields with values",
    "model_type": "fields with values",
    "date_type": "a date such as 2026-11-30",
    "date_from_datetime_parsing": "a date such as 2026-11-30",
}
TEXT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"}
STRUCTURE = {"id", "kind", "key", "tag", "goto", "when", "meters", "objective", "difficulty"}
STRUCTURE |= {"critical", "facts", "family", "parameters", "answer", "tolerance", "value"}
WRITTEN = {"stem", "text", "why", "source", "unit", "title", "story", "question", "hint"}
WRITTEN |= {"consequence", "duty", "task"}
At = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """Safe YAML that also notes keys written twice, of which YAML would keep the last."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeats: list[tuple[str, int]] = []
        self.no_text: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, after a look at its keys."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag not in TEXT_TAGS:
                self.no_text.append((str(key.value), key.start_mark.line))
            elif key.value in seen:
                self.repeats.append((key.value, key.start_mark.line))
            else:
                seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass
class Document:
    """One YAML text, read, that can say where each of its values is written."""

    file: str
    text: str
    first_line: int
    data: Any

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.text, Loader=yaml.CSafeLoader)

    def place(self, *at: str | int) -> str:
        """Where the value at a path is, or the closest thing written: “line 12, M01-Q01 > stem”."""
        node, data, names = self._root, self.data, list[str]()
        line = node.start_mark.line if node else 0
        for step in at:
            index = _index(data, step) if isinstance(data, list) else None
            data = _inside(data, step)
            own = _inside(data, "id") if isinstance(step, int) else None
            names.append(str(own or (step + 1 if isinstance(step, int) else step)))
            pair = _child(node, step if index is None else index)
            node = pair[1] if pair else None
            line = pair[0].start_mark.line if pair else line
        where = f"line {line + self.first_line}"
        return f"{where}, {' > '.join(names)}" if names else where

    def at(self, *at: str | int) -> Any:
        """The value at a path, None if nothing is there."""
        data = self.data
        for step in at:
            data = _inside(data, step)
        return data


def _inside(data: Any, step: str | int) -> Any:
    if isinstance(data, Mapping):
        return data.get(step)
    if isinstance(data, list):
        index = _index(data, step)
        return data[index] if index is not None else None
    return None


def _index(data: list[Any], step: str | int) -> int | None:
    if isinstance(step, int):
        return step if step < len(data) else None
    named = [isinstance(part, Mapping) and part.get("id") == step for part in data]
    return named.index(True) if True in named else None


def _records(value: Any) -> dict[str, str | int] | None:
    """The steps to what needs text in a list of ids or records, or a mapping of records."""
    if isinstance(value, list) and value:
        if all(isinstance(part, str) for part in value):
            return {part: index for index, part in enumerate(value)}
        if all(isinstance(part, Mapping) for part in value):
            names = [part.get("id", part.get("tag")) for part in value]
            if all(isinstance(name, str) for name in names):
                return {name: index for index, name in enumerate(names)}
    parts = value.values() if isinstance(value, Mapping) else ()
    if parts and all(isinstance(part, Mapping) for part in parts):
        return {name: name for name in value}
    return None


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


class Reader:
    """Files by path, and what is found wrong while they are read."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.problems: list[Problem] = []

    def wrong(self, document: Document, at: At, sentence: str, *, stops: bool = True) -> None:
        """Note a problem at a path of a document."""
        self.problems.append(Problem(document.file, document.place(*at), sentence, stops))

    def document(
        self, file: str, shape: type[Any] = dict, *, needed: bool = True
    ) -> Document | None:
        """A YAML file whose top is of that shape (``dict`` or ``list``), or None and why."""
        if file not in self.files:
            if needed:
                sentence = "The file is missing. Write it, or take out what needs it."
                self.problems.append(Problem(file, "whole file", sentence))
            return None
        return self.yaml(file, self.files[file], 1, shape)

    def yaml(
        self, file: str, text: str, first_line: int, shape: type[Any] = dict
    ) -> Document | None:
        """YAML text that begins at that line of a file."""
        if not text.strip():
            return None
        loader = _Loader(text)
        try:
            data = loader.get_single_data()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            said = getattr(error, "problem", None) or "the text cannot be read"
            line = f"line {(mark.line if mark else 0) + first_line}"
            sentence = f"YAML cannot read this: {said}. Look for a missing quote, colon or indent."
            self.problems.append(Problem(file, line, sentence))
            return None
        finally:
            loader.dispose()
        for key, at in loader.repeats:
            sentence = f"“{key}” is written twice here; only one would count. Delete or rename one."
            self.problems.append(Problem(file, f"line {at + first_line}, {key}", sentence))
        for key, at in loader.no_text:
            sentence = f"YAML does not read “{key}” as text. Put quotes round this name."
            self.problems.append(Problem(file, f"line {at + first_line}, {key}", sentence))
        document = Document(file, text, first_line, data)
        if not isinstance(data, shape):
            wanted = "fields with values" if shape is dict else "a list of entries with “- ”"
            sentence = f"Found {_shown(data)}; expected {wanted}. Rewrite the file so."
            self.wrong(document, (), sentence)
            return None
        return document

    def pair(self, names: Iterable[str], document: Document, at: At, given: Any, what: str) -> None:
        """Each name needs text and each text a name; ``what`` says what they name."""
        given = given if isinstance(given, Mapping) else {}
        known = list(names)
        if missing := [name for name in known if given.get(name) in (None, "")]:
            sentence = f"There is no text for {what} {', '.join(missing)}. Write it here."
            self.wrong(document, at, sentence)
        for name in given:
            if name not in known:
                sentence = f"There is no {what} “{name}”; known: {', '.join(known)}. Rename it."
                self.wrong(document, (*at, name), sentence)

    def fitting(self, one: Document, at: At, two: Document, there: At) -> dict[str, Any]:
        """The text at ``there`` of ``two`` that fits the structure at ``at`` of ``one``."""
        structure, text = one.at(*at), two.at(*there)
        fits: dict[str, Any] = {}
        for name, value in text.items():
            steps = _records(structure.get(name))
            if name in STRUCTURE or (name in structure and steps is None):
                sentence = f"“{name}” belongs in {one.file}: text cannot change it. Delete it here."
                self.wrong(two, (*there, name), sentence)
            elif steps is None or not isinstance(value, Mapping):
                fits[name] = value
            else:
                fits[name] = {
                    id: self.fitting(one, (*at, name, steps[id]), two, (*there, name, id))
                    if isinstance(inner, Mapping)
                    else inner
                    for id, inner in value.items()
                    if id in steps
                }
        for name, value in structure.items():
            if name in STRUCTURE or (name == "traps" and name not in text):
                continue
            if steps := _records(value):
                self.pair(steps, two, (*there, name), text.get(name), f"{name}:")
        return fits

    def build(
        self, wanted: Any, data: Any, blame: Callable[[At], tuple[Document, At]]
    ) -> Any | None:
        """``data`` as the wanted type, or None and a located problem for each fault."""
        try:
            # JSON mode is strict about values, yet lets a list be a tuple and text be a date.
            return _adapter(wanted).validate_json(json.dumps(data, default=_json))
        except ValidationError as error:
            faults = error.errors(include_url=False)
            missing = [f["loc"][-1] for f in faults if f["type"] == "missing"]
            for fault in faults:
                document, at = blame(tuple(fault["loc"]))
                self.wrong(document, at, _sentence(fault, missing))
        except TypeError:
            document, at = blame(())
            self.wrong(document, at, "A value here is neither text, number nor date. Quote it.")
        return None


@cache
def _adapter(wanted: Any) -> TypeAdapter[Any]:
    return TypeAdapter(wanted)


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "fields with values"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"“{text if len(text) < 60 else text[:57] + '…'}”"


def _sentence(fault: Any, missing: list[str | int]) -> str:
    name, kind, ctx = fault["loc"][-1] if fault["loc"] else "", fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return f"“{name}” is missing. Add it."
    if kind == "extra_forbidden":
        close = f" Did you mean “{missing[0]}”?" if len(missing) == 1 else ""
        return f"“{name}” is not a field here.{close} Correct its name or delete it."
    found = _shown(fault["input"])
    if kind in EXPECTED:
        return f"Found {found}; expected {EXPECTED[kind]}. Change it."
    if kind == "value_error":
        return f"{str(ctx.get('error', fault['msg'])).rstrip('.').capitalize()}. Mend this entry."
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        wanted = ctx.get("expected_tags") or "a field “kind”"
        return f"Found {_shown(ctx.get('tag'))}; expected {wanted} as kind. Change it."
    if kind == "literal_error":
        return f"Found {found}; expected {ctx['expected']}. Change it."
    if kind == "string_pattern_mismatch":
        return f"Found {found}; expected the form {ctx['pattern']}. Change it."
    return f"Found {found}; {fault['msg'][0].lower()}{fault['msg'][1:]}. Change it."


class ModuleFile(Content):
    """module.yaml."""

    id: str = Field(pattern=r"^M\d\d$")
    slug: str
    family: str
    level: Literal["foundation", "practitioner", "advanced"]
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    minutes: int = Field(ge=1)
    licence: str
    languages: tuple[str, ...] = Field(min_length=1)
    objectives: tuple[str, ...] = Field(min_length=1)
    pass_share: float = Field(default=0.8, ge=0.5, le=1)
    sittings: tuple[model.Sitting, ...] = Field(min_length=1)
    reserve: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class _SittingText(Content):
    title: str
    done: str


class _StepText(Content):
    title: str
    intro: str = ""


class LessonHead(Content):
    """Front matter of lesson.<language>.md."""

    title: str
    promise: str
    objectives: dict[str, str]
    sittings: dict[str, _SittingText]
    steps: dict[str, _StepText] = Field(default_factory=dict)


class _AidHead(Content):
    title: str


@dataclass
class Parts:
    """What could be read of a module in one language. None: missing or broken, and reported."""

    slug: str
    language: str
    reader: Reader
    head_file: Document | None = None
    head: ModuleFile | None = None
    front: Document | None = None
    lesson: LessonHead | None = None
    screens: dict[str, model.Screen] | None = None
    structure: Document | None = None
    text: Document | None = None
    items: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    questions: dict[str, AnyQuestion] = field(default_factory=dict)
    scenario: Scenario | None = None
    lab: model.Lab | None = None
    aid: model.JobAid | None = None

    def path(self, name: str) -> str:
        """The path of one of the module's files, as the reader knows it."""
        return f"{self.slug}/{name}"


def parse(files: Mapping[str, str], slug: str, language: str) -> Parts:
    """Everything of a module that can be read; ``parts.reader.problems`` says what cannot."""
    parts = Parts(slug, language, Reader(files))
    _read_head(parts)
    _read_lesson(parts)
    _read_items(parts)
    _read_scenario(parts)
    _read_lab(parts)
    _read_aid(parts)
    return parts


def _read_head(parts: Parts) -> None:
    document = parts.head_file = parts.reader.document(parts.path("module.yaml"))
    if document:
        parts.head = parts.reader.build(ModuleFile, document.data, _blame(document))


def _read_lesson(parts: Parts) -> None:
    file, reader = parts.path(f"lesson.{parts.language}.md"), parts.reader
    front, body = _front(parts, file)
    if body is None:
        return
    found, problems = lesson.screens(file, *body)
    reader.problems += problems
    parts.screens = {screen.id: screen for screen in found}
    if front:
        parts.front = front
        parts.lesson = reader.build(LessonHead, front.data, _blame(front))


def _front(parts: Parts, file: str) -> tuple[Document | None, tuple[str, int] | None]:
    reader = parts.reader
    if file not in reader.files:
        reader.document(file)
        return None, None
    if not reader.files[file].strip():
        return None, None
    parted = lesson.part(file, reader.files[file])
    if isinstance(parted, Problem):
        reader.problems.append(parted)
        return None, None
    front = reader.yaml(file, parted.front, parted.front_line)
    return front, (parted.body, parted.body_line)


def _read_items(parts: Parts) -> None:
    reader = parts.reader
    structure = parts.structure = reader.document(parts.path("questions.yaml"), list)
    text = parts.text = reader.document(parts.path(f"questions.{parts.language}.yaml"))
    if not structure:
        return
    places: dict[str, int] = {}
    for index, entry in enumerate(structure.data):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if not isinstance(id, str):
            reader.wrong(structure, (index,), "An item begins with “- id: M01-Q01”. Give it an id.")
        elif id in places:
            first = structure.place(places[id])
            reader.wrong(
                structure, (index,), f"{id} is here twice, first on {first}. Renumber one."
            )
        else:
            places[id] = index
            parts.items[id] = entry
    if not text:
        return
    reader.pair(places, text, (), text.data, "item")
    for id, index in places.items():
        words = text.data.get(id)
        if isinstance(words, Mapping):
            merged = _item(reader, structure, (index,), text, (id,))
            if merged is None:
                continue
            parts.items[id] = merged
            kind = QUESTION_TYPES.get(str(merged.get("kind")), Question)
            data = {name: value for name, value in merged.items() if name != "family"}
            question = reader.build(kind, data, _blame(structure, (index,), text, (id,)))
            if question is not None and kind is not Question:
                parts.questions[id] = question
        elif words is not None:
            sentence = f"Found {_shown(words)}; expected stem, options and so on. Indent them."
            reader.wrong(text, (id,), sentence)


def _item(
    reader: Reader, structure: Document, at: At, text: Document, there: At
) -> dict[str, Any] | None:
    entry, fits = structure.at(*at), reader.fitting(structure, at, text, there)
    kind = QUESTION_TYPES.get(str(entry.get("kind")), Question)
    try:
        return kind.merge(entry, fits)
    except (ContentError, ValueError, AttributeError, TypeError) as error:
        field = str(error).partition(":")[0]
        at = (*there, field) if field in fits else there
        reader.wrong(text, at, f"The text does not fit {structure.file}: {error}. Mend it.")
        return None


def _blame(
    one: Document, at: At = (), two: Document | None = None, there: At = ()
) -> Callable[[At], tuple[Document, At]]:
    """Which file, and where in it, a place in merged data comes from."""

    def blame(loc: At) -> tuple[Document, At]:
        steps, others, data = list(at), list(there), one.at(*at)
        for step in loc:
            if isinstance(data, Mapping) and step not in data and data.get("kind") == step:
                continue  # pydantic names the chosen member of a union here
            steps.append(step)
            data = _inside(data, step)
            named = isinstance(step, int) and isinstance(data, Mapping)
            others.append(data.get("id", data.get("tag", step)) if named else step)
        if two and (
            (loc and loc[-1] in WRITTEN) or (one.at(*steps) is None and two.at(*others) is not None)
        ):
            return two, tuple(others)
        return one, tuple(steps)

    return blame


def _laid(structure: Any, text: Any) -> Any:
    """Text laid over structure: mappings by key, lists of records by id, bare ids to texts."""
    if isinstance(structure, Mapping) and isinstance(text, Mapping):
        both = {name: _laid(value, text.get(name)) for name, value in structure.items()}
        return both | {name: value for name, value in text.items() if name not in structure}
    if isinstance(structure, list) and isinstance(text, Mapping):
        if all(isinstance(part, str) for part in structure):
            return {id: text.get(id) for id in structure}
        return [
            _laid(part, text.get(part.get("id"))) if isinstance(part, Mapping) else part
            for part in structure
        ]
    return structure


def _read_scenario(parts: Parts) -> None:
    reader = parts.reader
    structure = reader.document(parts.path("scenario.yaml"), needed=_has(parts, "scenario"))
    name = parts.path(f"scenario.{parts.language}.yaml")
    text = reader.document(name, needed=structure is not None)
    if structure and text:
        merged = _laid(structure.data, reader.fitting(structure, (), text, ()))
        parts.scenario = reader.build(Scenario, merged, _blame(structure, (), text, ()))


def _read_lab(parts: Parts) -> None:
    reader = parts.reader
    structure = reader.document(parts.path("lab.yaml"), needed=_has(parts, "lab"))
    name = parts.path(f"lab.{parts.language}.yaml")
    text = reader.document(name, needed=structure is not None)
    if not structure or not text:
        return
    lab = LABS.get(str(structure.data.get("lab")))
    if lab is None:
        sentence = f"Found {_shown(structure.data.get('lab'))}; expected one of: {', '.join(LABS)}."
        reader.wrong(structure, ("lab",), f"{sentence} Correct the name.")
        return
    merged = _laid(structure.data.get("options"), reader.fitting(structure, ("options",), text, ()))
    options = reader.build(lab.Options, merged, _blame(structure, ("options",), text, ()))
    if options is not None:
        parts.lab = model.Lab(str(structure.data["lab"]), options)


def _has(parts: Parts, kind: str) -> bool:
    sittings = parts.head.sittings if parts.head else ()
    return any(step.kind == kind for sitting in sittings for step in sitting.steps)


def _read_aid(parts: Parts) -> None:
    file = parts.path(f"job-aid.{parts.language}.md")
    if file not in parts.reader.files and not _has(parts, "aid"):
        return
    front, body = _front(parts, file)
    head = parts.reader.build(_AidHead, front.data, _blame(front)) if front else None
    if head and body:
        text, first = body
        blank = len(text) - len(text.lstrip("\n"))
        parts.aid = model.JobAid(head.title, text.strip(), first + blank)


def links(parts: Parts) -> None:
    """Note whatever a step, a screen or a form names that is not there, and texts left over."""
    reader, head, document = parts.reader, parts.head, parts.head_file
    if not head or not document:
        return
    steps = {
        step.id: (step, ("sittings", i, "steps", j))
        for i, sitting in enumerate(head.sittings)
        for j, step in enumerate(sitting.steps)
    }
    if parts.lesson and parts.front:
        front, words = parts.front, parts.front.data
        sittings = [sitting.id for sitting in head.sittings]
        own = [id for id, (step, _) in steps.items() if step.kind != "screen"]
        reader.pair(head.objectives, front, ("objectives",), words.get("objectives"), "objective")
        reader.pair(sittings, front, ("sittings",), words.get("sittings"), "sitting")
        reader.pair(own, front, ("steps",), words.get("steps"), "step")
    for step, at in steps.values():
        if step.kind == "screen" and parts.screens is not None and step.id not in parts.screens:
            sentence = f"No screen {{#{step.id}}} in the lesson. Write it, or take the step out."
            reader.wrong(document, (*at, "id"), sentence)
        for item in step.items if step.kind == "questions" and parts.structure else ():
            if item not in parts.items:
                sentence = f"{item} is not in questions.yaml. Correct the id, or write the item."
                reader.wrong(document, (*at, "items"), sentence)
    for item in head.reserve if parts.structure else ():
        if item not in parts.items:
            sentence = f"The reserve names {item}, which is not in questions.yaml. Correct the id."
            reader.wrong(document, ("reserve",), sentence)
    used = {item for step, _ in steps.values() if step.kind == "questions" for item in step.items}
    used |= set(head.reserve)
    file = parts.path(f"lesson.{parts.language}.md")
    for screen in (parts.screens or {}).values():
        place = f"line {screen.line}, screen {screen.id}"
        if screen.id not in steps or steps[screen.id][0].kind != "screen":
            sentence = "No step of module.yaml shows this screen. Add a step, or delete the screen."
            reader.problems.append(Problem(file, place, sentence))
        for part in screen.parts:
            if not isinstance(part, model.Ask) or not parts.structure:
                continue
            if part.item not in parts.items:
                sentence = (
                    f"{part.item} is not in questions.yaml. Correct the id, or write the item."
                )
            elif part.item in used:
                sentence = f"{part.item} belongs to a form or the reserve. Place a practice item."
            else:
                continue
            reader.problems.append(Problem(file, f"line {part.line}, screen {screen.id}", sentence))


def register(reader: Reader, file: str) -> tuple[Document | None, dict[str, Any]]:
    """The facts or the sources by id, broken ones left out and reported."""
    document, found = reader.document(file, list), dict[str, Any]()
    kind = model.Fact if file == "facts.yaml" else model.Source
    for index, entry in enumerate(document.data if document else []):
        record = reader.build(kind, entry, _blame(document, (index,)) if document else _nowhere)
        if record is not None and record.id in found and document:
            sentence = f"{record.id} is here twice. Rename or delete one."
            reader.wrong(document, (index, "id"), sentence)
        elif record is not None:
            found[record.id] = record
    return document, found


def _nowhere(loc: At) -> tuple[Document, At]:
    raise KeyError(loc)


def cited(parts: Parts) -> dict[str, str]:
    """Every fact that a module relies on, with the first file that does."""
    found: dict[str, str] = {}
    for path, text in parts.reader.files.items():
        if path.startswith(f"{parts.slug}/"):
            for id in cites(text):
                found.setdefault(id, path)
    for document in (parts.structure, parts.reader.document(parts.path("lab.yaml"), needed=False)):
        for id in _listed(document.data) if document else ():
            found.setdefault(id, document.file if document else "")
    return found


def _listed(data: Any) -> list[str]:
    if isinstance(data, Mapping):
        own = data.get("facts")
        here = [id for id in own if isinstance(id, str)] if isinstance(own, list) else []
        return here + [id for value in data.values() for id in _listed(value)]
    if isinstance(data, list):
        return [id for value in data for id in _listed(value)]
    return []


def _module(files: Mapping[str, str], slug: str, language: str) -> model.Module:
    parts = parse(files, slug, language)
    links(parts)
    reader, head, words = parts.reader, parts.head, parts.lesson
    facts, sources = (register(reader, file)[1] for file in REGISTERS)
    uses = cited(parts)
    for id in sorted(uses.keys() - facts.keys()):
        sentence = f"The fact {id} is not in facts.yaml. Correct the id, or register the fact."
        reader.problems.append(Problem(uses[id], f"[@{id}]", sentence))
    wrong = [problem for problem in reader.problems if problem.stops]
    if wrong or not head or not words or parts.screens is None:
        raise ContentError(wrong or f"{slug} is not complete in “{language}”")
    known = {id: facts[id] for id in uses}
    named = {*head.sources, *(fact.source for fact in known.values())}
    return model.Module(
        **{name: getattr(head, name) for name in _SAME},
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
        lab=parts.lab,
        aid=parts.aid,
        facts=known,
        sources={id: source for id, source in sources.items() if id in named},
    )


_SAME = (
    *("id", "version", "family", "level", "minutes"),
    *("licence", "languages", "pass_share", "reserve"),
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


def texts(root: Path, *names: str) -> tuple[dict[str, str], list[Problem]]:
    """Text by path below ``root`` of the named files and folders, and files nobody can read.

    Other files (pictures) stand as ``sha256:…``. Unreadable ones are absent from the mapping.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            inside = path.relative_to(root).as_posix()
            if not path.is_file() or any(part[0] in ".~" for part in path.parts[len(root.parts) :]):
                continue
            body = path.read_bytes()
            if path.suffix not in TEXT_SUFFIXES:
                found[inside] = f"sha256:{hashlib.sha256(body).hexdigest()}"
                continue
            try:
                text = body.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError as error:
                line = f"line {1 + body[: error.start].count(10)}"
                sentence = f"Byte {body[error.start]:#04x} is not UTF-8. Save the file as UTF-8."
                problems.append(Problem(inside, line, sentence))
                text = ""
            else:
                if not text.strip():
                    sentence = "The file is empty. Write it, or delete it."
                    problems.append(Problem(inside, "whole file", sentence))
            found[inside] = text
    return found, problems


def read_course(root: Path) -> model.Course:
    """The course as ``course.yaml`` lists it. Raises ContentError with located problems."""
    files, problems = texts(root, "course.yaml")
    reader = Reader(files)
    document = reader.document("course.yaml")
    course = reader.build(model.Course, document.data, _blame(document)) if document else None
    if course is None or problems or reader.problems:
        raise ContentError(problems + reader.problems)
    return course  # type: ignore[no-any-return]


def read_module(root: Path, slug: str, language: str) -> model.Module:
    """A module in one language, complete. Raises ContentError with located problems."""
    files, problems = texts(root, slug, *REGISTERS)
    if problems:
        raise ContentError(problems)
    return _module(files, slug, language)


def bundle(root: Path, slug: str) -> dict[str, str]:
    """A module as a revision keeps it: its files in every language, the facts and sources it uses.

    Keys are paths below ``root``. The registers hold cited records only, as canonical JSON
    (which is YAML), so that another fact's change leaves the revision as it is. Raises
    ContentError for files that cannot be read.
    """
    files, problems = texts(root, slug, *REGISTERS)
    reader = Reader(files)
    head = reader.document(f"{slug}/module.yaml")
    parts = Parts(slug, "", reader, head, structure=reader.document(f"{slug}/questions.yaml", list))
    uses: set[Any] = set(cited(parts))
    kept = {path: text for path, text in files.items() if path not in REGISTERS}
    extra = set((head.data.get("sources") if head else None) or ())
    for file in REGISTERS:
        document = reader.document(file, list)
        records = [r for r in (document.data if document else ()) if r.get("id") in uses]
        kept[file] = canonical(sorted(records, key=lambda record: str(record["id"])))
        uses = extra | {record.get("source") for record in records}
    if problems or reader.problems:
        raise ContentError(problems + reader.problems)
    return kept


def canonical(value: Any) -> str:
    """JSON in its one canonical form: sorted names, no blanks, letters as they are."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_json
    )


def sha256_of(bundle: Mapping[str, str]) -> str:
    """The name of a revision: SHA-256 of the bundle's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(bundle).encode()).hexdigest()


def module_from_bundle(bundle: Mapping[str, str], language: str) -> model.Module:
    """A stored revision as a module, without files. Raises ContentError as ``read_module``."""
    slugs = [path.partition("/")[0] for path in bundle if path.endswith("/module.yaml")]
    if len(slugs) != 1:
        raise ContentError("A revision holds exactly one module.yaml.")
    return _module(bundle, slugs[0], language)
