"""Pictures and recordings that tests make themselves: good ones, and such as strangers send."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180">'
    b'<title>A flood</title><rect width="320" height="180" fill="#0B5F5A"/></svg>'
)
VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\nThe river rose at night.\n"


def picture(
    form: str = "PNG", size: tuple[int, int] = (64, 36), colour: str = "#0B5F5A", **how: object
) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form, **how)
    return out.getvalue()


def noise(size: tuple[int, int], form: str = "PNG") -> bytes:
    """A picture that no encoder makes small, as a photograph."""
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, form)
    return out.getvalue()


def photograph(size: tuple[int, int] = (3000, 2000), form: str = "JPEG") -> bytes:
    """A photograph off a phone: large, on its side, and it says where it was taken and by whom."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x013B] = "Amira Khan"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 46.0, 12.0), 3: "W", 4: (1.0, 30.0, 7.0)})
    small = Image.effect_noise((300, 200), 60).convert("RGB")
    out = BytesIO()
    small.resize(size).save(out, form, exif=exif, quality=95)
    return out.getvalue()


def moving(form: str = "GIF") -> bytes:
    """Two frames, one after the other, for ever."""
    frames = [Image.new("RGB", (20, 20), one) for one in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=200, loop=0)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of few bytes that says it has as many pixels as fill a machine's memory."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        told = kind + body
        return struct.pack(">I", len(body)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 64), 9)
    mark = b"\x89PNG\r\n\x1a\n"
    return mark + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def box(kind: bytes, *inside: bytes) -> bytes:
    """A box of an MP4 file."""
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + kind + body


def film(width: int = 640, height: int = 360, place: bytes = b"") -> bytes:
    """The boxes of an MP4 film as a phone writes them; ``place`` is where it was made."""
    sides = struct.pack(">II", width << 16, height << 16)
    track = box(b"trak", box(b"tkhd", bytes(76), sides))
    told = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7" + place)) if place else b""
    head = box(b"moov", box(b"mvhd", bytes(100)), track, told)
    return box(b"ftyp", b"isom\x00\x00\x02\x00isom") + head + box(b"mdat", bytes(2000))


def webm(width: int = 320, height: int = 180) -> bytes:
    """The elements of a WebM film."""

    def element(id: bytes, *inside: bytes) -> bytes:
        body = b"".join(inside)
        return id + struct.pack(">Q", len(body) | 1 << 56) + body

    video = element(
        b"\xe0",
        element(b"\xb0", struct.pack(">H", width)),
        element(b"\xba", struct.pack(">H", height)),
    )
    tracks = element(b"\x16\x54\xae\x6b", element(b"\xae", video))
    cluster = element(b"\x1f\x43\xb6\x75", bytes(500))
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    return head + element(b"\x18\x53\x80\x67", tracks, cluster)


def sound(tag: bytes = b"") -> bytes:
    """MPEG sound of silence; ``tag`` is what an ID3 tag in front of it says."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    size = bytes((len(tag) >> 7 * part) & 0x7F for part in (3, 2, 1, 0))
    return (b"ID3\x04\x00\x00" + size + tag if tag else b"") + frame * 40
