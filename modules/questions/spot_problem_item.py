"""One data set as it is drawn and graded: a kind of problem is chosen for each row, or none."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from modules.basics import BadInput, Grade, Surface, Words
from modules.markup import given_html, table_html
from modules.questions.choices import sentences
from modules.questions.document_text import literal_text, shortened
from modules.questions.parts import about
from modules.questions.question import Feedback, Response, label, only, spoken

if TYPE_CHECKING:
    from modules.questions.spot_problem import Row, SpotProblem


@dataclass(frozen=True)
class SpotProblemItem:
    """A data set with the rows of one attempt, in its order."""

    question: SpotProblem
    rows: tuple[Row, ...]

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the data as a table and, below it, a list of problems for each row."""
        box = surface.container(gap="small")
        self._table(box, words)
        box.markdown(words("question.rows_ask"))
        drafted = draft.get("marks")
        begun = drafted if isinstance(drafted, Mapping) else {}
        names = {"": words("question.row_fine")}
        names |= {kind.id: label(kind.text) for kind in self.question.problems}
        ids = list(names)
        grid = box.grid(2, min_column_width=240, vertical_alignment="bottom")
        marks = {}
        for number, row in enumerate(self.rows, 1):
            before = begun.get(row.id)
            chosen = grid.selectbox(
                f"{words('question.row')} {number}: {shortened(self._whole(row))}",
                ids,
                index=ids.index(before) if isinstance(before, str) and before in ids else 0,
                format_func=lambda chosen: names.get(chosen, ""),
                filter_mode=None,
                key=f"{key}/{row.id}",
            )
            if chosen and chosen in names:
                marks[row.id] = chosen
        return {"marks": dict(sorted(marks.items()))} if marks else None

    def complete(self, response: Response) -> bool:
        """One mark is enough to be sent."""
        return bool(response.get("marks"))

    def _table(self, surface: Surface, words: Words) -> None:
        question = self.question
        heads = [spoken(heading) for heading in question.columns.values()]
        rows = [
            [
                f"{words('question.row')} {number}",
                *(literal_text(row.cells[column]) for column in question.columns),
            ]
            for number, row in enumerate(self.rows, 1)
        ]
        surface.html(table_html(spoken(question.title), ["", *heads], rows, hidden_caption=False))

    def _first(self, row: Row) -> str:
        """What the row is known by: its first cell that is not empty."""
        cells = (literal_text(row.cells[column]) for column in self.question.columns)
        return next((cell for cell in cells if cell), "")

    def _whole(self, row: Row) -> str:
        """All cells, so that who chooses need not look back to the table."""
        cells = (literal_text(row.cells[column]) for column in self.question.columns)
        return " · ".join(cell for cell in cells if cell)

    def _marks(self, response: Response) -> dict[str, str]:
        marks = only(response, "marks")
        if not isinstance(marks, Mapping) or not marks:
            raise BadInput("Mark at least one row.")
        rows = {row.id for row in self.rows}
        kinds = {kind.id for kind in self.question.problems}
        for row, kind in marks.items():
            if row not in rows or not isinstance(kind, str) or kind not in kinds:
                raise BadInput("This answer names a row or a problem that is not offered.")
        return dict(marks)

    def grade(self, response: Response) -> Grade:
        """(rightly marked − wrongly marked) ÷ rows with a problem, never below 0.

        A row with a problem counts half when another kind is named. Tags are those of every
        row that was taken wrongly, in written order.
        """
        marks = self._marks(response)
        wrong = [row for row in self.rows if row.problem]
        points = sum(
            1.0 if marks[row.id] == row.problem else 0.5 for row in wrong if row.id in marks
        )
        extra = sum(not row.problem and row.id in marks for row in self.rows)
        off = {row.id for row in self.rows if marks.get(row.id, "") != row.problem}
        tags = dict.fromkeys(row.tag for row in self.question.rows if row.id in off and row.tag)
        score = max(0.0, (points - extra) / len(wrong))
        return Grade(score, not off, tuple(tags), self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """The data again, then each row that has a problem or was marked, in words."""
        marks = self._marks(response)
        self._table(surface, words)
        kinds = {kind.id: spoken(kind.text) for kind in self.question.problems}
        listed = []
        for number, row in enumerate(self.rows, 1):
            mine = marks.get(row.id, "")
            name = f"{words('question.row')} {number}, {self._first(row)}: "
            if mine and mine == row.problem:
                told = words("question.right_and_yours")
                listed.append((name + kinds[mine], "right-yours", told))
                continue
            if mine:
                listed.append((name + kinds[mine], "yours", words("question.your_answer")))
            if mine or row.problem:
                right = kinds.get(row.problem) or words("question.row_fine")
                listed.append((name + right, "right", words("question.right_answer")))
        surface.html(given_html(listed))

    def feedback(self, response: Response) -> Feedback:
        """The question's reason and those of rows missed; why each wrong mark tempts.

        A sound row that was marked has its own reason, a wrong kind that kind's.
        """
        marks = self._marks(response)
        wrong = [row for row in self.rows if row.problem]
        missed = [row for row in wrong if marks.get(row.id) != row.problem]
        reasons = sentences(about(self._first(row), row.why) for row in missed or wrong)
        both = (self.question.why, reasons) if missed else (self.question.why or reasons,)
        kinds = {kind.id: about(kind.text, kind.why) for kind in self.question.problems}
        sound = (row for row in self.rows if row.id in marks and not row.problem)
        tempts = [about(self._first(row), row.why) for row in sound]
        tempts += [kinds[marks[row.id]] for row in missed if row.id in marks]
        return Feedback(sentences(both), tuple(dict.fromkeys(why for why in tempts if why)))

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """Every problem named, and the same with a sound row marked and perhaps some missing."""
        right = {row.id: row.problem for row in self.rows if row.problem}
        sound = rng.choice([row.id for row in self.rows if not row.problem])
        kept = rng.sample(sorted(right), rng.randint(0, len(right)))
        wrong = {row: right[row] for row in kept} | {sound: self.question.problems[0].id}
        return {"marks": right}, {"marks": wrong}

    def plain(self, response: Response) -> str:
        """Each marked row by its first cell, and the problem named."""
        marks = self._marks(response)
        kinds = {kind.id: spoken(kind.text) for kind in self.question.problems}
        told = ((self._first(row), marks.get(row.id, "")) for row in self.rows)
        return "; ".join(f"{name}: {kinds[kind]}" for name, kind in told if kind)
