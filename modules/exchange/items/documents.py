"""Documents that become drafts of lessons: one door, as `formats` is for questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from modules.basics import BadInput
from modules.exchange.items import powerpoint, word
from modules.exchange.items.brought import Brought, Refused
from modules.exchange.items.ours import fitted
from modules.exchange.items.pages import Pages


@dataclass(frozen=True)
class Document:
    """A format of documents: how a file of it is told from others, and how it is read."""

    name: str
    title: str
    extension: str
    looks: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Pages]


DOCUMENTS: dict[str, Document] = {
    one.name: one
    for one in (
        Document("word", "Word (.docx)", ".docx", word.looks, word.read),
        Document("powerpoint", "PowerPoint (.pptx)", ".pptx", powerpoint.looks, powerpoint.read),
    )
}


def read(data: bytes, name: str) -> Pages:
    """A document's screens, and the questions in it that our form can hold. Raises BadInput."""
    if not data:
        raise BadInput("The file is empty.")
    if found := one_of(data, name):
        return _fitted(found.read(data, name))
    endings = " or ".join(one.extension for one in DOCUMENTS.values())
    raise BadInput(f"This is no document that is known here. Bring {endings}.")


def one_of(data: bytes, name: str) -> Document | None:
    """The format of a document, by its content and else its name; None for what is none."""
    fits = [one for one in DOCUMENTS.values() if one.looks(data, name)]
    fits += [one for one in DOCUMENTS.values() if name.casefold().endswith(one.extension)]
    return fits[0] if fits else None


def _fitted(pages: Pages) -> Pages:
    items, refused = list[Brought](), list[Refused](pages.questions.refused)
    for item in pages.questions.items:
        one = fitted(item)
        if isinstance(one, Refused):
            refused.append(one)
        else:
            items.append(one)
    bank = replace(pages.questions, items=tuple(items), refused=tuple(refused))
    return replace(pages, questions=bank)
