"""Lines as marks: each with its words, as charts, tables and downloads take them. Pure."""

from __future__ import annotations

from modules import courses
from modules.basics import Words
from modules.charts import Mark
from modules.manage import wording
from modules.manage.forecast import Ahead, Month, Outlook, outlook
from modules.manage.panels import MEASURED, Figure, Line
from modules.progress.measures import wilson

UNITS = ("month", "unit", "grid", "module")


def marks(figure: Figure, target: float, least: int, words: Words) -> tuple[Mark, ...]:
    """A figure's lines with their words; a trend goes on with the months ahead."""
    found = tuple(_mark(figure, line, target, least, words) for line in figure.lines)
    if figure.panel.by != "month":
        return found
    return found + tuple(_coming(one, words) for one in heading(figure, target).points)


def heading(figure: Figure, target: float) -> Outlook:
    """Where a trend is heading, from its shown months alone."""
    shown = [
        Month(line.on, line.people, line.value)
        for line in figure.lines
        if line.people and line.value is not None
    ]
    return outlook(shown, target)


def names(figure: Figure, line: Line, words: Words) -> tuple[str, str]:
    """What a line is called: in full, and short for an axis."""
    by = figure.panel.by
    if by in ("month", "grid"):
        return wording.month(words, line.on), wording.short_month(words, line.on)
    if by == "ahead":
        told = wording.months(words, line.first or line.on, line.on)
        return told, told
    if by == "module":
        title = courses.title(line.name)
        return title, title
    if by in ("family", "path", "cohort"):
        told = wording.category(words, by, line.name)
        return told, told
    if by == "skill":
        told = words(f"manage.moment.{line.name}")
        return told, told
    return line.name, line.name


def full(figure: Figure, line: Line, words: Words) -> str:
    """A line by its whole name, its heading too."""
    name, _ = names(figure, line, words)
    if figure.panel.by == "grid":
        return f"{line.name}, {name}"
    return f"{line.under} {name}" if figure.panel.by == "skill" else name


def _mark(figure: Figure, line: Line, target: float, least: int, words: Words) -> Mark:
    by = figure.panel.by
    name, label = names(figure, line, words)
    if line.share is None or line.value is None or line.people is None:
        # Of groups, and of what was learned, more people are asked for than of a unit.
        few = line.hidden == "small" and by not in UNITS
        why = words("manage.hidden.few") if few else wording.hidden(words, line.hidden, least)
        return Mark(name, label, None, why, under=line.under)
    if line.top is not None and line.most is not None:
        text = wording.between(words, line.value, line.most, line.people)
        if line.share < target:
            key = "manage.below" if line.top < target else "manage.around"
            text = words(key, share=text)
        return Mark(name, label, line.share, text, line.share, line.top)
    if by == "ahead":
        text = words("manage.ahead.about_people", people=line.value)
        return Mark(name, label, line.share, text)
    text = wording.percent(line.value, line.people)
    if by in ("skill", "belief"):
        low, high = wilson(line.value, line.people)
        text = words("manage.between", share=text, low=f"{low:.0%}", high=f"{high:.0%}")
        return Mark(name, label, line.share, text, low, high, under=line.under)
    if by in MEASURED and by not in ("month", "grid") and line.share < target:
        text = words("manage.below", share=text)
    return Mark(name, label, line.share, text, under=line.under)


def _coming(one: Ahead, words: Words) -> Mark:
    range_ = words(
        "manage.between",
        share=f"{one.middle:.0%}",
        low=f"{one.low:.0%}",
        high=f"{one.high:.0%}",
    )
    name = words("manage.trend.coming", month=wording.month(words, one.on))
    label = wording.short_month(words, one.on)
    return Mark(name, label, one.middle, range_, one.low, one.high, ahead=True)
