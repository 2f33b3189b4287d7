"""Cases: the same question set in other places, by words that its texts name in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from modules.basics import LAWS, Content

# A law in braces marks a paragraph and names no word.
NAME = re.compile(r"\{(?!(?:" + "|".join(LAWS) + r")\})([a-z]\w{0,31})\}")


class Case(Content):
    """One setting of a question: the words that its texts name in braces."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")
    words: Mapping[str, str]


def texts(value: Any) -> list[str]:
    """Every string in ``value``, however deep."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value
    return (
        [text for one in inner for text in texts(one)]
        if isinstance(value, Mapping | list | tuple)
        else []
    )


def filled(value: Any, words: Mapping[str, str]) -> Any:
    """``value`` with ``{name}`` replaced by its word, in every string, however deep."""
    if isinstance(value, str):
        return (
            NAME.sub(lambda found: words.get(found[1], found[0]), value) if "{" in value else value
        )
    if isinstance(value, Content):
        fields = type(value).model_fields
        told = {name: filled(getattr(value, name), words) for name in fields}
        return value.model_copy(update=told)
    if isinstance(value, Mapping):
        return {name: filled(one, words) for name, one in value.items()}
    if isinstance(value, tuple):
        return tuple(filled(one, words) for one in value)
    return value


def plain(value: Any) -> Any:
    """``value`` as a file would hold it, to be validated again."""
    if isinstance(value, Content):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value
