"""The pivot table on the last sheet: what one sees are counts, what it keeps are the records."""

from __future__ import annotations

from typing import Any

from modules.labs.hidden_tab.material import STATES, Material
from modules.labs.hidden_tab.options import Book
from modules.labs.libraries import need


def pivot(sheet: Any, words: Book, from_town: Material, head: int) -> None:
    """Put a pivot table over the counts of ``sheet``, with a copy of the list it was made from.

    The list itself, on a sheet called “Export”, was deleted long ago; the copy outlives it.
    """
    cache, fields = need("openpyxl.pivot.cache"), need("openpyxl.pivot.fields")
    record = need("openpyxl.pivot.record")
    people = from_town.of("pivot")
    columns = (
        (words.name, [one.name for one in people]),
        (words.address, [one.address for one in people]),
        (words.state, list(STATES)),
    )
    described = [
        cache.CacheField(
            name=name,
            sharedItems=cache.SharedItems(
                _fields=[fields.Text(v=value) for value in values], count=len(values)
            ),
        )
        for name, values in columns
    ]
    records = record.RecordList(
        r=[
            record.Record(
                _fields=[
                    fields.Index(v=place),
                    fields.Index(v=place),
                    fields.Index(v=STATES.index(one.state)),
                ]
            )
            for place, one in enumerate(people)
        ]
    )
    kept = cache.CacheDefinition(
        id="rId1",
        refreshedBy=words.office,
        refreshOnLoad=False,
        createdVersion=6,
        refreshedVersion=6,
        recordCount=len(people),
        cacheSource=cache.CacheSource(
            type="worksheet",
            worksheetSource=cache.WorksheetSource(ref=f"A1:C{len(people) + 1}", sheet="Export"),
        ),
        cacheFields=described,
    )
    kept.records = records
    sheet.add_pivot(_table(words, kept, len(from_town.states), head))


def _table(words: Book, kept: Any, rows: int, head: int) -> Any:
    table = need("openpyxl.pivot.table")
    items = [table.FieldItem(x=place) for place in range(rows)]
    shown = table.TableDefinition(
        name="Pivot1",
        cacheId=1,
        dataCaption="Values",
        createdVersion=6,
        updatedVersion=6,
        location=table.Location(
            ref=f"A{head}:B{head + rows}", firstHeaderRow=1, firstDataRow=1, firstDataCol=1
        ),
        pivotFields=[
            table.PivotField(dataField=True, showAll=False),
            table.PivotField(showAll=False),
            table.PivotField(axis="axisRow", showAll=False, items=items),
        ],
        rowFields=[table.RowColField(x=2)],
        rowItems=[
            table.RowColItem(x=[need("openpyxl.pivot.fields").Index(v=place)])
            for place in range(rows)
        ],
        dataFields=[table.DataField(name=words.claims, fld=0, subtotal="count")],
    )
    shown.cache = kept
    return shown
