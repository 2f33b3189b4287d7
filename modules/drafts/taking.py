"""Items of other systems taken into a draft: records in its files, in the reserve of its module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from modules import pictured, words
from modules.basics import BadInput
from modules.course.files.folder import KEPT
from modules.drafts import fields
from modules.drafts.registering import name as named
from modules.exchange.items.becoming import PICTURE
from modules.exchange.items.brought import Brought, Refused
from modules.exchange.items.ours import records
from modules.questions import spoken

LAST = 99
_ID = re.compile(r"\bM\d\d-Q(\d\d)\b")


@dataclass(frozen=True)
class Chosen:
    """An item that is wanted, its objective, and the beliefs that its wrong answers show.

    Beliefs are ids of misconceptions, by the number of a wrong answer in `wrong_answers`.
    """

    item: Brought
    objective: str
    beliefs: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """The files that change, and the ids that the items got, in their order."""

    files: Mapping[str, str]
    ids: tuple[str, ...]


def taken(
    files: Mapping[str, str],
    slug: str,
    chosen: Sequence[Chosen],
    *,
    difficulty: int,
    pictures: Mapping[str, str],
) -> Taken:
    """The draft's files with these items at the end of its questions and in its reserve.

    ``pictures`` are SHA-256 by the names that the items have. Where something is missing, such as
    a reason, it stays so, and the check tells it. Raises BadInput for what cannot be taken.
    """
    head = f"{slug}/module.yaml"
    module, language = fields.read(files.get(head, ""), ("id",)), language_of(files.get(head, ""))
    if not isinstance(module, str):
        raise BadInput(f"The draft’s {head} names no module. Mend it first.")
    say = words.of(words.written(language) or words.FALLBACK)
    structure, text = f"{slug}/questions.yaml", f"{slug}/questions.{language}.yaml"
    made = {path: files.get(path, "") for path in (structure, text, head)}
    numbers = [int(one) for one in _ID.findall("\n".join(files.values()))]
    number, ids = max(numbers, default=0), []
    there = places(files, slug, [name for one in chosen for name in one.item.pictures])
    for one in chosen:
        number += 1
        if number > LAST:
            raise BadInput(f"A module has at most {LAST} questions. Take fewer of them.")
        id = f"{module}-Q{number:02}"
        found = records(
            one.item,
            id=id,
            objective=one.objective,
            difficulty=difficulty,
            tags=one.beliefs,
            say=say,
        )
        if isinstance(found, Refused):
            raise BadInput(f"{found.place}: {found.sentence}")
        stem = placed(found.words["stem"], there)
        made[structure] = fields.add(made[structure], (), found.structure)
        made[text] = fields.put(made[text], (id,), {**found.words, "stem": stem})
        made[head] = fields.add(made[head], ("reserve",), id)
        ids.append(id)
    for name, path in there.items():
        if name in pictures:
            made[f"{slug}/{path}"] = f"{KEPT}{pictures[name]}"
    return Taken(made, tuple(ids))


def language_of(head: str) -> str:
    """The language that a module is written in first."""
    languages = fields.read(head, ("languages",))
    first = languages[0] if isinstance(languages, list) and languages else "en"
    return str(first)


def places(files: Mapping[str, str], slug: str, names: Iterable[str]) -> dict[str, str]:
    """Where each picture will lie in the module's folder, by the name that it came with."""
    free = {path.removeprefix(f"{slug}/") for path in files}
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        path = PurePosixPath(name)
        stems = {PurePosixPath(one).stem for one in free}
        found[name] = f"{pictured.FOLDER}{named(path.stem, stems, 'picture')}{path.suffix.lower()}"
        free.add(found[name])
    return found


def placed(text: str, there: Mapping[str, str]) -> str:
    """A text whose pictures stand alone on their lines, as ours do."""

    def line(found: re.Match[str]) -> str:
        alt = re.sub(r"([\\\[\]])", r"\\\1", spoken(found[1]))
        return f"\n\n![{alt}]({there.get(found[2], found[2])})\n\n"

    return re.sub(r"[ \t]*\n{2,}[ \t]*", "\n\n", PICTURE.sub(line, text)).strip()
