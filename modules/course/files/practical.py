"""The story and the lab: structure and text made one."""

from __future__ import annotations

from modules.course import model
from modules.course.files.faults import shown
from modules.course.files.merging import blame, fitting, laid
from modules.course.files.parts import Parts
from modules.labs import LABS
from modules.scenarios import Scenario


def read_scenario(parts: Parts) -> None:
    """Read scenario.yaml and its text, if they are there or a step needs them."""
    reader = parts.reader
    structure = reader.document(parts.path("scenario.yaml"), needed=parts.has("scenario"))
    name = parts.path(f"scenario.{parts.language}.yaml")
    text = reader.document(name, needed=structure is not None)
    if structure and text:
        merged = laid(structure.data, fitting(reader, structure, (), text, ()))
        parts.scenario = reader.build(Scenario, merged, blame(structure, (), text, ()))


def read_labs(parts: Parts) -> None:
    """Read each lab and its text, if its file is there or a step needs it."""
    for name in parts.lab_files:
        _read_lab(parts, name)


def _read_lab(parts: Parts, name: str) -> None:
    reader = parts.reader
    structure = reader.document(parts.path(f"{name}.yaml"))
    text = reader.document(
        parts.path(f"{name}.{parts.language}.yaml"), needed=structure is not None
    )
    if not structure or not text:
        return
    lab = LABS.get(str(structure.data.get("lab")))
    if lab is None:
        sentence = f"Found {shown(structure.data.get('lab'))}; expected one of: {', '.join(LABS)}."
        reader.wrong(structure, ("lab",), f"{sentence} Correct the name.")
        return
    merged = laid(structure.data.get("options"), fitting(reader, structure, ("options",), text, ()))
    options = reader.build(lab.Options, merged, blame(structure, ("options",), text, ()))
    if options is not None:
        parts.labs[name] = model.Lab(str(structure.data["lab"]), options)
