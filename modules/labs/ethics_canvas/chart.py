"""The card with the town's figures: bars by group, a line for the town, and who is affected."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from modules.basics import Surface, Words
from modules.labs.ethics_canvas.figures import Bar, ages, figures, town, whole
from modules.labs.ethics_canvas.options import TAKEN, Cut, Group, Proposal
from modules.labs.ethics_canvas.state import State
from modules.markup import bars_html, person_html


def named(cut: Cut, value: str) -> str:
    """What is shown for a value of a cut."""
    return cut.values.get(value, value)


def rate(proposal: Proposal, bar: Bar) -> str:
    """A figure as it is shown: whole, or with one place where it is small."""
    number = bar.rate(proposal.per)
    return f"{number:.0f}" if number >= 10 or number == 0 else f"{number:.1f}"


def bars(people: int, proposal: Proposal, cut: Cut, town: str) -> str:
    """The bars of one cut, the smallest first, and last the town's own, called ``town``."""
    cuts, per = figures(people, proposal.measure), proposal.per
    held = sorted(cuts[cut.id], key=lambda bar: bar.rate(per))
    most = max(bar.rate(per) for bar in held) or 1.0
    total = whole(cuts)
    rows = [(named(cut, bar.value), bar.rate(per) / most, rate(proposal, bar)) for bar in held]
    rows.append((town, total.rate(per) / most, rate(proposal, total)))
    return bars_html(proposal.figure, rows, town)


def figures_card(card: Surface, now: State, key: str, words: Words) -> State:
    """Draw the figures in the cut that is chosen, and the groups to pick from."""
    one, people = now.proposal, now.options.people
    cuts = {cut.id: cut for cut in one.cuts}
    chosen = card.pills(
        words("lab.ethics_canvas.cut"),
        list(cuts),
        format_func=lambda id_: cuts[id_].name if id_ in cuts else "",
        key=f"{key}/cut",
    )
    card.markdown(f"**{one.figure}**")
    if chosen in cuts:
        card.html(bars(people, one, cuts[chosen], words("lab.ethics_canvas.town")))
    else:
        total = rate(one, whole(figures(people, one.measure)))
        card.markdown(words("lab.ethics_canvas.no_cut", town=total))
    if chosen in cuts and (own := own_group(people, now.citizen, chosen)):
        card.html(person_html(words("lab.ethics_canvas.citizen", group=named(cuts[chosen], own))))
    names = {group.id: group.name for group in one.groups}
    picked = card.pills(
        words("lab.ethics_canvas.groups", n=TAKEN),
        list(names),
        selection_mode="multi",
        default=list(now.groups),
        format_func=lambda id_: names.get(id_, ""),
        key=f"{key}/groups",
    )
    groups = tuple(group for group in picked or () if group in names)
    if len(groups) > TAKEN:
        card.caption(words("lab.ethics_canvas.too_many", n=TAKEN))
    for line in picked_lines(now, groups, words):
        card.markdown(line)
    return replace(now, groups=groups)


def picked_lines(now: State, groups: tuple[str, ...], words: Words) -> list[str]:
    """For each picked group its figure beside the town's, or that it sits in the room."""
    return [_line(now, one, words) for one in now.proposal.groups if one.id in groups]


def _line(now: State, group: Group, words: Words) -> str:
    one = now.proposal
    if not group.cut:
        return words("lab.ethics_canvas.in_room", group=group.name)
    cuts = figures(now.options.people, one.measure)
    bar = next(bar for bar in cuts[group.cut] if bar.value == group.value)
    return words(
        "lab.ethics_canvas.group_is",
        group=group.name,
        n=rate(one, bar),
        town=rate(one, whole(cuts)),
    )


@lru_cache(maxsize=256)
def own_group(people: int, resident_id: str, cut: str) -> str:
    """The group of a cut that one adult is in; "" where the figures are not about her."""
    if not resident_id or cut not in ("ward", "age", "sex", "home"):
        return ""
    folk = town(people).table("residents")
    at = folk["resident_id"].tolist().index(resident_id)
    if cut == "home":
        homes = town(people).table("housing")
        place = homes["property_id"].tolist().index(folk["property_id"][at])
        return "damp" if bool(homes["damp"][place]) else "dry"
    if cut == "age":
        scores = town(people).table("ai_scores")
        return ages(int(scores["age"][scores["resident_id"].tolist().index(resident_id)]))
    return str(folk[cut][at])
