"""The places in a story's letters where the learner's own citizen is named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from modules.markup import literal

FIELDS: tuple[str, ...] = ("first", "last", "name", "age", "address", "ward", "postcode")
FIELDS += ("child", "school", "benefit", "clinic")
"""What a text may say of her: ``{citizen.first}``, and so on."""
PLACE = re.compile(r"\{citizen\.([^{}]*)\}")
INSTEAD = "…"


def filled(text: str, whom: Mapping[str, str]) -> str:
    """``text`` with her details in it, as Markdown that shows them literally.

    A detail that ``whom`` lacks becomes an ellipsis: a letter never shows braces.
    """
    return PLACE.sub(lambda found: literal(whom.get(found[1], INSTEAD)), text)


def unknown(text: str) -> tuple[str, ...]:
    """The places in ``text`` that nothing can fill, as they are written."""
    return tuple(found[0] for found in PLACE.finditer(text) if found[1] not in FIELDS)
