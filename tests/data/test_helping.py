"""Job aids, glossary, search and reading pages, as a learner's rights and revisions give them."""

from __future__ import annotations

import pytest

from db.engine import reading
from modules.basics import BadInput
from modules.learn import aids, finding


@pytest.fixture
def amira(world):
    return world.viewer("amira")


def test_every_published_module_and_every_file_gives_its_job_aid(amira, world):
    with reading() as session:
        found = {one.name: one for one in aids.aids(session, amira)}
        assert found["M01"].address == {"module": "M01"}
        assert found["M01"].module
        assert found["rights-request"].address == {"name": "rights-request"}
        for name, one in found.items():
            assert aids.aid(session, amira, name=name) == one
        for name in ("", "M99", "../m01", "nothing"):
            with pytest.raises(BadInput):
                aids.aid(session, amira, name=name)


def test_needs_lead_to_job_aids_that_are_there(amira, world):
    with reading() as session:
        offered = {need.id: aid.name for need, aid in aids.needs(session, amira)}
    assert offered["share"] == "M01"
    assert offered["rights-request"] == "rights-request"


def test_somebody_of_an_organisation_without_lessons_still_finds_what_is_everybodys(world):
    uma = world.viewer("uma")
    with reading() as session:
        names = {one.name for one in aids.aids(session, uma)}
        assert "rights-request" in names
        found = finding.search(session, uma, text="someone asks for their file")
    assert found.hits[0].passage.place == "rights-request"


def test_a_result_opens_where_it_is(amira, world):
    with reading() as session:
        for typed in ("share", "controller", "file"):
            for hit in finding.search(session, amira, text=typed).hits:
                one = hit.passage
                if one.kind == "aid":
                    assert aids.aid(session, amira, name=one.place)
                elif one.kind == "term":
                    assert one.place in {d.term.id for d in finding.glossary(session, amira)}
                else:
                    page = finding.reading_page(session, amira, module=one.module, screen=one.place)
                    assert page.screen.title == one.title


def test_only_what_is_published_is_read_and_first_its_first_screen(amira, world):
    with reading() as session:
        page = finding.reading_page(session, amira, module="M01", screen="")
        assert page.screen.parts
        for module, screen in (("M99", ""), ("M01", "nowhere"), ("", "")):
            with pytest.raises(BadInput):
                finding.reading_page(session, amira, module=module, screen=screen)


def test_the_glossary_goes_by_the_alphabet_and_leads_to_related_terms(amira, world):
    with reading() as session:
        found = finding.glossary(session, amira)
    names = [one.term.term.casefold() for one in found]
    assert names == sorted(names)
    known = {one.term.id for one in found}
    assert all(other.id in known for one in found for other in one.see)


def test_an_empty_search_reads_nothing(amira, world):
    with reading() as session:
        assert finding.search(session, amira, text="  ").hits == ()
