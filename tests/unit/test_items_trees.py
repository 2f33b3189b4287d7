"""XML from strangers: what could expand, include or fetch is refused, every encoding is read."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from modules.exchange.items.trees import tree

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
DOCUMENT = "<quiz><name>Zoë said: “Grüße”</name></quiz>"


@pytest.mark.parametrize(
    "hostile",
    [
        f"<!DOCTYPE quiz [{LAUGHS}]><quiz>&l9;</quiz>",
        f'<!DOCTYPE quiz [{LAUGHS}]><quiz a="&l9;"/>',
        '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:1/x.dtd"><quiz/>',
        '<!DOCTYPE quiz PUBLIC "a" "http://127.0.0.1:1/x.dtd"><quiz/>',
        '<!DOCTYPE quiz [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]><quiz/>',
        "<!-- hm -->\n<?x y?>\n<!DOCTYPE quiz><quiz/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_document_type_is_refused_in_every_encoding(hostile, encoding):
    with pytest.raises(BadInput, match="declares a document type"):
        tree(hostile.encode(encoding))


def test_a_document_type_written_inside_a_text_is_only_text():
    root, _ = tree(b"<quiz><![CDATA[<!DOCTYPE html><!ENTITY x>]]></quiz>")
    assert root.text == "<!DOCTYPE html><!ENTITY x>"


def test_an_inclusion_is_refused():
    hostile = (
        b'<quiz xmlns:xi="http://www.w3.org/2001/XInclude">'
        b'<xi:include href="/etc/passwd" parse="text"/></quiz>'
    )
    with pytest.raises(BadInput, match="asks to include other files"):
        tree(hostile)


def test_deep_nesting_is_refused():
    with pytest.raises(BadInput, match="nested more than 256 deep"):
        tree(b"<a>" * 100_000 + b"</a>" * 100_000)


def test_an_unknown_entity_is_refused():
    with pytest.raises(BadInput, match="uses an entity"):
        tree(b"<quiz>&nbsp;</quiz>")


def test_a_huge_text_is_refused():
    with pytest.raises(BadInput, match="a part of more than 10 MB"):
        tree(b"<quiz>" + b"x" * (11 << 20) + b"</quiz>")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_a_mark_and_sixteen_bits_without_one(encoding):
    root, notes = tree(DOCUMENT.encode(encoding))
    assert root[0].text == "Zoë said: “Grüße”"
    assert not notes


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-15", "UTF-8", "utf-16"])
def test_the_declared_encoding_is_used(encoding):
    document = f'<?xml version="1.0" encoding="{encoding}"?><quiz>Zoë</quiz>'
    root, notes = tree(document.encode(encoding))
    assert root.text == "Zoë"
    assert not notes


def test_windows_letters_under_another_name_are_read_and_told():
    document = '<?xml version="1.0" encoding="UTF-8"?><quiz>Zoë’s</quiz>'
    root, notes = tree(document.encode("cp1252"))
    assert root.text == "Zoë’s"
    assert "read as Windows-1252" in notes[0].sentence


@pytest.mark.parametrize(
    "encoding", ["rot13", "unicode_escape", "utf-7", "zip", "nonsense", "idna"]
)
def test_odd_encodings_are_refused(encoding):
    with pytest.raises(BadInput, match="Save it as UTF-8"):
        tree(f'<?xml version="1.0" encoding="{encoding}"?><quiz/>'.encode())


def test_control_characters_are_taken_out_and_told():
    root, notes = tree(b"<quiz>a\x0bb\x00c</quiz>")
    assert root.text == "abc"
    assert notes[0].sentence == "2 control characters, which XML does not allow, were taken out."


def test_bytes_that_are_no_encoding_are_refused():
    with pytest.raises(BadInput, match="neither"):
        tree(b"<quiz>\x81\xff</quiz>")


def test_the_beginning_of_a_file_is_told_as_broken_off():
    with pytest.raises(BadInput, match="breaks off at line 2"):
        tree(b"<quiz>\n<question>")
