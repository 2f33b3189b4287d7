"""The types of question. To add one, write its file and name it in OWN, or ship it in a package.

An installed package adds a type with an entry point in the group ``steward.questions`` whose
object is the question class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from importlib.metadata import entry_points
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import Field, TypeAdapter

from modules.basics import StewardError
from modules.questions.fill_in import FillIn
from modules.questions.hotspot import Hotspot
from modules.questions.judgement import Judgement
from modules.questions.matching import Matching
from modules.questions.multiple_choice import MultipleChoice
from modules.questions.numeric import Numeric
from modules.questions.ordering import Ordering
from modules.questions.question import Feedback, Item, Question, spoken
from modules.questions.redaction import Redaction
from modules.questions.single_choice import SingleChoice
from modules.questions.spot_problem import SpotProblem

__all__ = [
    "QUESTION_TYPES",
    "VERSIONS",
    "AnyQuestion",
    "Feedback",
    "FillIn",
    "Hotspot",
    "Item",
    "Judgement",
    "Matching",
    "MultipleChoice",
    "Numeric",
    "Ordering",
    "Question",
    "Redaction",
    "SingleChoice",
    "SpotProblem",
    "by_kind",
    "read_question",
    "spoken",
]

GROUP = "steward.questions"
OWN: tuple[type[Question], ...] = (
    SingleChoice,
    MultipleChoice,
    Numeric,
    Ordering,
    Matching,
    FillIn,
    Hotspot,
    Redaction,
    SpotProblem,
    Judgement,
)


def kind_of(type_: type[Question]) -> str:
    """The one value that a type's ``kind`` field allows."""
    return str(get_args(type_.model_fields["kind"].annotation)[0])


def by_kind(types: Iterable[type[Question]]) -> dict[str, type[Question]]:
    """Types by kind. Two of one kind raise StewardError: answers would be graded by luck."""
    found: dict[str, type[Question]] = {}
    for type_ in types:
        if kind_of(type_) in found:
            raise StewardError(f"two question types are called “{kind_of(type_)}”")
        found[kind_of(type_)] = type_
    return found


QUESTION_TYPES = by_kind([*OWN, *(point.load() for point in entry_points(group=GROUP))])
VERSIONS = {kind: type_.VERSION for kind, type_ in QUESTION_TYPES.items()}

if TYPE_CHECKING:
    AnyQuestion = (
        SingleChoice
        | MultipleChoice
        | Numeric
        | Ordering
        | Matching
        | FillIn
        | Hotspot
        | Redaction
        | SpotProblem
        | Judgement
    )
else:
    AnyQuestion = Annotated[reduce(or_, QUESTION_TYPES.values()), Field(discriminator="kind")]

_READER: TypeAdapter[Question] = TypeAdapter(AnyQuestion)


def read_question(structure: Mapping[str, Any], text: Mapping[str, Any]) -> Question:
    """A question from its structure and one language's text.

    Raises ValueError (pydantic's for fields) in words for a trainer.
    """
    type_ = QUESTION_TYPES.get(str(structure.get("kind")))
    if type_ is None:
        raise ValueError(f"kind is none of {', '.join(QUESTION_TYPES)}")
    return type_.model_validate(type_.merge(structure, text))
