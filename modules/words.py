"""Interface text by key and language, and a check that every key in use is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import structlog
import yaml

from modules.basics import ContentError, Problem
from modules.settings import settings

CONTENT = settings().content
FALLBACK = "en"
CALLS = {"words", "say"}
PLACE = re.compile(r"\{([a-z_]\w*)\}")
IN_TEMPLATE = re.compile(r"\b(?:words|say)\(\s*([\"'])([\w.-]+)\1")
# A language tag as people and HR systems write it (RFC 5646): language, script, region.
TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
KEY = re.compile(r"[a-z][\w-]*(?:\.[\w-]+)+")
# A key as a whole string, or whole between the places of an f-string; or one that is asked for.
# Code without either is not taken apart, which costs more than all else.
IN_CODE = re.compile(rf"[\"'}}]{KEY.pattern}[\"'{{]|\b(?:{'|'.join(sorted(CALLS))})\s*\(")


@dataclass(frozen=True)
class Wording:
    """Interface text in one language. Calling it never raises: a page must not fail for a word."""

    language: str
    texts: Mapping[str, str]
    _told: set[str] = field(default_factory=set, compare=False, repr=False)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text for ``key``, its ``{names}`` filled in; ⟦last part of the key⟧ if unwritten."""
        text = self.texts.get(key)
        if text is None:
            self._tell("words.missing", key)
            return f"⟦{key.rpartition('.')[2]}⟧"
        if names := {name for name in PLACE.findall(text) if name not in values}:
            self._tell("words.unfilled", key, names=sorted(names))
        return PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)

    def _tell(self, event: str, key: str, **more: object) -> None:
        if key not in self._told:
            self._told.add(key)
            structlog.get_logger().warning(event, key=key, language=self.language, **more)


def load(root: Path) -> dict[str, dict[str, str]]:
    """Texts by language and key from ``words/*.yaml`` below ``root``.

    Raises ContentError for files that are not YAML or hold more than text by key.
    """
    found: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for path in sorted((root / "words").glob("*.yaml")):
        lines, wrong = _read(path, root)
        problems += wrong
        found[path.stem] = {key: text for key, (text, _) in lines.items()}
    if problems:
        raise ContentError(problems)
    return found


def _read(path: Path, root: Path) -> tuple[dict[str, tuple[str, int]], list[Problem]]:
    file = f"{root.name}/{path.relative_to(root).as_posix()}"
    found: dict[str, tuple[str, int]] = {}
    problems: list[Problem] = []
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        sentence = f"It cannot be read: {getattr(error, 'problem', None) or error}. Mend the line."
        return {}, [Problem(file, f"line {mark.line + 1 if mark else 1}", sentence)]
    if node is not None and not isinstance(node, yaml.MappingNode):
        return {}, [Problem(file, "line 1", "Expected lines such as lesson.check: Check answer.")]
    for key, value in node.value if node else ():
        place = f"line {key.start_mark.line + 1}, {key.value}"
        if key.value in found:
            sentence = "The key is here twice; only one would count. Delete one."
            problems.append(Problem(file, place, sentence))
        elif value.tag != "tag:yaml.org,2002:str":
            sentence = "Expected text after the key. Put quotes round it."
            problems.append(Problem(file, place, sentence))
        else:
            found[key.value] = (value.value, key.start_mark.line + 1)
    return found, problems


def tag(text: str) -> str | None:
    """A language tag as it is written, such as en-GB or zh-Hant, from any case; else None.

    Variants and extensions are left out: no words are written for them.
    """
    found = TAG.fullmatch(text.strip())
    if found is None:
        return None
    language, script, region = found.groups()
    parts = (language.lower(), script and script.title(), region and region.upper())
    return "-".join(one for one in parts if one)


@cache
def languages(root: Path = CONTENT) -> tuple[str, ...]:
    """The languages that words are written in, by their files."""
    return tuple(sorted(path.stem for path in (root / "words").glob("*.yaml")))


def written(language: str | None, root: Path = CONTENT) -> str | None:
    """The language whose words serve a reader of this one: its own, or without its region."""
    every = languages(root)
    asked = (language or "").split("-")
    tags = ("-".join(asked[:length]) for length in range(len(asked), 0, -1))
    return next((one for one in tags if one in every), None)


@cache
def of(language: str, root: Path = CONTENT) -> Wording:
    """The interface text of a language; what it lacks is taken from English. Never raises."""
    try:
        every = load(root)
    except (ContentError, OSError) as error:
        structlog.get_logger().error("words.unreadable", reason=str(error))
        return Wording(language, {})
    return Wording(language, {**every.get(FALLBACK, {}), **every.get(language, {})})


def missing_keys(root: Path, code_root: Path) -> list[Problem]:
    """Keys that code below ``code_root`` asks for and English lacks, and (as advice) spare ones.

    Also each other language's gaps. A key counts as used if any string in the code is that key,
    or begins or ends it in an f-string passed to ``words`` or ``say``.
    """
    path = root / "words" / f"{FALLBACK}.yaml"
    file = f"{root.name}/words/{path.name}"
    if not path.is_file():
        return [Problem(file, "whole file", "The file is missing. Write it.")]
    texts, problems = _read(path, root)
    if problems and not texts:
        return problems
    mentioned: set[str] = set()
    begun: set[str] = set()
    ended: set[str] = set()
    for source, line, key, how in _mentions(code_root):
        if how == "asked" and key not in texts:
            sentence = f"“{key}” is not in {file}. Write its text there, or correct the key."
            problems.append(Problem(source, f"line {line}", sentence))
        {"begun": begun, "ended": ended}.get(how, mentioned).add(key)
    for key, (_, line) in texts.items():
        used = key in mentioned or key.startswith(tuple(begun)) or key.endswith(tuple(ended))
        if not used:
            sentence = "Nothing asks for this key. Delete it if it is not needed."
            problems.append(Problem(file, f"line {line}, {key}", sentence, stops=False))
    for other in sorted(set((root / "words").glob("*.yaml")) - {path}):
        theirs, wrong = _read(other, root)
        problems += wrong
        for key in texts.keys() - theirs.keys():
            sentence = (
                f"There is no text for “{key}”. Translate it; until then it shows in English."
            )
            problems.append(Problem(f"{root.name}/words/{other.name}", key, sentence))
    return sorted(problems, key=lambda problem: (problem.file, not problem.stops))


def _mentions(code_root: Path) -> Iterator[tuple[str, int, str, str]]:
    """File, line, key and how: asked for, begun or ended (f-string) or merely mentioned."""
    for path in sorted([*code_root.rglob("*.py"), *code_root.rglob("*.html")]):
        file = f"{code_root.name}/{path.relative_to(code_root).as_posix()}"
        source = path.read_text("utf-8")
        if path.suffix == ".html":
            for number, line in enumerate(source.splitlines(), 1):
                for found in IN_TEMPLATE.finditer(line):
                    yield file, number, found[2], "asked"
            continue
        for node in ast.walk(ast.parse(source)) if IN_CODE.search(source) else ():
            if isinstance(node, ast.Constant) and KEY.fullmatch(str(node.value)):
                yield file, node.lineno, str(node.value), "mentioned"
            elif isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
                yield from ((file, node.lineno, *key) for key in _asked(node.args[0]))


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _asked(argument: ast.expr) -> Iterator[tuple[str, str]]:
    match argument:
        case ast.Constant(value=str() as key):
            yield key, "asked"
        case ast.IfExp(body=body, orelse=other):
            yield from (*_asked(body), *_asked(other))
        case ast.JoinedStr(values=[ast.Constant(value=str() as start), *_]) if start:
            yield start, "begun"
        case ast.JoinedStr(values=[*_, ast.Constant(value=str() as rest)]) if rest[0] == ".":
            yield rest, "ended"
