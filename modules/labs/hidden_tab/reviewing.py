"""What is said of a lab that was handed in: hints at first, then what each thing was."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.hidden_tab.drawing import named
from modules.labs.hidden_tab.grading import checks, true_leaks, wrong
from modules.labs.hidden_tab.releasing import verdict
from modules.labs.hidden_tab.state import State
from modules.labs.hidden_tab.viewer import view
from modules.labs.lab import Render
from modules.markup import given_html, uncited


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw a hint for each thing that did not hold; with ``told`` also what every thing was."""
    failed = [check for check in checks(state) if not check.passed]
    for part in ("report", "release"):
        hints = [state.options.hints[one.hint] for one in failed if one.key.startswith(part)]
        if hints:
            box = surface.container(key=f"again-lab-{part}", gap="small")
            box.header(words(f"lab.hidden_tab.again_{part}"), anchor=False)
            box.markdown("\n".join(f"- {render(hint)}" for hint in hints))
    if not told:
        return
    leaks = true_leaks(state)
    box = surface.expander(words("lab.hidden_tab.all_found"), icon=":material/search:")
    for one in view(state.workbook).findings:
        leak, mine = one.id in leaks, one.id in state.marks
        if leak == mine:
            mark, label = "right-yours", words("lab.hidden_tab.you_agree")
        else:
            mark, label = (
                "yours",
                words("lab.hidden_tab.you_missed" if leak else "lab.hidden_tab.you_extra"),
            )
        box.html(given_html([(named(one, words), mark, label)]))
        box.markdown(render(state.options.whys[leaks.get(one.id, "harmless")]))
    box = surface.expander(words("lab.hidden_tab.release_result"), icon=":material/table_view:")
    box.html(given_html(verdict(wrong(state), words)))
    box.markdown(words("lab.hidden_tab.model"))
