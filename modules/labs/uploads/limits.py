"""How much a file may hold. A lab's own files are a hundredth of this."""

from __future__ import annotations

MEGABYTES = 2
"""Of a file as it arrives: the field says so, and its sentences do."""
LARGEST = MEGABYTES * 1024 * 1024
"""The same in bytes, and characters of its text, which is searched as a whole."""
UNPACKED = 10 * 1024 * 1024
"""Bytes of all parts of a workbook together, unpacked."""
RATIO = 200
"""A part that grows more than so many times, and past `SMALL`, is made to fill a machine."""
SMALL = 256 * 1024
PARTS = 200
"""Parts of a workbook: sheets, styles, comments."""
ELEMENTS = 100_000
"""XML elements in all parts together: openpyxl takes half a second and 50 MB for them."""
DEPTH = 60
"""XML elements inside each other."""
ROWS, COLUMNS, CELLS = 20_000, 256, 100_000
"""How far a sheet may reach: an object is made for every cell up to its last one."""
