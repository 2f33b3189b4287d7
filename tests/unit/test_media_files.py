"""Pictures and recordings as files: what is taken, what is refused and why, what is mended."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from modules import pictured
from modules.basics import BadInput
from modules.course.media import measured, prepared
from tests import media

EVIL = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' "
    "viewBox='0 0 9 9'>{}</svg>"
)


@pytest.mark.parametrize(
    ("data", "name", "type", "sides"),
    [
        (media.picture(), "a.png", "image/png", (64, 36)),
        (media.picture("JPEG"), "a.jpg", "image/jpeg", (64, 36)),
        (media.picture("JPEG"), "A.JPEG", "image/jpeg", (64, 36)),
        (media.picture("WEBP"), "a.webp", "image/webp", (64, 36)),
        (media.picture("GIF"), "a.gif", "image/gif", (64, 36)),
        (media.SVG, "a.svg", "image/svg+xml", (320, 180)),
        (b'<?xml version="1.0"?>\n' + media.SVG, "a.svg", "image/svg+xml", (320, 180)),
        (media.film(), "a.mp4", "video/mp4", (640, 360)),
        (media.webm(), "a.webm", "video/webm", (320, 180)),
        (media.sound(), "a.mp3", "audio/mpeg", (0, 0)),
        (media.sound(b"TPE1 somebody"), "a.mp3", "audio/mpeg", (0, 0)),
        (media.VTT, "a.en.vtt", "text/vtt", (0, 0)),
    ],
)
def test_a_sound_file_is_measured(
    data: bytes, name: str, type: str, sides: tuple[int, int]
) -> None:
    found = measured(data, name)
    assert (found.type, found.width, found.height, found.size) == (type, *sides, len(data))
    assert found.problems == ()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.png", "is empty"),
        (b"hello", "a.png", "something else"),
        (media.picture("JPEG"), "a.png", "a JPEG picture"),
        (media.picture(), "a.exe", "“.exe” is no picture"),
        (media.picture(), "a", "is no picture"),
        (media.picture()[:-20], "a.png", "damaged or cut off"),
        (media.photograph((900, 600))[:-9000], "a.jpg", "damaged or cut off"),
        (media.picture("JPEG", (500, 500))[:700], "a.jpg", "damaged or cut off"),
        (media.moving(), "a.gif", "WCAG 2.2.2"),
        (media.moving("WEBP"), "a.webp", "WCAG 2.2.2"),
        (media.moving("PNG"), "a.png", "WCAG 2.2.2"),
        (media.picture(size=(2400, 100)), "a.png", "2400 × 100 pixels"),
        (media.noise((700, 700)), "a.png", "at most 500 KB"),
        (media.bomb(), "a.png", "pixels"),
        (media.photograph((600, 400)), "a.jpg", "where it was taken"),
        (media.film(place=b"+53.7700-001.5021/"), "a.mp4", "where it was made"),
        (media.film()[:-100], "a.mp4", "damaged or cut off"),
        (media.box(b"ftyp", b"isom") + media.box(b"mdat", bytes(9)), "a.mp4", "damaged"),
        (media.webm()[:-100], "a.webm", "damaged or cut off"),
        (b"\xff\xfb\x90\x00" + bytes(20), "a.mp3", "damaged or cut off"),
        (media.sound() * 1300, "a.mp3", "at most 20.0 MB"),
        (media.VTT.replace(b"00:04.000", b"00:00.500"), "a.vtt", "ends before it begins"),
        (media.VTT.replace(b"00:01.000", b"1 second"), "a.vtt", "gives no times"),
        (b"WEBVTT\n\nNOTE nothing\n", "a.vtt", "no caption"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "a.vtt", "has no words"),
        (media.VTT + b"\xff", "a.vtt", "line 5: byte 0xff is not UTF-8"),
    ],
)
def test_a_file_that_no_lesson_takes_says_why(data: bytes, name: str, said: str) -> None:
    assert any(said in one for one in measured(data, name).problems), measured(data, name)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "“script”"),
        ("<g onclick='alert(1)'/>", "“onclick”"),
        ("<g ONLOAD='alert(1)'/>", "“ONLOAD”"),
        ("<foreignObject><p/></foreignObject>", "“foreignObject”"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>", "“script”"),
        ("<a href='https://example.org'><text>Go</text></a>", "is a link"),
        ("<image href='https://example.org/a.png'/>", "It fetches “https://example.org"),
        ("<image x:href='file:///etc/passwd'/>", "It fetches “file:"),
        ("<image href='data:text/html;base64,PGI+'/>", "It fetches “data:text/html"),
        ("<image href='data:image/svg+xml;base64,PGI+'/>", "It fetches"),
        ("<use href='other.svg#a'/>", "It fetches “other.svg#a"),
        ("<feImage href='#a'/>", "“feImage”"),
        ("<style>@import url(https://example.org)</style>", "fetches something"),
        ("<style>.a{fill:u\\72l(//example.org)}</style>", "hides what it does"),
        ("<rect style='fill:url(https://example.org#a)'/>", "fetches something"),
        ("<rect fill='url( //example.org )'/>", "fetches something"),
        ("<animate attributeName='x' to='9'/>", "“animate”"),
        ("<set attributeName='href' to='javascript:1'/>", "“set”"),
        ("<style>.a{animation:b 1s infinite}</style>", "makes it move"),
        ("<?xml-stylesheet href='https://example.org/a.css'?>", "instruction"),
        ("&lt;", ""),
        ("<rect fill='url( #a )'/>", ""),
        ("&xxe;", "cannot be read"),
        ("<g>" * 400 + "</g>" * 400, "cannot be read"),
        ("<g>", "cannot be read"),
    ],
)
def test_a_drawing_that_runs_moves_or_fetches_is_refused(inside: str, said: str) -> None:
    data = EVIL.format(inside).encode()
    found = measured(data, "a.svg").problems
    if not said:
        assert found == ()
        return
    assert any(said in one for one in found), found
    with pytest.raises(BadInput):
        prepared(data, "a.svg")


def test_a_drawing_with_entities_is_refused_before_they_unfold() -> None:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 20}">' for n in range(1, 30))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{rows}]>' + EVIL.format("<text>&l29;</text>")
    outside = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + EVIL.format("&x;")
    for text in (bomb, outside):
        found = measured(text.encode(), "a.svg").problems
        assert len(found) == 1
        assert "DOCTYPE" in found[0] or "cannot be read" in found[0]


def test_a_picture_inside_a_drawing_is_looked_at_too() -> None:
    import base64

    def drawn(data: bytes) -> bytes:
        told = base64.b64encode(data).decode()
        return EVIL.format(f"<image href='data:image/png;base64,{told}'/>").encode()

    assert measured(drawn(media.picture()), "a.svg").problems == ()
    assert "more pixels" in measured(drawn(media.bomb()), "a.svg").problems[0]
    assert "damaged" in measured(drawn(media.picture()[:-20]), "a.svg").problems[0]


def test_a_photograph_is_turned_made_small_and_says_no_more_where_it_was_taken() -> None:
    before = media.photograph()
    assert b"Amira Khan" in before
    made, name = prepared(before, "flood.jpg")
    assert name == "flood.jpg"
    found = measured(made, name)
    assert found.problems == ()
    assert (found.width, found.height) == (1333, 2000)
    with Image.open(BytesIO(made)) as image:
        assert dict(image.getexif()) == {}
    assert b"Amira Khan" not in made
    assert b"Exif" not in made


def test_a_phones_photograph_with_a_second_picture_behind_it_does_not_move() -> None:
    both = media.moving("MPO")
    assert measured(both, "a.jpg").problems == ()
    made, name = prepared(both, "a.jpg")
    with Image.open(BytesIO(made)) as image:
        assert (name, image.format) == ("a.jpg", "JPEG")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("IMG 2041 (2).JPG", "img-2041-2.jpg"),
        ("Überflutung – Straße.jpeg", "uberflutung-strasse.jpg"),
        ("C:\\Users\\amira\\flood.jpg", "flood.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("....jpg", "file.jpg"),
        ("洪水.jpg", "file.jpg"),
        ("a" * 300 + ".jpg", "a" * 60 + ".jpg"),
    ],
)
def test_a_file_is_called_as_lessons_write_names(name: str, called: str) -> None:
    _, got = prepared(media.picture("JPEG"), name)
    assert got == called
    assert pictured.FILE.fullmatch(f"{pictured.FOLDER}{got}")
    assert prepared(media.VTT, "Walk 1.en.vtt")[1] == "walk-1.en.vtt"


def test_a_picture_that_compresses_badly_becomes_a_photograph() -> None:
    made, name = prepared(media.noise((1500, 1500)), "map.png")
    assert name == "map.jpg"
    assert measured(made, name).problems == ()


def test_a_clear_picture_stays_clear() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (10, 95, 90, 0)).save(out, "PNG")
    made, name = prepared(out.getvalue(), "mark.png")
    with Image.open(BytesIO(made)) as image:
        assert (name, image.mode) == ("mark.png", "RGBA")


def test_a_drawing_loses_its_programs_notes_and_keeps_its_shapes() -> None:
    data = (
        b"<?xml version='1.0'?><!-- by Amira --><svg xmlns='http://www.w3.org/2000/svg' "
        b"xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' viewBox='0 0 9 9' "
        b"inkscape:export-filename='/home/amira/flood.png'><metadata>by Amira</metadata>"
        b"<inkscape:grid id='g'/><text>Flood <!-- so --><tspan>here</tspan></text></svg>"
    )
    assert measured(data, "a.svg").problems == ()
    made, name = prepared(data, "a.svg")
    assert name == "a.svg"
    assert b"mira" not in made
    assert b"inkscape" not in made
    assert b"<text>Flood <tspan>here</tspan></text>" in made


def test_a_recording_loses_what_it_says_of_place_and_people_and_nothing_moves() -> None:
    film = media.film(place=b"+53.7700-001.5021/")
    made, _ = prepared(film, "a.mp4")
    assert measured(made, "a.mp4").problems == ()
    assert len(made) == len(film)
    assert made.endswith(bytes(2000))
    sound, _ = prepared(media.sound(b"TPE1 Amira Khan") + b"TAG" + bytes(125), "a.mp3")
    assert sound == media.sound()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (media.moving(), "a.gif", "WCAG"),
        (media.bomb(), "a.png", "more pixels than can be opened"),
        (media.picture()[:-20], "a.png", "damaged"),
        (media.picture("JPEG"), "a.png", "a JPEG picture"),
        (media.film()[:-100], "a.mp4", "damaged"),
        (b"", "a.png", "empty"),
        (b"PK\x03\x04", "a.zip", "“.zip”"),
        (b"WEBVTT\n", "a.vtt", "no caption"),
    ],
)
def test_what_cannot_be_mended_is_refused_with_a_sentence(
    data: bytes, name: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        prepared(data, name)
