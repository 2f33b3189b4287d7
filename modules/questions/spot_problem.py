"""Spot the problem: mark the rows of a small data set that are wrong, and say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from modules.basics import Content
from modules.questions.document_text import Text
from modules.questions.joining import join
from modules.questions.parts import Id, fault, unlike
from modules.questions.question import Many, Question, shuffled, spoken
from modules.questions.spot_problem_item import SpotProblemItem


class Kind(Content):
    """One thing that can be wrong with a row; ``why`` says how to tell it."""

    id: Id
    text: Text
    why: str = ""


class Row(Content):
    """One record of invented data, its cells by column.

    ``tag`` names the misconception shown by taking it wrongly. ``beside`` is a sound row that is
    always drawn with this one, such as the first of two that are the same.
    """

    id: Id
    cells: Mapping[str, str]
    problem: str = ""
    tag: str = ""
    beside: str = ""
    why: str = ""


class SpotProblem(Question):
    """Some rows have a problem, at least one has none. Response: ``{"marks": {"r2": "kind"}}``.

    Rows that the response does not name are taken to be fine. ``show`` is how many rows a learner
    meets and ``bad`` how many of them have a problem; the seed picks which.
    """

    VERSION: ClassVar[int] = 1
    SECONDS: ClassVar[int] = 75
    TEXT: ClassVar[frozenset[str]] = frozenset(
        {"stem", "source", "why", "title", "problems", "rows", "text"}
    )

    kind: Literal["spot_problem"]
    title: Text
    columns: Mapping[str, Text] = Field(min_length=2, max_length=6)
    problems: Many[Kind] = Field(min_length=1, max_length=6)
    rows: Many[Row] = Field(min_length=2, max_length=40)
    show: int | None = None
    bad: int | None = None
    shuffle: bool = True

    @field_validator("columns")
    @classmethod
    def _columns_are_headed(cls, columns: Mapping[str, str]) -> Mapping[str, str]:
        for id_, heading in columns.items():
            if [spoken(other) for other in columns.values()].count(spoken(heading)) > 1:
                raise fault((id_,), f"two columns have the same heading: {heading}")
        return columns

    @field_validator("problems")
    @classmethod
    def _problems_differ(cls, problems: tuple[Kind, ...]) -> tuple[Kind, ...]:
        unlike(problems, "id", "two problems")
        unlike(problems, "text", "two problems")
        return problems

    @field_validator("rows")
    @classmethod
    def _rows_fit(cls, rows: tuple[Row, ...], info: ValidationInfo) -> tuple[Row, ...]:
        unlike(rows, "id", "two rows")
        columns = info.data.get("columns", {})
        kinds = {kind.id for kind in info.data.get("problems", ())}
        sound = {row.id for row in rows if not row.problem}
        for place, row in enumerate(rows):
            if columns and (odd := sorted(row.cells.keys() ^ columns.keys())):
                raise fault((place, "cells"), f"the row and the columns differ in {', '.join(odd)}")
            if kinds and row.problem and row.problem not in kinds:
                raise fault((place, "problem"), f"there is no problem called {row.problem}")
            if row.beside and (row.beside not in sound or not row.problem):
                sentence = (
                    "only a row with a problem is drawn beside another, and beside a fine one"
                )
                raise fault((place, "beside"), sentence)
        if not 0 < len(sound) < len(rows):
            raise ValueError(
                f"{len(rows) - len(sound)} of {len(rows)} rows have a problem: there must be at "
                "least one, and at least one that is fine"
            )
        return rows

    @model_validator(mode="after")
    def _can_be_drawn(self) -> SpotProblem:
        wrong = [row for row in self.rows if row.problem]
        bad = len(wrong) if self.bad is None else self.bad
        shown = len(self.rows) - len(wrong) + bad if self.show is None else self.show
        if not 0 < bad <= len(wrong):
            raise ValueError(f"“bad” is {bad}, but {len(wrong)} rows have a problem")
        least = max(1, len({row.beside for row in wrong if row.beside}))
        most = len(self.rows) - len(wrong)
        if not least <= shown - bad <= most:
            raise ValueError(
                f"“show” is {shown}: {bad} with a problem leave {shown - bad} that are fine, but "
                f"there can be {least} to {most} of those"
            )
        return self

    def _item(self, seed: str) -> SpotProblemItem:
        """The rows that ``seed`` picks, in its order unless ``shuffle`` is false."""
        wrong = [row for row in self.rows if row.problem]
        sound = [row for row in self.rows if not row.problem]
        wrong = list(shuffled(wrong, f"{seed}/bad")[: self.bad])
        needed = {row.beside for row in wrong}
        first = sorted(shuffled(sound, f"{seed}/fine"), key=lambda row: row.id not in needed)
        drawn = {row.id for row in wrong}
        drawn |= {row.id for row in first[: None if self.show is None else self.show - len(wrong)]}
        rows = shuffled(self.rows, seed) if self.shuffle else self.rows
        return SpotProblemItem(self, tuple(row for row in rows if row.id in drawn))

    @classmethod
    def merge(cls, structure: Mapping[str, Any], text: Mapping[str, Any]) -> dict[str, Any]:
        """As in other types; the columns, listed by id, get their headings: ``{id: heading}``."""
        ids, heads = structure.get("columns", []), text.get("columns", {})
        if spare := sorted(map(str, heads.keys() - set(ids))):
            raise ValueError(f"columns: there is text for unknown {spare}")
        rest = {field: value for field, value in text.items() if field != "columns"}
        return join(structure, rest, cls.TEXT) | {"columns": {id_: heads.get(id_) for id_ in ids}}
