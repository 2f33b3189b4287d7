"""Pages of a document taken into a draft: screens of its lesson, each with a step of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modules.basics import BadInput
from modules.course.files.folder import KEPT
from modules.drafts import fields, screens, starting
from modules.drafts.registering import name as named
from modules.drafts.taking import Taken, language_of, placed, places
from modules.exchange.items.pages import Page

WORDS_A_MINUTE = 180
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Wanted:
    """A page that is wanted, with what its speaker says or without."""

    page: Page
    spoken: bool = False


def taken(
    files: Mapping[str, str], slug: str, wanted: Sequence[Wanted], *, pictures: Mapping[str, str]
) -> Taken:
    """The draft's files with these pages as screens, before the first questions of its end.

    ``pictures`` are SHA-256 by the names that the pages have. Raises BadInput for a draft whose
    files cannot be read.
    """
    if not wanted:
        return Taken({}, ())
    head = f"{slug}/module.yaml"
    lesson = f"{slug}/lesson.{language_of(files.get(head, ''))}.md"
    made = {path: files.get(path, "") for path in (lesson, head)}
    there = places(files, slug, [name for one in wanted for name in one.page.pictures])
    known = {one.id for one in screens.screens(made[lesson])} | _steps(made[head])
    ids: list[str] = []
    for one in wanted:
        title = " ".join(one.page.title.split())[:LONGEST_TITLE] or one.page.place
        id = named(title, known, "screen")
        known.add(id)
        ids.append(id)
        text = placed(one.page.markdown, there)
        if one.spoken and one.page.spoken:
            text = f"{text}\n\n{one.page.spoken}".strip()
        made[lesson] = screens.add(made[lesson], id, title, text or title)
        minutes = max(1, round(len(text.split()) / WORDS_A_MINUTE))
        made[head] = _stepped(made[head], {"id": id, "kind": "screen", "minutes": minutes})
    for name, path in there.items():
        if name in pictures:
            made[f"{slug}/{path}"] = f"{KEPT}{pictures[name]}"
    made[head] = starting.minutes_summed(made[head])
    return Taken(made, tuple(ids))


def _sittings(head: str) -> list[Any]:
    found = fields.read(head, ("sittings",))
    return found if isinstance(found, list) else []


def _steps(head: str) -> set[str]:
    """The ids of all steps."""
    return {
        str(step.get("id"))
        for sitting in _sittings(head)
        if isinstance(sitting, Mapping)
        for step in sitting.get("steps") or ()
        if isinstance(step, Mapping)
    }


def _stepped(head: str, step: Mapping[str, Any]) -> str:
    """module.yaml with a step in its last sitting, before the first that is not for reading."""
    sittings = _sittings(head)
    if not sittings or not isinstance(sittings[-1], Mapping):
        raise BadInput("The module has no sitting that screens could go into. Mend module.yaml.")
    last = len(sittings) - 1
    steps = [one for one in sittings[-1].get("steps") or () if isinstance(one, Mapping)]
    graded = ("questions", "aid")
    ahead = next((n for n, one in enumerate(steps) if one.get("kind") in graded), len(steps))
    head = fields.add(head, ("sittings", last, "steps"), dict(step))
    return fields.move(head, ("sittings", last, "steps", len(steps)), ahead - len(steps))
