"""The lab as a script: hide things with openpyxl, then open the file with a plain unzip."""

from __future__ import annotations

from modules.labs.hidden_tab.state import State

_SCRIPT = '''"""What you do not see still travels.  Needs openpyxl and defusedxml."""
import io
import zipfile

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

# %% A workbook for {benefit}: one table to publish, and more behind it (all invented)
book = Workbook()
table = book.active
table.title = "Wards"
for row in (["Ward", "Claims"], ["Harbour", 40], ["Market", 21], ["Total", "=SUM(B2:B3)"]):
    table.append(row)
table.append(["To check: Ada Quill", 61.5])
table.row_dimensions[5].hidden = True
table["B2"].comment = Comment("Ada Quill, 4 Weir Street, counted twice?", "Tom Lark")
for name, state in (("Claims list", "hidden"), ("Safe addresses", "veryHidden")):
    sheet = book.create_sheet(name)
    sheet.append(["Ada Quill", "4 Weir Street"])
    sheet.sheet_state = state
book.properties.creator = "Tom Lark"


def as_bytes(one):
    file = io.BytesIO()
    one.save(file)
    return file.getvalue()


# %% A stranger opens it: no office program, just the archive and its XML
def attack(body, names=("Ada Quill", "Tom Lark", "Weir Street")):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for part in archive.namelist():
            if not part.endswith((".xml", ".vml")):
                continue
            tree = fromstring(archive.read(part))
            text = " ".join(tree.itertext())
            for one in tree.iter():
                if one.get("state") in ("hidden", "veryHidden") or one.get("hidden") == "1":
                    print("  hidden:", part, one.get("name") or "row " + str(one.get("r")))
            for name in names:
                if name in text:
                    print("  found: ", part, "has", name)


print("The working file:")
attack(as_bytes(book))

# %% A new file: the cells of the table, as plain values
clean = Workbook()
clean.active.title = "Wards"
for row in (["Ward", "Claims"], ["Harbour", 40], ["Market", 21], ["Total", 61]):
    clean.active.append(row)
clean.properties.creator = "Fernleigh Council"
print("The new file:")
attack(as_bytes(clean))
print("  sheets:", load_workbook(io.BytesIO(as_bytes(clean))).sheetnames)
'''


def script(state: State) -> str:
    """A script over a small workbook of its own, so that it tells nothing of the learner's."""
    return _SCRIPT.replace("{benefit}", state.benefit.told)
