"""What all parts of item analysis share: how they speak, their bars, tables and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from modules import charts, markup
from modules.author import item_words as told
from modules.author.items import Seen
from modules.basics import Surface, Words
from modules.charts import Mark
from modules.progress.stopping import AFTER_DAYS


@dataclass(frozen=True)
class Look:
    """What all parts share: how to speak, and on which ground."""

    say: Words
    dark: bool


def bars(box: Surface, name: str, marks: tuple[Mark, ...], look: Look) -> None:
    """Shares as bars, with every number in the alternative text."""
    box.vega_lite_chart(
        charts.bars(marks, 0.0, "", look.dark),
        alt=look.say(f"items.{name}_alt", values=told.every(marks)),
        key=f"items/chart/{name}",
        height="content",
    )


def table(
    box: Surface,
    name: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    seen: Seen,
    look: Look,
) -> None:
    """What a part shows as a table and as CSV, and how it is computed."""
    say = look.say
    below = box.expander(say("manage.as_table"), key=f"items/table/{name}")
    below.html(markup.table_html(say(f"items.{name}_table"), head, rows))
    row = box.container(horizontal=True)
    how(row, name, seen, look)
    row.download_button(
        say("manage.download"),
        partial(_bytes, head, rows),
        f"steward-{name}-{seen.analysis.module.id}.csv",
        "text/csv",
        key=f"items/download/{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def how(row: Surface, name: str, seen: Seen, look: Look, key: str = "") -> None:
    """How a figure is computed, whom it counts, and what stays hidden."""
    box = row.popover(look.say("manage.how"), type="tertiary", key=f"items/how/{name}/{key}")
    box.markdown(
        look.say(f"items.how.{name}", least=seen.least, twice=2 * seen.least, days=AFTER_DAYS)
    )


def _bytes(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    return told.as_csv(head, rows).encode("utf-8-sig")
