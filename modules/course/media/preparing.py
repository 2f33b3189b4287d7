"""A file made fit for a lesson: smaller, and without what it tells of place, machine and people."""

from __future__ import annotations

import re
import unicodedata

from modules.basics import BadInput
from modules.course.media import drawing, raster, recording
from modules.course.media.limits import type_of
from modules.course.media.measuring import measured

LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[a-z]+)?)$")


def called(name: str) -> str:
    """A file's name as a lesson writes it: "IMG 2041 (2).JPG" is "img-2041-2.jpg".

    Captions keep the language in front of their ending: "walk.en.vtt".
    """
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].casefold().rpartition(".")
    language = LANGUAGE.search(stem) if ending == "vtt" else None
    plain = unicodedata.normalize("NFKD", stem[: language.start()] if language else stem)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "file"
    return f"{plain}.{language[1]}.{ending}" if language else f"{plain}.{ending}"


def prepared(data: bytes, name: str) -> tuple[bytes, str]:
    """The file to keep, and its name as a lesson writes it, its ending by what it became.

    A photograph is turned upright, made smaller and loses its metadata, among it where it was
    taken; a drawing loses its program's notes; a film and a sound lose theirs. Raises BadInput,
    which says what to do, for what cannot be mended here.
    """
    type = type_of(name)
    found = measured(data, name)
    if not type or found.type != type or not data:
        raise BadInput(" ".join(found.problems))
    if type in raster.FORMATS:
        data, ending = raster.anew(data)
        name = f"{name.rpartition('.')[0]}.{ending}"
    elif type == "image/svg+xml":
        data = drawing.tidied(data)
    elif not (set(found.problems) - {recording.LOCATED}) and type != "text/vtt":
        data = recording.bare(data, type)
    if faults := measured(data, name).problems:
        raise BadInput(" ".join(faults))
    return data, called(name)
