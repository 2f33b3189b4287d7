"""One item while it is written: what the format cannot carry of it is told beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from modules.exchange.items.brought import Bank, Brought, Note, Pair, Refused
from modules.exchange.items.escaping import line
from modules.exchange.items.gathering import NotTakenError
from modules.exchange.items.rendering import words


@dataclass
class Sending:
    """An item on its way out; ``notes`` begin with what it brought along."""

    item: Brought
    format: str
    notes: list[Note] = field(default_factory=list)

    def left(self, what: str) -> None:
        """Tell that a part stays behind."""
        self._tell(Note("left", f"{what} ({self.format} has no place for it)."))

    def changed(self, sentence: str) -> None:
        """Tell that a part was made to fit."""
        self._tell(Note("changed", sentence))

    def _tell(self, note: Note) -> None:
        if note not in self.notes:
            self.notes.append(note)


def sent(
    bank: Bank, format: str, write: Callable[[Sending], str]
) -> tuple[list[tuple[Brought, str]], Bank]:
    """Each item that can be written, with its text, and the bank with what became of all."""
    written, refused = list[tuple[Brought, str]](), list(bank.refused)
    for item in bank.items:
        sending = Sending(item, format, list(item.notes))
        try:
            text = write(sending)
        except NotTakenError as error:
            refused.append(Refused(item.place, item.name, words(item.stem)[:120], str(error)))
        else:
            written.append((replace(item, notes=tuple(sending.notes)), text))
    kept = {name for item, _ in written for name in item.pictures}
    pictures = {name: data for name, data in bank.pictures.items() if name in kept}
    items = tuple(item for item, _ in written)
    return written, replace(
        bank, format=format, items=items, refused=tuple(refused), pictures=pictures
    )


def shares(item: Brought) -> tuple[float, ...]:
    """What each option is worth, from -1 to 1: as the item says, or as ours count.

    In ours each right option of several counts the same, and a wrong one takes as much away.
    """
    part = 1 / max(1, sum(option.right for option in item.options))
    several = item.kind == "multiple_choice"
    ours = (part, -part) if several else (1.0, 0.0)
    return tuple(
        option.share if option.share is not None else ours[0 if option.right else 1]
        for option in item.options
    )


def worded(item: Brought, change: Callable[[str], str]) -> Brought:
    """The item with each of its Markdown texts changed."""
    return replace(
        item,
        stem=change(item.stem),
        why=change(item.why),
        sentence=change(item.sentence),
        options=tuple(replace(o, text=change(o.text), why=change(o.why)) for o in item.options),
        pairs=tuple(Pair(change(p.left), change(p.right), change(p.why)) for p in item.pairs),
        spare=tuple(map(change, item.spare)),
        steps=tuple(map(change, item.steps)),
        number=item.number and replace(item.number, why=change(item.number.why)),
        blanks=tuple(
            replace(b, why=change(b.why), wrong={t: change(why) for t, why in b.wrong.items()})
            for b in item.blanks
        ),
    )


def number(value: float) -> str:
    """A number in digits, without an exponent, which not every reader knows."""
    from decimal import Decimal

    text = f"{Decimal(repr(float(value))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_reasons_joined(sending: Sending) -> Brought:
    """A matching whose pairs have no reasons of their own: they follow the one for everybody."""
    item = sending.item
    told = [f"{line(words(pair.left))}: {pair.why}" for pair in item.pairs if pair.why.strip()]
    if not told:
        return item
    sending.changed(f"The reasons of its pairs are joined into one: {sending.format} has no other.")
    why = "\n\n".join(filter(None, [item.why, *told]))
    pairs = tuple(replace(pair, why="") for pair in item.pairs)
    return replace(item, why=why, pairs=pairs)
