"""Files that something happened to: understood or refused, never a crash, nothing written."""

from __future__ import annotations

import json

import pytest

from modules.basics import StewardError
from modules.exchange.items import telling
from modules.exchange.items.documents import DOCUMENTS
from modules.exchange.items.formats import FORMATS
from tests.question_files import MAKERS, cases, every, read, sound, watched

READ = every()
FILES = 2_000


def test_every_format_that_is_read_has_sound_files_to_begin_from():
    assert set(READ) <= set(MAKERS)
    for format in READ:
        for data in sound(format):
            bank = read(f"a.{format}", format, data)
            assert bank.items or f".{format}" in {one.extension for one in DOCUMENTS.values()}
            if format in FORMATS:
                assert read(f"a.{format}", None, data) == bank


@pytest.mark.parametrize("part", range(8))
def test_a_mutated_file_is_read_or_refused_in_a_sentence(part):
    for format in READ:
        sound(format)  # made before anybody looks at what is written
    with watched() as written:
        for name, format, data in cases(READ, FILES // 8, seed=part):
            try:
                bank = read(name, format, data)
            except StewardError as error:
                assert str(error).endswith((".", "!", "?"))
                continue
            assert bank.items or bank.refused or format in ("docx", "pptx")
            json.dumps(telling.as_json(bank, name), allow_nan=False)
            assert list(telling.lines(bank))
    assert written == []


def test_what_is_written_would_be_seen(tmp_path):
    with watched() as written:
        (tmp_path / "x").write_text("x")
    assert len(written) == 1
