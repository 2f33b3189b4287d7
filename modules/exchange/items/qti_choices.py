"""QTI's interactions of choosing, ordering and matching, each into its kind."""

from __future__ import annotations

from lxml import etree

from modules.exchange.items.brought import Brought, Option, Pair
from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.qti_declared import Declared
from modules.exchange.items.qti_parts import Parts
from modules.exchange.items.qti_tree import drop
from modules.exchange.items.shares import settled


def choice(parts: Parts, interaction: etree._Element) -> Brought:
    """One or several of a list."""
    declared = parts.declared(interaction)
    single = declared.cardinality == "single"
    fixed = parts.fixed(interaction)
    shares = _shares(parts, declared, single)
    options = []
    for n, one in enumerate(interaction.iterfind("simpleChoice"), 1):
        name = str(one.get("identifier") or "")
        text = parts.line(one, f"Option {n}")
        worth = shares.pop(name, 0.0)
        options.append(Option(text, worth > 0, parts.feedbacks.to(declared.name, name), worth))
    _no_other(shares)
    kind, made = settled(options, single)
    return Brought(kind, "", "", parts.stem(interaction), made, fixed=fixed)


def inline_choice(parts: Parts, interaction: etree._Element) -> Brought:
    """One of a list inside the text: asked below it here."""
    declared = parts.declared(interaction)
    shares = _shares(parts, declared, True)
    options = []
    for n, one in enumerate(interaction.iterfind("inlineChoice"), 1):
        name = str(one.get("identifier") or "")
        worth = shares.pop(name, 0.0)
        text = parts.line(one, f"Option {n}")
        options.append(Option(text, worth > 0, parts.feedbacks.to(declared.name, name), worth))
    _no_other(shares)
    kind, made = settled(options, True)
    parts.gathering.changed("The choice stood inside the text. It is asked below it here.")
    for one in list(interaction):
        interaction.remove(one)
    place = etree.Element("span")
    interaction.addprevious(place)
    drop(place, "……")
    return Brought(kind, "", "", parts.stem(interaction), made)


def _shares(parts: Parts, declared: Declared, single: bool) -> dict[str, float]:
    """What each choice is worth, from -1 to 1, by its identifier."""
    marks, name = parts.marking, declared.name
    worth = {**marks.worth.get(name, {})}
    if name in marks.mapped and declared.worth:
        worth = {**declared.worth}
    elif name in marks.right or not worth:
        if not declared.right:
            raise NotTakenError("It does not say which answer is right.")
        if single and len(declared.right) > 1:
            raise NotTakenError("It declares several answers as right where one may be chosen.")
        if not single and marks.exact:
            parts.gathering.changed("It counts all or nothing. Here each right option counts.")
        part = 1.0 if single else 1 / len(declared.right)
        found = dict.fromkeys(declared.right, part)
        if single and worth:  # partial marks beside the right answer
            top = max([*worth.values(), 1.0])
            return {**{key: min(value / top, 0.99) for key, value in worth.items()}, **found}
        return found if single else _Even(found, -part)
    best = max(worth.values(), default=0.0)
    whole = best if single else sum(value for value in worth.values() if value > 0)
    if declared.upper and name in marks.mapped and not single:
        whole = declared.upper
    if whole <= 0:
        raise NotTakenError("No answer is worth anything.")
    return {key: max(-1.0, min(value / whole, 1.0)) for key, value in worth.items()}


class _Even(dict[str, float]):
    """Shares by which each wrong option takes as much away as a right one gives."""

    def __init__(self, rights: dict[str, float], wrong: float) -> None:
        super().__init__(rights)
        self.wrong = wrong

    def pop(self, key: str, *_: object) -> float:
        """The share of a choice."""
        return super().pop(key, self.wrong)


def _no_other(shares: dict[str, float]) -> None:
    if odd := [key for key, worth in shares.items() if worth > 0]:
        raise NotTakenError(f"“{bare(odd[0], 40)}” is right, but no option is called so.")


def order(parts: Parts, interaction: etree._Element) -> Brought:
    """Steps in the order that is declared right."""
    declared = parts.declared(interaction)
    texts = {
        str(one.get("identifier")): parts.line(one, f"Step {n}")
        for n, one in enumerate(interaction.iterfind("simpleChoice"), 1)
    }
    if sorted(declared.right) != sorted(texts) or len(texts) < 2:
        raise NotTakenError(
            f"{len(declared.right)} of its {len(texts)} steps stand in the right order; all must."
        )
    if empty := [name for name, text in texts.items() if not text]:
        raise NotTakenError(f"The step “{bare(empty[0], 40)}” has no text.")
    steps = tuple(texts[name] for name in declared.right)
    return Brought("ordering", "", "", parts.stem(interaction), steps=steps)


def match(parts: Parts, interaction: etree._Element) -> Brought:
    """Two columns."""
    declared = parts.declared(interaction)
    sets = interaction.findall("simpleMatchSet")
    if len(sets) != 2:
        raise NotTakenError("It needs two columns.")
    columns = [_column(parts, one) for one in sets]
    found = _pairs(parts, declared)
    if any(one not in columns[0] or other not in columns[1] for one, other in found):
        raise NotTakenError("A right pair names something that is in neither column.")
    lefts, rights = [one for one, _ in found], [other for _, other in found]
    fits = len(set(lefts)) == len(lefts) and len(lefts) == len(columns[0])
    if not fits and len(set(rights)) == len(rights) and len(rights) == len(columns[1]):
        columns.reverse()
        found = [(other, one) for one, other in found]
        parts.gathering.changed("Its columns changed sides, so that each left has one right.")
    elif not fits:
        raise NotTakenError("Something belongs to several, or to nothing, in both of its columns.")
    return _matched(parts, interaction, columns[0], columns[1], found)


def associate(parts: Parts, interaction: etree._Element) -> Brought:
    """Pairs out of one list: two columns here."""
    declared = parts.declared(interaction)
    column = _column(parts, interaction)
    found = _pairs(parts, declared)
    ends = [end for pair in found for end in pair]
    if len(set(ends)) < len(ends) or not set(ends) <= set(column):
        raise NotTakenError("Something in it belongs to several things.")
    parts.gathering.changed("Its pairs come out of one list. Here they stand in two columns.")
    lefts = {one: column.pop(one) for one, _ in found}
    return _matched(parts, interaction, lefts, column, found)


def _column(parts: Parts, element: etree._Element) -> dict[str, str]:
    made = {}
    for n, one in enumerate(element.iterfind("simpleAssociableChoice"), 1):
        made[str(one.get("identifier"))] = text = parts.line(one, f"Entry {n}")
        if not text:
            raise NotTakenError(f"Entry {n} of a column has no text.")
    return made


def _pairs(parts: Parts, declared: Declared) -> list[tuple[str, str]]:
    """The right pairs, from what is declared right or else from the worth of each."""
    written = declared.right
    if declared.name in parts.marking.mapped and declared.worth:
        good = {key: worth for key, worth in declared.worth.items() if worth > 0}
        written = written or tuple(good)
        if set(good) != set(written):
            raise NotTakenError("What it declares as right is not what is worth marks.")
        if len({*good.values()}) > 1 or any(worth < 0 for worth in declared.worth.values()):
            parts.gathering.changed("Its pairs have different weights. Here they count the same.")
    found = [tuple(value.split()) for value in written]
    if not found or any(len(pair) != 2 for pair in found):
        raise NotTakenError("It does not say which pairs are right.")
    return [(pair[0], pair[1]) for pair in found]


def _matched(
    parts: Parts,
    interaction: etree._Element,
    lefts: dict[str, str],
    rights: dict[str, str],
    found: list[tuple[str, str]],
) -> Brought:
    belongs = dict(found)
    pairs = tuple(Pair(text, rights[belongs[name]]) for name, text in lefts.items())
    spare = tuple(text for name, text in rights.items() if name not in belongs.values())
    return Brought("matching", "", "", parts.stem(interaction), pairs=pairs, spare=spare)
