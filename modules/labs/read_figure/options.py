"""What the lab's files say: the lists to tag with, the headlines, and their hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from modules.basics import Content
from modules.labs.read_figure.repair import PARTS, Many, Repair, judge

TAGS = ("base", "date", "evidence", "wording")
HINTS = (*TAGS, *(f"repair-{part}" for part in PARTS))
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Named = Annotated[Mapping[Id, str], Field(min_length=2, max_length=6)]


class Headline(Content):
    """A sentence about a figure, with its right tags. ``model`` is a good repair of it.

    ``source`` is its source card: what the survey itself says; "" in a lab that tells it
    elsewhere.
    """

    id: Id
    base: str
    date: str
    evidence: str
    safe: bool
    facts: Many[str] = ()
    repair: Repair | None = None
    text: str = Field(min_length=1)
    source: str = ""
    why: str = Field(min_length=1)
    model: str | None = None

    @model_validator(mode="after")
    def _can_be_mended(self) -> Headline:
        if self.repair is None:
            return self
        if self.safe:
            raise ValueError(f"{self.id} is safe, so there is nothing to repair")
        failed = [
            part for part, passed in judge(self.repair, self.model or "").items() if not passed
        ]
        if failed:
            raise ValueError(f"the model repair of {self.id} fails its own check: {failed}")
        if all(judge(self.repair, self.text).values()):
            raise ValueError(f"{self.id} passes its own repair check unmended")
        return self


class Options(Content):
    """The lab in one language; ``bases``, ``dates`` and ``evidence`` are texts by id, in order.

    ``survey`` stands on every source card: whose figures they are, and of when.
    """

    title: str
    task: str
    aha: str = ""
    survey: str = ""
    bases: Named
    dates: Named
    evidence: Named
    headlines: Many[Headline] = Field(min_length=2, max_length=12)
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _all_named(self) -> Options:
        ids = [headline.id for headline in self.headlines]
        if len(set(ids)) < len(ids):
            raise ValueError("two headlines have the same id")
        for one in self.headlines:
            for tag, names in self.lists().items():
                if getattr(one, tag) not in names:
                    raise ValueError(f"{one.id}: there is no {tag} “{getattr(one, tag)}”")
        if missing := [hint for hint in HINTS if not self.hints.get(hint)]:
            raise ValueError(f"there is no hint for {', '.join(missing)}")
        if unknown := sorted(self.hints.keys() - set(HINTS)):
            raise ValueError(f"no check uses the hint {', '.join(unknown)}")
        return self

    def lists(self) -> dict[str, Mapping[str, str]]:
        """What can be chosen for each tag but the wording: text by id."""
        return {"base": self.bases, "date": self.dates, "evidence": self.evidence}
