"""The lab as a script: a rough reader of sentences about figures, independent of the grader."""

from __future__ import annotations

from modules.labs.read_figure.state import State
from modules.markup import uncited

_SCRIPT = '''"""Read the figure: what does each sentence tell a reader?  Needs nothing but Python.

It only looks for words. Whether they are true, the source card tells and no script.
"""
import re

# %% The headlines, and what you wrote to mend them
SENTENCES = [
{sentences}
]

# %% What a reader needs, as patterns
TELLS = {{
    "a figure": r"\\d+ ?%|\\d+ per cent",
    "who was asked": r"organi[sz]ations|respondents|public bodies|agencies",
    "when": r"\\b(19|20)\\d\\d\\b",
    "that they said so": r"\\b(said|report\\w*|answered|stated)\\b",
}}
CLAIMS = {{
    "a cause": r"because|thanks to|led to|\\bma(de|kes?)\\b|boost\\w*",
    "people, not bodies": r"(% of|all|every) (public )?(employees|staff|people|workers)",
}}

# %% Each sentence, read
for sentence in SENTENCES:
    missing = [what for what, words in TELLS.items() if not re.search(words, sentence, re.I)]
    claimed = [what for what, words in CLAIMS.items() if re.search(words, sentence, re.I)]
    print(sentence)
    print("   does not tell:", ", ".join(missing) or "nothing is missing")
    print("   look closely, it may claim:", ", ".join(claimed) or "nothing more")
'''


def script(state: State) -> str:
    """A script over the headlines in the learner's order, and over her own sentences."""
    said = [uncited(one.text) for one in state.in_order()]
    said += [mine for one in state.in_order() if (mine := state.marks[one.id].repair.strip())]
    return _SCRIPT.format(sentences="\n".join(f"    {sentence!r}," for sentence in said))
