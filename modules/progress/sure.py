"""Sure but wrong: the one definition, for feedback, for reviews and for the learner's picture."""

from __future__ import annotations

from modules.progress.marking import CONFIDENCE, certainty
from modules.progress.sheet import Answer

SURE = CONFIDENCE.index("fairly")


def sure_but_wrong(answer: Answer, options: int) -> bool:
    """Whether a wrong answer was given at least fairly sure.

    ``options`` is how many there were to choose from, as in `certainty`. What is stored is a
    number above that chance level, so it is read back as the word it is nearest to.
    """
    if answer.correct is not False or answer.confidence is None:
        return False
    steps = [abs(answer.confidence - (certainty(word, options) or 0.0)) for word in CONFIDENCE]
    return steps.index(min(steps)) >= SURE
