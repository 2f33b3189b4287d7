"""Forms and the reserve: who asks which item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from modules.course import model
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts

SIZES = {"pre-test": 3, "check": 6, "delayed check": 3}
FORMS = ("pre", "check")
# Forms A, B and C and a test-out, each with a variant of its own; a critical item that is missed
# on each of the three forms is asked again on yet another one.
FRESH, FRESH_CRITICAL = 4, 7


def forms(parts: Parts) -> None:
    """One check of six, for every objective; a pre-test and delayed checks of three."""
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
            if step.form in names or step.form not in FORMS:
                sentence = f"Found the form “{step.form}”; expected “pre” or “check”, each once."
                reader.wrong(document, (*at[:-1], "form"), f"{sentence} Correct or remove it.")
            names.add(step.form)
            if step.form == "check":
                _check_form(parts, document, at, step.items)
                _fresh(parts, step.items)
            if step.form == "pre":
                _sized(parts, document, at, step.items, "pre-test")
                _matched(parts, document, at, step.items)
    if "check" not in names:
        sentence = f"Found no form “check”; expected one, of {SIZES['check']} items. Add a step."
        reader.wrong(document, ("sittings",), sentence)
    for name, items in head.delayed.items():
        _delayed(parts, document, asked, name, items)
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


def _sized(parts: Parts, document: Document, at: At, items: tuple[str, ...], what: str) -> None:
    if len(items) != SIZES[what]:
        sentence = f"Found {len(items)} items; a {what} has {SIZES[what]}. Add or remove some."
        parts.standard(document, at, sentence)


def _check_form(parts: Parts, document: Document, at: At, items: tuple[str, ...]) -> None:
    _sized(parts, document, at, items, "check")
    families = Counter(parts.items.get(id, {}).get("family") for id in items)
    for family, times in families.items():
        if family and times > 1:
            sentence = (
                f"{times} items are of the family {family}: a check asks each idea once. "
                "Take another item."
            )
            parts.standard(document, at, sentence)
    critical = [id for id in items if parts.items.get(id, {}).get("critical") is True]
    if not critical:
        sentence = (
            "No item of the check is critical. Mark this one, or another that nobody may miss."
        )
        first = next((one for one in items if one in parts.items), "")
        # Told where it is marked: at the first question of the check.
        if parts.structure and first:
            parts.standard(parts.structure, (first, "critical"), sentence)
        else:
            parts.standard(document, at, sentence)
    judged = {parts.items.get(id, {}).get("objective") for id in items}
    for objective in parts.head.objectives if parts.head else ():
        if objective not in judged:
            sentence = (
                f"No item of the check asks for {objective}, so nobody could meet it. "
                "Put one of its items there."
            )
            parts.standard(document, at, sentence)


def _delayed(
    parts: Parts, document: Document, asked: dict[str, str], name: str, items: tuple[str, ...]
) -> None:
    """Three items kept for months later, met nowhere before."""
    reader, at = parts.reader, ("delayed", name)
    _sized(parts, document, at, items, "delayed check")
    for item in items:
        if item not in parts.items and parts.structure:
            sentence = f"{item} is not in questions.yaml. Correct the id, or write the item."
            reader.wrong(document, at, sentence)
        if item in asked:
            sentence = f"{item} is already in {asked[item]}. Keep an item for the delayed check."
            reader.wrong(document, at, sentence)
        asked[item] = f"the delayed check “{name}”"


def _matched(parts: Parts, document: Document, at: At, items: tuple[str, ...]) -> None:
    """Gain compares each pre-question with an item of the check of the same blueprint."""
    head, reader = parts.head, parts.reader
    if not head:
        return
    steps = [step for sitting in head.sittings for step in sitting.steps]
    check = {
        id
        for step in steps
        if step.kind == "questions" and step.form == "check"
        for id in step.items
    }
    missing = [item for item in items if item not in head.matched]
    if missing and check:
        sentence = (
            f"{', '.join(missing)} is matched with no item of the check, so no gain can be "
            "measured. Name one under “matched”."
        )
        reader.wrong(document, at, sentence, stops=False)
    for pre, post in head.matched.items():
        here: At = ("matched", pre)
        if pre not in items or post not in check:
            sentence = f"Found {pre}: {post}; expected a pre-question and an item of the check."
            reader.wrong(document, here, f"{sentence} Correct the ids.")
            continue
        one, other = (parts.items.get(id, {}) for id in (pre, post))
        for field in ("objective", "difficulty"):
            if one.get(field) != other.get(field):
                sentence = (
                    f"{pre} has {field} {one.get(field)} and {post} {other.get(field)}; matched "
                    "items share both objective and difficulty. Match another one."
                )
                parts.standard(document, here, sentence)


def _fresh(parts: Parts, items: tuple[str, ...]) -> None:
    """Advice on families too small for everybody to meet each variant once."""
    kept = {id for some in parts.head.delayed.values() for id in some} if parts.head else set()
    places = {
        entry.get("id"): index
        for index, entry in enumerate(parts.structure.data if parts.structure else ())
        if isinstance(entry, Mapping)
    }
    for item in items:
        family = parts.items.get(item, {}).get("family")
        members = [
            id
            for id, entry in parts.items.items()
            if id == item or (family and entry.get("family") == family and id not in kept)
        ]
        if item not in places or any(id not in parts.questions for id in members):
            continue
        variants = sum(len(parts.questions[id].variants()) for id in members)
        wanted = FRESH_CRITICAL if parts.items[item].get("critical") is True else FRESH
        if variants < wanted and parts.structure:
            sentence = (
                f"{item} and its family have {variants} variants; {wanted} are needed so that "
                "nobody meets one twice. Write items with that family, or give some cases."
            )
            # A critical item that is missed is asked on another variant: there must be one.
            stops = wanted == FRESH_CRITICAL and variants < 2 and not parts.own
            parts.reader.wrong(parts.structure, (places[item],), sentence, stops=stops)
