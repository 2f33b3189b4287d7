"""What the survey’s figure means here: a sentence of its own, and the form to define it."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.manage.seen import Statistics


def sentence(found: Statistics, say: Words) -> str:
    """Whether this body counts as having trained, by which definition; how many departments do.

    Of departments only those that are shown are counted, so it says nothing that is hidden.
    """
    key = {True: "counts", False: "not_yet", None: "unknown"}[found.counts]
    text = say(f"organisation.survey_{key}", share=f"{found.trained_from:.0%}")
    if found.departments is None:
        return text
    departments = say(
        "organisation.departments", there=found.departments.there, of=found.departments.shown
    )
    return f"{text} {departments}"


def definition(surface: Surface, found: Statistics, say: Words) -> tuple[float, float] | None:
    """What the survey's figure means here, and the form to define it.

    Gives the new shares (trained from, target; 0 to 1) when the form is sent. The survey counts
    organisations, we count people: so it stands in a sentence, and never in a chart or a sum.
    """
    box = surface.container(key="band-definition", gap="small")
    box.markdown(sentence(found, say))
    # A new key closes it once the new definition stands in the sentence above.
    closing = f"organisation/define/{found.trained_from}/{found.target}"
    form = box.popover(say("organisation.define"), key=closing).form(
        "organisation/define/form", border=False
    )
    given = [
        form.number_input(
            say(f"organisation.{name}"),
            min_value=1,
            max_value=100,
            value=round(100 * now),
            key=f"organisation/define/{name}",
        )
        for name, now in (("trained_from", found.trained_from), ("target", found.target))
    ]
    form.caption(say("organisation.define_note"))
    sent = form.form_submit_button(say("organisation.save"), key="organisation/define/save")
    return (given[0] / 100, given[1] / 100) if sent else None
