"""Photographs and other pictures of pixels: looked at, and encoded anew without what they tell."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from modules.basics import BadInput
from modules.course.media.limits import DECODED, PICTURE_BYTES, SIDE, kilobytes

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
DAMAGED = "The picture is damaged or cut off. Save it again from where it came."
TOO_MANY = "The picture has more pixels than can be opened here. Make it smaller first."
MOVES = (
    "The picture moves. Nobody could stop it, and readers who are easily distracted could not "
    "read on (WCAG 2.2.2). Use one still frame, or a film with captions."
)
LOCATED = (
    "The picture still says where it was taken. Save it without its metadata: the studio does "
    "when you upload it."
)
QUALITIES = (85, 75, 65, 55)
GPS = 0x8825


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    """The picture, its pixels not decoded yet. Raises BadInput for what no decoder reads."""
    from PIL import Image

    with warnings.catch_warnings():
        # Pillow warns of bombs and of broken metadata: sizes are held against DECODED here.
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=tuple(FORMATS.values())) as image:
                yield image
        except BadInput:
            raise
        except Image.DecompressionBombError as error:
            raise BadInput(TOO_MANY) from error
        except Exception as error:  # decoders fail in many ways at what strangers made
            raise BadInput(DAMAGED) from error


def _moves(image: Image) -> bool:
    # Phones put a second picture, of depth or of brightness, behind the one that is shown.
    return getattr(image, "is_animated", False) and image.format != "MPO"


def sides(data: bytes) -> tuple[int, int]:
    """Width and height; (0, 0) for what cannot be read."""
    try:
        with _opened(data) as image:
            return image.size
    except BadInput:
        return 0, 0


def look(data: bytes) -> tuple[int, int, tuple[str, ...]]:
    """Width, height, and what is wrong."""
    try:
        with _opened(data) as image:
            width, height = image.size
            if max(width, height) > SIDE:
                # Nothing that large is taken as it is, so it need not be decoded.
                return width, height, ()
            image.verify()
        with _opened(data) as image:
            found = (MOVES,) if _moves(image) else ()
            if image.getexif().get_ifd(GPS):
                found = (*found, LOCATED)
            image.load()
            return width, height, found
    except BadInput as error:
        return 0, 0, (str(error),)


def anew(data: bytes) -> tuple[bytes, str]:
    """The picture upright, small enough and without metadata: its bytes and its ending.

    What was a photograph stays one; a picture whose pixels compress badly otherwise becomes one.
    Raises BadInput for what moves, is damaged, or is too large to decode.
    """
    from PIL import Image, ImageOps

    with _opened(data) as image:
        image.verify()
    with _opened(data) as image:
        width, height = image.size
        if width * height > DECODED:
            raise BadInput(TOO_MANY)
        if _moves(image):
            raise BadInput(MOVES)
        kind = "JPEG" if image.format == "MPO" else image.format or "PNG"
        if kind == "JPEG":
            image.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(image)
        clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        plain = upright.convert("RGBA" if clear else "RGB")
        plain.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        # A new picture of the same pixels: nothing else comes along.
        bare = Image.new(plain.mode, plain.size)
        bare.paste(plain)
    return _smallest(bare, kind, clear)


def _smallest(bare: Image, kind: str, clear: bool) -> tuple[bytes, str]:
    if kind != "JPEG":
        made = _saved(bare, "PNG")
        if len(made) <= PICTURE_BYTES:
            return made, "png"
    form, ending = ("WEBP", "webp") if clear else ("JPEG", "jpg")
    while True:
        for quality in QUALITIES:
            made = _saved(bare, form, quality=quality)
            if len(made) <= PICTURE_BYTES:
                return made, ending
        if max(bare.size) < SIDE // 4:
            raise BadInput(f"The picture stays larger than {kilobytes(PICTURE_BYTES)}. Crop it.")
        bare.thumbnail((max(bare.size) * 3 // 4,) * 2)


def _saved(image: Image, form: str, **how: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()
