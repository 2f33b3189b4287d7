"""How a module begins: from a template that passes as it is, or as a copy of a published one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from modules.basics import BadInput, Words
from modules.course.files.own_records import is_register
from modules.drafts import emitting, fields, screens
from modules.drafts.registering import name

FIRST, LAST = 50, 99
"""The numbers of modules that organisations write themselves."""
LONGEST_TITLE = 120
ITEMS = ("Q01", "Q02", "Q03")


def next_id(taken: Collection[str]) -> str:
    """The id of the next module of one's own; BadInput once all are given."""
    for number in range(FIRST, LAST + 1):
        if f"M{number}" not in taken:
            return f"M{number}"
    raise BadInput(
        f"All {LAST - FIRST + 1} modules of your own are there already. Edit one of them instead."
    )


def title_of(given: str) -> str:
    """A title as it is kept; raises BadInput for none, and for one that is too long."""
    title = " ".join(given.split())
    if not title:
        raise BadInput("The module has no title yet. Say in a few words what it is about.")
    if len(title) > LONGEST_TITLE:
        raise BadInput(f"The title has {len(title)} characters; {LONGEST_TITLE} fit. Shorten it.")
    return title


def slug_for(id: str, title: str, taken: Collection[str]) -> str:
    """The folder of a new module: its id and the first words of its title."""
    return name(f"{id} {title}", taken, id.lower())


def template(id: str, slug: str, title: str, say: Words) -> dict[str, str]:
    """The files of a small module that passes as it is, and asks to be written over."""
    items = [f"{id}-{item}" for item in ITEMS]
    steps = [
        {"id": "reading", "kind": "screen", "minutes": 2},
        {"id": "check", "kind": "questions", "form": "check", "items": items, "minutes": 2},
        {"id": "aid", "kind": "aid", "minutes": 1},
    ]
    head = {
        "id": id,
        "slug": slug,
        "family": "everyday-practice",
        "level": "foundation",
        "version": "1.0.0",
        "minutes": 5,
        "licence": "CC-BY-4.0",
        "languages": ["en"],
        "objectives": ["O1"],
        "pass_share": 0.66,
        "sittings": [{"id": "first", "minutes": 5, "steps": steps}],
    }
    front = {
        "title": title,
        "promise": say("studio.new.promise"),
        "objectives": {"O1": say("studio.new.objective")},
        "sittings": {"first": {"title": title, "done": say("studio.new.done")}},
        "steps": {
            "check": {"title": say("studio.new.check"), "intro": say("studio.new.intro")},
            "aid": {"title": say("studio.new.aid")},
        },
    }
    structure, text = [], {}
    for number, item in enumerate(items, 1):
        structure.append(single_choice(item, "O1"))
        text[item] = words_of_choice(say, number)
    lesson = f"---\n{_yaml(front)}---\n"
    lesson = screens.add(lesson, "reading", say("studio.new.screen"), say("studio.new.reading"))
    return {
        f"{slug}/module.yaml": _yaml(head),
        f"{slug}/lesson.en.md": lesson,
        f"{slug}/questions.yaml": _yaml(structure),
        f"{slug}/questions.en.yaml": _yaml(text),
        f"{slug}/job-aid.en.md": f"---\n{_yaml({'title': say('studio.new.aid')})}---\n\n"
        f"{say('studio.new.aid_text')}\n",
    }


def single_choice(id: str, objective: str) -> dict[str, object]:
    """The structure of a question with three options, the first of them right."""
    return {
        "id": id,
        "kind": "single_choice",
        "objective": objective,
        "difficulty": 1,
        "options": [{"id": "a", "key": True}, {"id": "b"}, {"id": "c"}],
    }


def words_of_choice(say: Words, number: int) -> dict[str, object]:
    """Its words, to be written over."""
    return {
        "stem": say("studio.new.stem", n=number),
        "source": say("studio.new.screen"),
        "options": {
            "a": {"text": say("studio.new.right"), "why": say("studio.new.why_right")},
            "b": {"text": say("studio.new.wrong"), "why": say("studio.new.why_wrong")},
            "c": {"text": say("studio.new.other"), "why": say("studio.new.why_wrong")},
        },
    }


def copied(files: Mapping[str, str], old: str, id: str, slug: str, title: str) -> dict[str, str]:
    """A draft's files as those of another module: renumbered, of version 1.0.0, with its title."""
    folder = next(path.split("/")[0] for path in files if path.endswith("/module.yaml"))
    number = re.compile(rf"\b{re.escape(old)}(?=-[A-Z])")
    made = {
        path: text
        if is_register(path) or path.partition("/")[0] != folder
        else number.sub(id, text)
        for path, text in files.items()
    }
    made = {
        f"{slug}{path.removeprefix(folder)}" if path.startswith(f"{folder}/") else path: text
        for path, text in made.items()
    }
    head = made[f"{slug}/module.yaml"]
    for field, value in (("id", id), ("slug", slug), ("version", "1.0.0")):
        head = fields.put(head, (field,), value)
    made[f"{slug}/module.yaml"] = fields.take(head, ("changes",))
    for path in [path for path in made if re.fullmatch(rf"{slug}/lesson\.[\w-]+\.md", path)]:
        made[path] = screens.with_front(
            made[path], lambda front: fields.put(front, ("title",), title)
        )
    return made


def _yaml(value: object) -> str:
    return emitting.block(value, -2).lstrip("\n") + "\n"
