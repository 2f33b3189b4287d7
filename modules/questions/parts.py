"""What types of several parts share: ids, what must differ, and a reason for each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_core import InitErrorDetails

from modules.questions.choices import sentences
from modules.questions.question import label, spoken

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


def fault(at: tuple[str | int, ...], sentence: str) -> ValidationError:
    """An error for a validator to raise that also says where, below what it validates.

    A ValueError could only name the whole, and a writer would look in the wrong file.
    """
    error = InitErrorDetails(
        type="value_error", loc=at, input=None, ctx={"error": ValueError(sentence)}
    )
    return ValidationError.from_exception_data("question", [error])


def unlike(parts: Sequence[object], field: str, what: str) -> None:
    """Raise a fault at the first part whose ``field`` another part before it has too.

    Texts are compared as they are read aloud. ``what`` names the parts: "two steps".
    """
    seen: list[object] = []
    for place, part in enumerate(parts):
        value = getattr(part, field)
        heard = spoken(value) if isinstance(value, str) else value
        if heard in seen:
            raise fault((place, field), f"{what} have the same {field}: {heard}")
        seen.append(heard)


def written(text: str) -> str:
    """``text``, or ValueError when nothing of it would be read aloud."""
    if not spoken(text):
        raise ValueError("is empty: write what the learner reads here")
    return text


def about(name: str, reason: str) -> str:
    """A reason that begins with the part that it is about, in italics; empty without a reason.

    Without a name, as in a question of one part, the reason stands alone.
    """
    if not name or not reason:
        return reason
    told = label(name)
    return f"*{told}{'' if told[-1] in '.:;?!…' else ':'}* {reason}"


def reasons(why: str, parts: Iterable[tuple[str, str, bool]]) -> str:
    """The question's reason, then those of the parts that went wrong, each named.

    ``parts`` are name, reason and whether it is right. When all are right, the question's
    reason is enough; without one, every part tells its own.
    """
    told = list(parts)
    wrong = [about(name, reason) for name, reason, right in told if not right]
    if wrong or why:
        return sentences([why, *wrong])
    return sentences(about(name, reason) for name, reason, _ in told)
