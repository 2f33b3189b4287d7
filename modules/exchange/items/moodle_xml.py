"""Moodle XML: the questions that Moodle exports from a question bank, with their pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from lxml import etree

from modules.basics import BadInput
from modules.exchange.items import moodle_cloze, moodle_kinds, trees
from modules.exchange.items.brought import Bank, Brought, Note, Refused
from modules.exchange.items.gathering import Gathering, NotTakenError, bare, clipped
from modules.exchange.items.moodle_parts import ITS_OWN, OWN_WORDS, Parts, plain
from modules.exchange.items.pictures import Shelf

FORMAT = "moodle_xml"
# Questions of one file.
MOST = 5_000
_KEPT = re.compile(r"^\$[a-z]+\$/(?:top/|top$)?")
READERS: Mapping[str, Callable[[Parts], Brought]] = {
    "multichoice": moodle_kinds.multichoice,
    "multichoiceset": moodle_kinds.multichoice,
    "oumultiresponse": moodle_kinds.multichoice,
    "truefalse": moodle_kinds.truefalse,
    "shortanswer": moodle_kinds.shortanswer,
    "numerical": moodle_kinds.numerical,
    "matching": moodle_kinds.matching,
    "match": moodle_kinds.matching,
    "ddmatch": moodle_kinds.matching,
    "ordering": moodle_kinds.ordering,
    "cloze": moodle_cloze.cloze,
    "multianswer": moodle_cloze.cloze,
}
_CALCULATED = "Its numbers are drawn from formulas of Moodle's own. Write it as a numeric question."
_ON_PICTURE = "It is answered on a picture. Write it as a hotspot question."
_IN_TEXT = "It is answered by words chosen inside a text. Write it as a fill-in or a matching."
NOT_HERE: Mapping[str, str] = {
    "essay": "It is a free text, which nobody here marks.",
    "description": "It asks nothing: it is text between questions. Put it into the lesson.",
    "calculated": _CALCULATED,
    "calculatedsimple": _CALCULATED,
    "calculatedmulti": _CALCULATED,
    "ddimageortext": _ON_PICTURE,
    "ddmarker": _ON_PICTURE,
    "gapselect": _IN_TEXT,
    "ddwtos": _IN_TEXT,
    "random": "It stands for any question of a category. Bring the questions of that category.",
    "randomsamatch": "It is drawn from other questions. Bring those.",
    "missingtype": "Moodle itself no longer knew its type when it was exported.",
}


def looks(data: bytes, name: str) -> bool:
    """Whether a file may be Moodle XML."""
    return b"<quiz" in data[:4000].replace(b"\x00", b"")


def read(data: bytes, name: str = "") -> Bank:
    """The questions of an export. Raises BadInput when the file as a whole cannot be read."""
    root, mended = trees.tree(data)
    if root.tag != "quiz":
        raise BadInput(
            f"The file begins with <{bare(str(root.tag), 60)}>. Moodle XML begins with <quiz>."
        )
    questions = root.findall("question")
    if len(questions) > MOST:
        raise BadInput(
            f"The file has {len(questions):,} questions. Bring at most {MOST:,} at once."
        )
    shelf, items, refused = Shelf(), list[Brought](), list[Refused]()
    notes, category, number = list(mended), "", 0
    for element in root:
        if element.tag != "question":
            notes.append(
                Note("left", f"A part called “{bare(str(element.tag), 40)}” was left out.")
            )
            continue
        kind = (element.get("type") or "").strip().lower()
        if kind == "category":
            category = _category(element, notes)
            continue
        number += 1
        place = f"question {number} (line {element.sourceline})"
        parts = Parts(element, Gathering(shelf))
        try:
            items.append(_item(kind, parts, place, category))
        except NotTakenError as error:
            said = bare(plain(element.find("questiontext")) or plain(element.find("name")))
            refused.append(Refused(place, clipped(plain(element.find("name"))), said, str(error)))
    if not items and not refused:
        raise BadInput("The file holds no question.")
    names = {one for item in items for one in item.pictures}
    notes += _settings(root)
    return Bank(FORMAT, tuple(items), tuple(refused), tuple(notes), shelf.named(names))


def _item(kind: str, parts: Parts, place: str, category: str) -> Brought:
    if kind in NOT_HERE:
        raise NotTakenError(NOT_HERE[kind])
    reader = READERS.get(kind)
    if reader is None:
        raise NotTakenError(
            f"Its type is “{bare(kind, 40) or 'not given'}”, which is not read here. Types that "
            "are: multichoice, truefalse, shortanswer, numerical, matching, ordering, cloze."
        )
    _old_picture(parts)
    made = reader(parts)
    parts.shared()
    why = parts.blocks(parts.question.find("generalfeedback"))
    texts = [made.stem, why, made.sentence, *(o.text + o.why for o in made.options)]
    texts += [pair.left + pair.right + pair.why for pair in made.pairs]
    texts += [*made.spare, *made.steps, *(b.why for b in made.blanks)]
    return replace(
        made,
        place=place,
        name=clipped(plain(parts.question.find("name"))),
        why=why,
        tags=parts.tags(),
        category=category,
        pictures=parts.gathering.used(*texts),
        notes=tuple(parts.gathering.notes),
    )


def _old_picture(parts: Parts) -> None:
    """A picture as Moodle 1.9 kept it, beside the text: put into it, or told."""
    name = plain(parts.question.find("image")).rpartition("/")[2]
    data, asked = plain(parts.question.find("image_base64")), parts.question.find("questiontext")
    if not name and not data:
        return
    inner = None if asked is None else asked.find("text")
    if asked is None or inner is None or not data:
        parts.gathering.left(f"The picture “{bare(name, 60)}” is not in the file. It was left out.")
        return
    name = name or "picture.png"
    inner.text = f'{inner.text or ""}<p><img src="@@PLUGINFILE@@/{quote(name)}" alt=""></p>'
    etree.SubElement(asked, "file", name=name, encoding="base64").text = data


def _category(element: etree._Element, notes: list[Note]) -> str:
    """The path of the category that the questions below belong to."""
    path = plain(element.find("category"))
    if said := bare(plain(element.find("info")), 200):
        notes.append(Note("left", f"What a category says of itself was left out: “{said}”"))
    # What begins with a dollar sign says where Moodle keeps it, as "$course$/top" does.
    return _KEPT.sub("", path).strip()


def _settings(root: etree._Element) -> list[Note]:
    """One note each for what stands in nearly every question and means nothing here."""
    notes = []
    found = {str(part.tag) for part in root.iterfind("question/*")} & ITS_OWN
    if found:
        sentence = f"Settings of Moodle's own pages were left out: {', '.join(sorted(found))}."
        notes.append(Note("left", sentence))
    if any(bare(plain(one)) in OWN_WORDS for one in root.iterfind("question/*")):
        sentence = "Moodle's own words after an answer (“Your answer is correct.”) were left out."
        notes.append(Note("left", sentence))
    return notes
