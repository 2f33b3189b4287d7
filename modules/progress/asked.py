"""What an attempt asks, slot by slot, and how its answers are found again. Pure."""

from __future__ import annotations

from modules.basics import seed_for
from modules.course.model import Module, Step
from modules.progress.papers import AGAIN
from modules.progress.sheet import Sheet, Variant
from modules.questions import Item
from modules.scenarios import Taken


def form_items(module: Module, sheet: Sheet) -> tuple[str, ...]:
    """The slots of an attempt that are asked of everybody, in order."""
    if sheet.paper:
        return tuple(slot for slot in sheet.paper if not slot.startswith(AGAIN))
    families = [(item, *module.twins(item)) for item in module.forms.get(sheet.form, ())]
    return tuple(family[(sheet.number - 1) % len(family)] for family in families)


def asked(module: Module, sheet: Sheet, slot: str, try_number: int = 1) -> Variant | None:
    """The variant in a slot. None in an attempt from before papers, where the seed picks it."""
    if tries := sheet.paper.get(slot):
        return tries[(try_number - 1) % len(tries)]
    return None


def item_of(module: Module, sheet: Sheet, slot: str, try_number: int = 1) -> Item:
    """The question in a slot as this attempt draws it.

    ``again:<item>`` asks another variant of the family, a new one at each try.
    """
    name, key, seed = drawn(module, sheet, slot, try_number)
    return module.question(name).variant(seed, key)


def drawn(module: Module, sheet: Sheet, slot: str, try_number: int = 1) -> tuple[str, str, str]:
    """What stands in a slot: the item, the key of its variant, and the seed of its order."""
    repeated = slot.startswith(AGAIN)
    seed = seed_for(sheet.seed, f"{slot}:{try_number}" if repeated else slot)
    if variant := asked(module, sheet, slot, try_number):
        return (*variant, seed)
    name = slot
    if repeated:
        missed = slot.removeprefix(AGAIN)
        others = module.twins(missed) or (missed,)
        name = others[(try_number - 1) % len(others)]
    return name, module.question(name).key_of(seed), seed


def passed_slot(step: Step) -> str:
    """The slot that says a step was left behind."""
    return f"screen:{step.id}"


def decisions(sheet: Sheet, step: Step, play: int = 1) -> tuple[Taken, ...]:
    """The decisions taken in one play of a scenario, in order; none in a play not begun."""
    taken: list[Taken] = []
    while one := sheet.answer(f"scenario:{step.id}:{len(taken) + 1}", play):
        given = one.response
        taken.append(Taken(given["node"], given["choice"], given.get("reason", "")))
    return tuple(taken)
