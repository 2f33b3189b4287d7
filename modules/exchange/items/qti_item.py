"""One QTI item: its interaction, its texts, its feedback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from modules.exchange.items import qti_choices, qti_entries, qti_passages, qti_tree
from modules.exchange.items.brought import Brought
from modules.exchange.items.gathering import Gathering, NotTakenError, bare, clipped
from modules.exchange.items.qti_feedback import Feedbacks
from modules.exchange.items.qti_marking import marking
from modules.exchange.items.qti_parts import Parts

READERS: Mapping[str, Callable[[Parts, etree._Element], Brought]] = {
    "choiceInteraction": qti_choices.choice,
    "inlineChoiceInteraction": qti_choices.inline_choice,
    "orderInteraction": qti_choices.order,
    "matchInteraction": qti_choices.match,
    "associateInteraction": qti_choices.associate,
    "textEntryInteraction": qti_entries.entry,
    "sliderInteraction": qti_entries.slider,
}
_PLACE = "It is answered by a place in a picture. Write it as a hotspot question."
_WORDS = "It is answered by words inside a text. Write it as a fill-in or a matching."
NOT_HERE: Mapping[str, str] = {
    "extendedTextInteraction": "It is a free text, which nobody here marks.",
    "uploadInteraction": "It asks for a file, which nobody here marks.",
    "drawingInteraction": "It asks for a drawing, which nobody here marks.",
    "hotspotInteraction": _PLACE,
    "selectPointInteraction": _PLACE,
    "graphicOrderInteraction": _PLACE,
    "graphicAssociateInteraction": _PLACE,
    "graphicGapMatchInteraction": _PLACE,
    "positionObjectInteraction": _PLACE,
    "hottextInteraction": _WORDS,
    "gapMatchInteraction": _WORDS,
    "mediaInteraction": "It plays sound or film, which has no form in a question here.",
    "customInteraction": "It is an interaction of its maker's own.",
    "portableCustomInteraction": "It is a program of its maker's own, which is not run here.",
    "endAttemptInteraction": "It has a button that ends it, such as for a hint.",
}
_SILENT = {"responseDeclaration", "outcomeDeclaration", "responseProcessing", "itemBody"}
_SILENT |= {"modalFeedback", "stylesheet", "contextDeclaration"}


@dataclass(frozen=True)
class Place:
    """Where an item stands: in words, and the pictures near it by the path that it names."""

    words: str
    files: Mapping[str, bytes]
    category: str = ""
    tags: tuple[str, ...] = ()


def read(root: etree._Element, place: Place, gathering: Gathering) -> Brought:
    """An item, its names made plain already. Raises NotTakenError."""
    body = root.find("itemBody")
    if body is None:
        raise NotTakenError("It has no body.")
    if root.find("templateProcessing") is not None or root.find("templateDeclaration") is not None:
        raise NotTakenError("Its text is drawn from a template at each attempt.")
    qti_passages.put_in(root, body, place.files, gathering)
    found = [one for one in body.iter(etree.Element) if str(one.tag).endswith("Interaction")]
    kinds = list(dict.fromkeys(str(one.tag) for one in found))
    if not found:
        raise NotTakenError("It asks nothing that can be answered: it has no interaction.")
    for kind in kinds:
        if kind not in READERS:
            raise NotTakenError(
                NOT_HERE.get(kind) or f"Its interaction “{bare(kind, 40)}” is not read here."
            )
    if len(found) > 1 and kinds != ["textEntryInteraction"]:
        raise NotTakenError(f"It asks {len(found)} things in one item. Part it into several.")
    if root.get("adaptive") == "true":
        gathering.changed("It goes on after a first answer (adaptive). Here it is answered once.")
    marks = marking(root)
    feedbacks = Feedbacks(root, marks, gathering, place.files)
    parts = Parts(root, body, gathering, place.files, marks, feedbacks)
    parts.strip()
    made = READERS[kinds[0]](parts, found[0])
    if not marks.ruled:
        gathering.changed("It names no rules of marking. What it declares as right is right.")
    for element in root:
        if isinstance(element.tag, str) and element.tag not in _SILENT:
            said = bare(qti_tree.words(element), 80)
            gathering.left(f"A part called “{bare(str(element.tag), 40)}” was left out: “{said}”")
    why = feedbacks.general()
    feedbacks.tell()
    texts = [made.stem, why, made.sentence, *(o.text + o.why for o in made.options)]
    texts += [pair.left + pair.right for pair in made.pairs]
    texts += [*made.spare, *made.steps, *(b.why for b in made.blanks)]
    return replace(
        made,
        place=place.words,
        name=clipped(root.get("title") or root.get("identifier") or ""),
        why=why,
        category=place.category,
        tags=place.tags,
        pictures=gathering.used(*texts),
        notes=tuple(gathering.notes),
    )
