"""Drafts of trainers: begun from a template, a copy or what is live, and saved part by part."""

import pytest
import yaml

from db import drafts
from db.engine import reading, writing
from modules import words
from modules.author import drafting
from modules.basics import BadInput, Denied
from modules.course.files import module_from_bundle
from modules.drafts import beginning, fields, looking
from modules.drafts.writing import Overtaken
from modules.settings import settings
from tests.automatic import Automaton

SAY = words.of("en")
LESSON = "lesson.en.md"


def begin(world, title="Visitors at the desk", copy="", who="priya"):
    with writing() as session:
        viewer = world.viewer(who)
        return drafting.begin(session, viewer, title=title, copy=copy, say=SAY, now=world.now)


def look(world, id, who="priya"):
    with reading() as session:
        return drafting.opened(session, world.viewer(who), id=id, now=world.now)


def do(world, act, who="priya", **given):
    with writing() as session:
        return act(session, world.viewer(who), now=world.now, **given)


def shipped():
    return looking.shipped(settings().content)


def test_the_template_passes_as_it_is_and_can_be_taken_to_its_end(world):
    opened = look(world, begin(world))
    assert (opened.draft.module, opened.draft.slug) == ("M50", "m50-visitors-at-the-desk")
    found = looking.problems(opened.texts, opened.draft.slug, shipped())
    assert not [str(one) for one in found if one.stops]
    module = module_from_bundle(looking.bundled(opened.texts, opened.draft.slug, shipped()), "en")
    assert module.title == "Visitors at the desk"
    assert Automaton(module, "right", "template").go().journey.finished
    assert not Automaton(module, "wrong", "template").go().journey.finished


def test_each_module_of_ones_own_gets_the_next_number_and_none_is_given_twice(world):
    first, second = begin(world), begin(world)
    with writing() as session:
        org = world.viewer("priya").org_id
        drafts.set_draft(session, org_id=org, id=first, ended_at=world.now, state="dropped")
    third = begin(world)
    opened = [look(world, id).draft for id in (first, second, third)]
    assert [one.module for one in opened] == ["M50", "M51", "M52"]
    assert len({one.slug for one in opened}) == 3


def test_a_copy_is_the_same_module_under_a_number_of_its_own(world):
    opened = look(world, begin(world, "Why share, for us", copy="M01"))
    slug = opened.draft.slug
    found = looking.problems(opened.texts, slug, shipped())
    assert not [str(one) for one in found if one.stops]
    module = looking.shown(opened.texts, slug, shipped(), SAY)
    assert (module.id, module.title, module.version) == ("M50", "Why share, for us", "1.0.0")
    assert not module.changes
    assert all(id.startswith("M50-") for id in module.questions)
    assert "M01-" not in "".join(opened.texts.values())
    assert opened.draft.base_id is None


def test_a_draft_of_a_published_module_begins_with_what_is_live_and_is_begun_once(world):
    id = do(world, drafting.edit, module="M01")
    assert do(world, drafting.edit, module="M01") == id
    opened = look(world, id)
    assert opened.draft.base_id is not None
    module = looking.shown(opened.texts, opened.draft.slug, shipped(), SAY)
    assert module.id == "M01"
    assert not [
        one for one in looking.problems(opened.texts, opened.draft.slug, shipped()) if one.stops
    ]


def test_who_is_no_trainer_writes_nothing_and_others_see_nothing(world):
    id = begin(world)
    for who in ("amira", "tom"):
        with pytest.raises(Denied):
            look(world, id, who)
    with pytest.raises(Denied):
        begin(world, who="tom")


def test_a_reviewer_looks_and_does_not_write(world):
    import dataclasses

    from modules.access import Role

    id = begin(world)
    viewer = dataclasses.replace(world.viewer("priya"), roles=frozenset({Role.REVIEWER}))
    with writing() as session:
        opened = drafting.opened(session, viewer, id=id, now=world.now)
        assert opened.texts
        assert not opened.may_write
        path = f"{opened.draft.slug}/{LESSON}"
        with pytest.raises(Denied):
            drafting.save(
                session, viewer, id=id, path=path, base=None, text="x", place="", now=world.now
            )


def test_another_organisations_trainer_finds_no_such_draft(world):
    import dataclasses

    from modules.access import Role

    id = begin(world)
    viewer = dataclasses.replace(
        world.viewer("olga"), roles=frozenset({Role.TRAINER, Role.REVIEWER})
    )
    with writing() as session:
        assert not drafting.listed(session, viewer)
        for act in (drafting.opened, drafting.undo, drafting.redo):
            with pytest.raises(BadInput, match=r"no such draft|nothing"):
                act(session, viewer, id=id, now=world.now)
        with pytest.raises(BadInput, match="no such draft"):
            drafting.seen(session, viewer, id=id, place="", now=world.now)


def test_titles_are_asked_for_and_kept_short(world):
    for title, told in (("  ", "no title yet"), ("x" * 121, "121 characters")):
        with pytest.raises(BadInput, match=told):
            begin(world, title)
    opened = look(world, begin(world, 'Who: "me" #1 – {ask} 👋'))
    assert looking.shown(opened.texts, opened.draft.slug, shipped(), SAY).title.endswith("👋")


def test_one_field_is_saved_undone_and_done_again(world):
    id = begin(world)
    opened = look(world, id)
    path = f"{opened.draft.slug}/questions.en.yaml"
    base = opened.texts[path]
    at = ("M50-Q01", "stem")
    given = {"id": id, "path": path, "place": "M50-Q01/stem"}
    do(world, drafting.save, base=base, text=fields.put(base, at, "Who may see it?"), **given)
    assert fields.read(look(world, id).texts[path], at) == "Who may see it?"
    do(world, drafting.undo, id=id)
    assert look(world, id).texts[path] == base
    do(world, drafting.redo, id=id)
    assert fields.read(look(world, id).texts[path], at) == "Who may see it?"
    do(world, drafting.go_back, id=id, number=0)
    assert look(world, id).texts[path] == base
    assert look(world, id).steps[0].place == "#0"


def test_two_who_write_at_once_are_told_and_neither_text_is_lost(world):
    id = begin(world)
    opened = look(world, id)
    path = f"{opened.draft.slug}/questions.en.yaml"
    base = opened.texts[path]
    mine, theirs = (fields.put(base, ("M50-Q01", "stem"), text) for text in ("Mine?", "Theirs?"))
    do(world, drafting.save, id=id, path=path, base=base, text=theirs, place="a")
    with pytest.raises(Overtaken):
        do(world, drafting.save, id=id, path=path, base=base, text=mine, place="a")
    apart = fields.put(base, ("M50-Q03", "stem"), "Apart?")
    merged = do(world, drafting.save, id=id, path=path, base=base, text=apart, place="b")
    assert yaml.safe_load(merged)["M50-Q01"]["stem"] == "Theirs?"
    assert yaml.safe_load(merged)["M50-Q03"]["stem"] == "Apart?"


def test_who_has_the_draft_open_is_told_to_others_only(world):
    import dataclasses

    id = begin(world)
    do(world, drafting.seen, id=id, place="M50-Q01")
    assert not look(world, id).others
    other = dataclasses.replace(
        world.viewer("marek"), roles=world.viewer("priya").roles | world.viewer("marek").roles
    )
    with reading() as session:
        (there,) = drafting.opened(session, other, id=id, now=world.now).others
    assert (there.place, there.person_id) == ("M50-Q01", world.viewer("priya").person_id)


def test_there_is_a_last_number():
    with pytest.raises(BadInput, match="All 50"):
        beginning.next_id([f"M{number}" for number in range(50, 100)])
