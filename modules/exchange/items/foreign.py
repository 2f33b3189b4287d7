"""Files that people try and that no reader here can serve: what they are, and what to bring."""

from __future__ import annotations

import posixpath

from modules.basics import BadInput
from modules.exchange.items.packages import Package, zipped

_MOODLE = (
    "This is a backup of Moodle, with everything of a course. In the question bank there, choose "
    "Export and then Moodle XML or GIFT."
)
_H5P = "This is H5P, whose questions are programs of their own. Write them anew, or as a table."
_BLACKBOARD = (
    "This is an export of Blackboard in its own form. Export the pool or test there as QTI 2.1."
)
_SCORM = "This is a course as SCORM plays it, without questions that could be read out of it."
_COMMON = (
    "This is a Common Cartridge. Its questions are QTI 1.2, which is not read here. Export QTI "
    "2.1, Moodle XML or GIFT."
)
_OLD_OFFICE = "This is a document of before 2007. Save it as .docx, .pptx, .xlsx or .csv."
_PDF = "This is a PDF, which keeps the looks of a page and not its questions."


def told(data: bytes, name: str) -> str:
    """What a file is and what to bring instead; "" for one that nobody knows."""
    ending = name.casefold().rpartition(".")[2]
    if data.startswith(b"%PDF"):
        return _PDF
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _OLD_OFFICE
    if data.startswith(b"\x1f\x8b") and ending == "mbz":
        return _MOODLE
    if not zipped(data):
        return ""
    try:
        package = Package(data)
        names = {posixpath.basename(one).lower() for one in package.names}
        manifest = next((one for one in package.names if one.lower() == "imsmanifest.xml"), "")
        head = package.read(manifest)[:20_000].lower() if manifest else b""
    except BadInput as error:
        return str(error)
    if "moodle_backup.xml" in names:
        return _MOODLE
    if "h5p.json" in names:
        return _H5P
    if ".bb-package-info" in names or any(one.endswith(".dat") for one in names):
        return _BLACKBOARD
    if b"adlcp" in head or b"scorm" in head:
        return _SCORM
    return _COMMON if b"imscc" in head else ""
