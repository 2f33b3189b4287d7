"""Questions of other systems: looked at, then what is wanted is taken into a draft, or nothing."""

import io
from datetime import timedelta

import pytest
from pptx import Presentation

from db import assets
from db.engine import reading, writing
from modules import words
from modules.author import bringing, drafting
from modules.author.bringing import Kept, Wish
from modules.basics import BadInput, Denied
from modules.course.files import module_from_bundle
from modules.drafts import fields, looking
from modules.drafts.moments import moments
from modules.exchange.items.ours import records
from modules.settings import settings
from tests import quizzes
from tests.media import picture
from tests.question_files import watched

SAY = words.of("en")
GIFT = b"::One:: Which? {=yes#Right. ~no#Wrong.}\n\nHow many? {#5:1}\n\nWrite. {}\n"


def begin(world):
    with writing() as session:
        viewer = world.viewer("priya")
        return drafting.begin(session, viewer, title="A", copy="", say=SAY, now=world.now)


def bring(world, id, found, who="priya", now=None, **given):
    with writing() as session:
        wish = Wish(**({"questions": {0: "O1"}} | given))
        viewer = world.viewer(who)
        return bringing.bring(session, viewer, id=id, found=found, wish=wish, now=now or world.now)


def look(world, data=GIFT, name="a.gift", who="priya"):
    return bringing.look(world.viewer(who), data=data, name=name)


def slides(*titles, spoken=""):
    """A presentation with a slide for each title."""
    show = Presentation()
    for title in titles:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "Some text"
        slide.notes_slide.notes_text_frame.text = spoken
    kept = io.BytesIO()
    show.save(kept)
    return kept.getvalue()


def files(world, id):
    with reading() as session:
        opened = drafting.opened(session, world.viewer("priya"), id=id, now=world.now)
    return opened.texts, opened.draft.slug


def test_what_is_ticked_is_kept_and_nothing_else(world):
    id, found = begin(world), look(world)
    assert (len(found.bank.items), len(found.bank.refused)) == (2, 1)
    assert bring(world, id, found, questions={1: "O1"}) == Kept(("M50-Q04",))
    texts, slug = files(world, id)
    shipped = looking.shipped(settings().content)
    module = module_from_bundle(looking.bundled(texts, slug, shipped), "en")
    assert module.questions["M50-Q04"].stem == "How many?"
    assert module.reserve == ("M50-Q04",)
    assert not any("Which?" in text for text in texts.values())


def test_looking_keeps_nothing(world):
    id = begin(world)
    before = files(world, id)
    with watched() as written:
        look(world, GIFT.replace(b"Which", b"What"))
    assert (files(world, id), written) == (before, [])


def test_a_draft_is_offered_with_its_objectives_in_words(world):
    id = begin(world)
    with reading() as session:
        (target,) = bringing.targets(session, world.viewer("priya"))
    assert (target.id, target.module, target.title) == (id, "M50", "A")
    assert target.objectives == {"O1": SAY("studio.new.objective")}


def test_pictures_come_along_and_are_kept_once(world):
    data = quizzes.quiz(
        quizzes.question(
            "multichoice",
            '<p>Where?</p><img src="@@PLUGINFILE@@/plan.png" alt="A plan">',
            quizzes.answer("here", 100),
            quizzes.answer("there", 0),
        ).replace("</questiontext>", f"{quizzes.file('plan.png', picture())}</questiontext>")
    )
    id, bank = begin(world), look(world, data, "a.xml")
    bring(world, id, bank)
    texts, slug = files(world, id)
    (path,) = [path for path in texts if "/pictures/" in path]
    hash = texts[path].removeprefix("sha256:")
    with reading() as session:
        assert not assets.missing(session, hashes=[hash])
    assert f"({path.removeprefix(f'{slug}/')})" in texts[f"{slug}/questions.en.yaml"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"questions": {}}, "Nothing is ticked"),
        ({"questions": {7: "O1"}}, "no such part"),
        ({"pages": [0]}, "no such part"),
        ({"questions": {0: "O9"}}, "no objective O9"),
        ({"difficulty": 4}, "difficulty is 1, 2 or 3"),
        ({"beliefs": {0: {0: "no-such-belief"}}}, "no misconception no-such-belief"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(world, given, reason):
    id, bank = begin(world), look(world)
    before = files(world, id)
    with pytest.raises(BadInput, match=reason):
        bring(world, id, bank, **given)
    assert files(world, id) == before


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(world):
    with pytest.raises(BadInput, match="no format that is known"):
        look(world, b"Just a text.", "a.txt")


def test_a_document_comes_as_screens_and_questions(world):
    found = look(world, slides("One", "Two", spoken="Tell them why."), "talk.pptx")
    assert [one.title for one in found.pages] == ["One", "Two"]
    id = begin(world)
    assert bring(world, id, found, questions={}, pages=[1], spoken=[1]) == Kept((), ("two",))
    texts, slug = files(world, id)
    shipped = looking.shipped(settings().content)
    module = module_from_bundle(looking.bundled(texts, slug, shipped), "en")
    assert [one.title for one in module.screens.values()][1:] == ["Two"]
    assert "Tell them why." in texts[f"{slug}/lesson.en.md"]
    assert [one.id for one in module.sittings[0].steps] == ["reading", "two", "check", "aid"]


def test_wrong_answers_show_the_beliefs_that_were_named_and_others_none(world):
    data = b"Which? {=yes ~no ~perhaps}\n\nTwo and two is {=four =%50%five =%0%three}.\n"
    id, found = begin(world), look(world, data)
    beliefs = {0: {1: "selling-is-sharing"}, 1: {0: "no-name-no-risk"}}
    bring(world, id, found, questions={0: "O1", 1: "O1"}, beliefs=beliefs)
    texts, slug = files(world, id)
    first, second = fields.read(texts[f"{slug}/questions.yaml"])[-2:]
    assert [one.get("tag") for one in first["options"]] == [None, None, "selling-is-sharing"]
    assert [one.get("tag") for one in second["gaps"][0]["traps"]] == ["no-name-no-risk", None]


def test_a_belief_of_the_drafts_own_can_be_named(world):
    id, found = begin(world), look(world)
    own = "- id: of-ours\n  title: A belief of ours.\n"
    with writing() as session:
        drafting.save(
            session,
            world.viewer("priya"),
            id=id,
            path="misconceptions.yaml",
            base=None,
            text=own,
            place="source",
            now=world.now,
        )
        (target,) = bringing.targets(session, world.viewer("priya"))
    assert target.beliefs["of-ours"] == "A belief of ours."
    assert len(target.beliefs) > 20
    bring(world, id, found, beliefs={0: {0: "of-ours"}})
    texts, slug = files(world, id)
    assert "tag: of-ours" in texts[f"{slug}/questions.yaml"]


def test_an_import_is_one_step_to_undo_to_do_again_and_to_read_in_the_history(world):
    presentation = slides("One", "Two")
    id = begin(world)
    before = files(world, id)
    shown = quizzes.quiz(
        quizzes.question(
            "multichoice",
            '<p>Where?</p><img src="@@PLUGINFILE@@/plan.png" alt="A plan">',
            quizzes.answer("here", 100),
            quizzes.answer("there", 0),
        ).replace("</questiontext>", f"{quizzes.file('plan.png', picture())}</questiontext>")
    )
    now = world.now
    for found, wish in (
        (look(world, shown, "a.xml"), {"questions": {0: "O1"}}),
        (look(world, presentation, "talk.pptx"), {"questions": {}, "pages": [0, 1]}),
    ):
        now += timedelta(hours=1)
        bring(world, id, found, now=now, **wish)
        after = files(world, id)
        assert after != before
        with writing() as session:
            who = (session, world.viewer("priya"))
            drafting.undo(*who, id=id, now=now + timedelta(minutes=1))
        assert files(world, id) == before
        with writing() as session:
            later = now + timedelta(minutes=2)
            drafting.redo(session, world.viewer("priya"), id=id, now=later)
        assert files(world, id) == after
        with reading() as session:
            opened = drafting.opened(session, world.viewer("priya"), id=id, now=world.now)
        newest = moments(opened.steps)[0]
        assert len(newest) == len({one.path for one in newest}) > 1
        before = after


def test_true_and_false_are_said_as_the_module_says_them(world, tmp_path, monkeypatch):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text('brought.true: "True"\nbrought.false: "False"\n')
    (tmp_path / "words" / "fr.yaml").write_text("brought.true: Vrai\nbrought.false: Faux\n")
    french = words.of("fr", tmp_path)
    data = b"The sun is hot. {T}\n\n::Own words:: Is it? {=False ~True}\n"
    found = look(world, data)
    made = [
        records(item, id="M50-Q01", objective="O1", say=french).words["options"]
        for item in found.bank.items
    ]
    assert [one["text"] for one in made[0].values()] == ["Vrai", "Faux"]
    assert [one["text"] for one in made[1].values()] == ["False", "True"]


def test_only_who_writes_may_look_or_take(world):
    id, bank = begin(world), look(world)
    for who in ("amira", "tom"):
        with pytest.raises(Denied):
            look(world, who=who)
        with pytest.raises(Denied), reading() as session:
            bringing.targets(session, world.viewer(who))
        with pytest.raises(Denied):
            bring(world, id, bank, who=who)
