"""PowerPoint files as screens: one for each slide, with what its notes have the speaker say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any, Literal

from modules.basics import BadInput
from modules.exchange.items import office
from modules.exchange.items.brought import Bank, Note
from modules.exchange.items.escaping import paragraphs
from modules.exchange.items.gathering import Gathering, clipped
from modules.exchange.items.pages import Pages
from modules.exchange.items.paging import SCREENS, Block, Part, paged, pictures
from modules.exchange.items.pictures import Shelf

FORMAT = "powerpoint"
MAIN = "ppt/presentation.xml"
# How deep groups of shapes may lie within each other.
DEEPEST = 20
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SKIPPED = {"DATE", "FOOTER", "SLIDE_NUMBER", "HEADER"}
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def looks(data: bytes, name: str) -> bool:
    """Whether a file is a PowerPoint file."""
    return data.startswith(b"PK\x03\x04") and MAIN.encode() in data


def read(data: bytes, name: str = "") -> Pages:
    """A file's slides and questions. Raises BadInput for one that cannot be read."""
    import pptx

    package = office.opened(data, MAIN, ".pptx")
    with office.whole(package):
        presentation = pptx.Presentation(io.BytesIO(data))
        slides = list(presentation.slides)
        presentation.core_properties.title  # noqa: B018 - parts are read late
    if len(slides) > SCREENS:
        raise BadInput(f"The file has more than {SCREENS} slides. Part it.")
    return _pages(presentation, slides, name, office.embedded(package))


def _pages(presentation: Any, slides: list[Any], name: str, embedded: list[str]) -> Pages:
    shelf = Shelf()
    parts = []
    for number, slide in enumerate(slides, 1):
        with office.part(lambda number=number: f"slide {number}"):  # type: ignore[misc]
            parts.append(_Slide(slide, number, shelf).part())
    with office.part(lambda: "the questions or pictures of its slides"):
        screens, questions = paged(parts, shelf)
    if not any(page.markdown for page in screens) and questions == Bank("aiken"):
        raise BadInput("The file holds no text and no picture.")
    title = clipped(presentation.core_properties.title or "") or clipped(
        name.rpartition(".")[0] or name or "Slides"
    )
    notes = []
    if embedded:
        told = ", ".join(one.rpartition("/")[2] for one in embedded[:5])
        notes.append(Note("left", f"Objects of other programs were not opened: {told}."))
    return Pages(FORMAT, title, screens, questions, tuple(notes), pictures(screens, shelf))


class _Slide:
    """One slide while it is read."""

    def __init__(self, slide: Any, number: int, shelf: Shelf) -> None:
        self.slide = slide
        self.told = Gathering(shelf)
        self.made = Part("", f"slide {number}", self.told)

    def part(self) -> Part:
        """All of it."""
        slide, title = self.slide, self.slide.shapes.title
        if title is not None and title.has_text_frame:
            self.made.title = clipped(title.text_frame.text, 200)
        for shape in slide.shapes:
            if title is None or shape.shape_id != title.shape_id:
                self._shape(shape, 0)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            self.made.spoken = paragraphs(
                slide.notes_slide.notes_text_frame.text.replace("\n", "\n\n")
            )
        root = slide._element
        if root.get("show") in ("0", "false"):
            self.told.changed("The slide is hidden there. Here it comes as any other.")
        if next(root.iter(f"{_P}timing"), None) is not None:
            self.told.left("Animations were left out: all is shown at once.")
        kinds = {rel.reltype.rpartition("/")[2] for rel in slide.part.rels.values()}
        if "comments" in kinds:
            self.told.left("Comments were left out.")
        if kinds & {"video", "audio", "media"}:
            self.told.left("A film or a sound was left out. Bring it by itself, with captions.")
        return self.made

    def _shape(self, shape: Any, depth: int) -> None:
        place = shape.placeholder_format.type if shape.is_placeholder else None
        if place is not None and place.name in _SKIPPED:
            return
        if shape._element.tag == f"{_P}grpSp":
            if depth < DEEPEST:
                for inner in shape.shapes:
                    self._shape(inner, depth + 1)
        elif getattr(shape, "has_table", False) and shape.has_table:
            self._table(shape.table)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            self.told.left(
                f"The chart “{clipped(shape.name, 60)}” was left out: make it a picture."
            )
        elif shape._element.tag == f"{_P}pic":
            self._picture(shape)
        elif shape._element.tag == f"{_P}graphicFrame":
            uri = next((one.get("uri") for one in shape._element.iter(f"{_A}graphicData")), "")
            what = "SmartArt drawing" if uri == _DIAGRAM else "object of another program"
            self.told.left(f"A {what}, “{clipped(shape.name, 60)}”, was left out.")
        elif shape.has_text_frame:
            listed = place is not None and place.name in ("BODY", "OBJECT")
            self.made.blocks += self._text(shape.text_frame, listed)

    def _text(self, frame: Any, listed: bool) -> Iterator[Block]:
        found = [one for one in frame.paragraphs if one.text.strip()]
        for one in found:
            html = self._runs(one)
            kind = _bullet(one._p, listed and len(found) > 1)
            yield Block(kind, html, one.level or 0)

    def _runs(self, paragraph: Any) -> str:
        told = []
        for element in paragraph._p:
            tag = element.tag.rpartition("}")[2]
            if tag == "br":
                told.append("<br>")
            elif tag in ("r", "fld"):
                told.append(self._run(element))
            elif tag == "AlternateContent":
                self.told.changed("A formula is told by its signs in a row. Look at it.")
                told.append(escape(clipped("".join(element.itertext()), 300)))
        return "".join(told).replace("\v", "<br>").strip()

    def _run(self, run: Any) -> str:
        text = "".join(one.text or "" for one in run.iter(f"{_A}t"))
        told = escape(text, quote=False)
        properties = next(run.iter(f"{_A}rPr"), None)
        if properties is None or not text.strip():
            return told
        for name in ("b", "i"):
            if properties.get(name) in ("1", "true"):
                told = f"<{name}>{told}</{name}>"
        link = next(properties.iter(f"{_A}hlinkClick"), None)
        reference = link.get(_relation("id")) if link is not None else None
        relation = self.slide.part.rels.get(reference) if reference else None
        if relation is not None and relation.is_external:
            return f'<a href="{escape(relation.target_ref)}">{told}</a>'
        return told

    def _table(self, table: Any) -> None:
        rows = []
        for row in table.rows:
            cells = "".join(
                f"<td>{'<br>'.join(map(self._runs, cell.text_frame.paragraphs))}</td>"
                for cell in row.cells
                if not cell.is_spanned
            )
            rows.append(f"<tr>{cells}</tr>")
        self.made.blocks.append(Block("table", f"<table>{''.join(rows)}</table>"))

    def _picture(self, shape: Any) -> None:
        blips = list(shape._element.iter(f"{_A}blip"))
        reference = blips[0].get(_relation("embed")) if blips else None
        relation = self.slide.part.rels.get(reference) if reference else None
        if relation is None or relation.is_external:
            self.told.left("A picture that is not inside the file was left out.")
            return
        target = relation.target_part
        name = f"{reference}-{str(target.partname).rpartition('/')[2]}"
        self.made.files[name] = target.blob
        described = next(shape._element.iter(f"{_P}cNvPr"), None)
        alt = "" if described is None else " ".join((described.get("descr") or "").split())
        html = f'<img src="{escape(name)}" alt="{escape(alt)}">'
        self.made.blocks.append(Block("p", html))


def _bullet(paragraph: Any, otherwise: bool) -> Literal["p", "ul", "ol"]:
    properties = paragraph.find(f"{_A}pPr")
    tags = {one.tag.rpartition("}")[2] for one in properties} if properties is not None else set()
    if "buAutoNum" in tags:
        return "ol"
    if "buNone" in tags:
        return "p"
    return "ul" if otherwise or tags & {"buChar", "buBlip"} else "p"


def _relation(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}"
