"""From a draft to what learners see: reviewed, approved as it stands, published once."""

from datetime import timedelta

import pytest

from db import drafts, revisions, shipped
from db.engine import reading, writing
from modules import publishing as sync
from modules.basics import BadInput, ContentError
from modules.drafts import bringing, planning, publishing, reviewing, rolling
from modules.drafts import writing as steps
from modules.settings import settings
from tests.data.studio import HEAD, LESSON, Studio

WORD = ("Ask for the answer first.", "Ask for the answer, and only then for data.")


@pytest.fixture
def studio(world):
    return Studio(world)


@pytest.fixture
def written(studio):
    """A draft of M01 in which one sentence says something else."""
    studio.begin()
    studio.write(*WORD)
    return studio


def evidence_of(session, org_id):
    from sqlalchemy import select

    from db.tables import Evidence, core

    entry = core(Evidence).c
    query = select(entry.kind, entry.body).where(entry.org_id == org_id).order_by(entry.number)
    return [tuple(row) for row in session.connection().execute(query)]


def test_a_draft_begins_as_what_is_published_and_says_nothing_new(studio):
    studio.begin()
    assert studio.files()[LESSON] == studio.bodies()[LESSON]
    assert not {"facts.yaml", "sources.yaml"} & set(studio.files())
    studio.ask()
    studio.approve()
    with pytest.raises(BadInput, match="nothing to publish"):
        studio.publish()


def test_what_a_second_person_approved_is_published_and_learners_get_it(written):
    before = written.live()
    made = written.through()
    assert (made.version, made.number, made.origin) == ("1.2.1", before.number + 1, "trainer")
    assert (made.change, made.shipped_from) == ("wording", before.sha256)
    assert WORD[1] in written.bodies()[LESSON]
    assert written.draft().state == "published" and written.draft().revision_id == made.id
    with reading() as session:
        kinds = [kind for kind, _ in evidence_of(session, written.who("priya").org_id)]
        _, body = evidence_of(session, written.who("priya").org_id)[-1]
    assert kinds[-2:] == ["module_approved", "module_published"]
    assert '"approved":true' in body and "Priya" not in body


@pytest.mark.parametrize(
    ("kind", "version"), [("wording", "1.2.1"), ("clarification", "1.3.0"), ("rule", "2.0.0")]
)
def test_the_kind_of_change_gives_the_version_and_stands_in_the_file(written, kind, version):
    written.change("clarification", "What it was at first.")
    parts = {"parts": ("M01-Q10",)} if kind == "rule" else {}
    assert written.change(kind, "Ask before you copy.", **parts) == version
    head = written.files()[HEAD]
    assert head.count("changes:") == 1 and "What it was at first" not in head
    assert "# Minutes: 180 words a minute" in head
    written.ask()
    written.approve()
    made = written.publish()
    assert (made.version, made.change) == (version, kind)


def test_nobody_approves_what_she_wrote_herself(written):
    written.change()
    written.ask()
    with pytest.raises(BadInput, match="You wrote some of this draft"):
        written.approve("priya")
    with pytest.raises(BadInput, match="Somebody else has to approve"):
        written.publish()
    assert written.live().number == 1


def test_whoever_mends_one_word_in_a_review_is_a_writer_too(written):
    written.change()
    written.write("Name both.", "Name them both.", who="gov0")
    written.ask()
    with pytest.raises(BadInput, match="You wrote some"):
        written.approve("gov0")
    written.approve("gov1")
    # What was approved counts: the next change is the next writer's alone.
    written.write("Name them both.", "Do name them both.", who="gov1")
    assert written.draft().state == "review"
    with pytest.raises(BadInput, match="You wrote some"):
        written.approve("gov1")
    written.approve("priya")
    assert written.publish("gov1").number == 2


def test_typing_on_at_once_after_an_approval_does_not_hide_in_the_approved_step(written):
    written.change()
    written.ask()
    written.approve()
    number = written.draft().number
    text = written.files()[HEAD]
    viewer = written.who("priya")
    with writing() as session:
        steps.save(
            session,
            org_id=viewer.org_id,
            id=written.id,
            path=HEAD,
            base=text,
            text=text + "# more\n",
            by=viewer.person_id,
            now=written.now - timedelta(minutes=4),
            place="changes",
        )
    assert written.draft().number == number + 1
    assert viewer.person_id in written.read(reviewing.writers, draft=written.draft())


def test_an_approval_is_of_exactly_what_was_read(written):
    written.change()
    written.ask()
    seen = written.seen()
    written.write("Name both.", "Name them both.")
    with pytest.raises(BadInput, match="changed while you read"):
        written.approve(seen=seen)
    written.approve()
    with pytest.raises(BadInput, match="changed while you read"):
        written.publish(seen=seen)


def test_nothing_is_approved_that_nobody_asked_about(written):
    with pytest.raises(BadInput, match="Nobody asked"):
        written.approve()
    written.ask()
    written.approve()
    with pytest.raises(BadInput, match="approved already"):
        written.approve("gov1")
    written.do(lambda session, by, now, **more: reviewing.withdraw(session, **more), id=written.id)
    assert written.draft().state == "writing"


def test_one_trainer_alone_may_where_the_installation_says_so(written, monkeypatch):
    alone = settings().model_copy(update={"second_reviewer": False})
    monkeypatch.setattr(publishing, "settings", lambda: alone)
    written.change()
    assert written.publish().number == 2
    with reading() as session:
        _, body = evidence_of(session, written.who("priya").org_id)[-1]
    assert '"approved":false' in body


def test_a_second_press_of_the_button_publishes_nothing_more(written):
    written.through()
    with pytest.raises(BadInput, match="published or dropped"):
        written.publish(seen="whatever")
    assert written.live().number == 2


def test_what_cannot_be_read_is_not_published_and_the_place_is_told(written):
    written.change()
    written.write("- {id: ecosystem, kind: screen", "- {id: ecosystem, kind: scren", path=HEAD)
    written.ask()
    written.approve()
    with pytest.raises(ContentError) as told:
        written.publish()
    assert all(one.file == HEAD and one.place for one in told.value.problems)
    assert written.live().number == 1 and written.draft().state == "approved"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("id: M01\n", "id: M51\n", "M01"), ("slug: m01-why-share", "slug: m51-x", "the slug is not")],
)
def test_a_module_stays_what_it_is_and_where_it_is(written, old, new, told):
    written.change()
    written.write(old, new, path=HEAD)
    written.ask()
    written.approve()
    with pytest.raises(ContentError, match=told):
        written.publish()


def test_a_version_that_there_was_is_never_given_again(written):
    written.ask()
    written.approve()
    with pytest.raises(BadInput, match=r"There is a version 1\.2\.0 already"):
        written.publish()


def test_a_draft_that_was_overtaken_takes_in_what_was_published_meanwhile(studio):
    studio.begin()
    studio.write(*WORD)
    first = studio.id
    studio.do(lambda session, by, now, **more: publishing.drop(session, now=now, **more), id=first)
    studio.begin()
    studio.write("Name both.", "Name them both.")
    other = studio.id
    studio.through()
    # The first goes on where it was, as if it had never been dropped.
    with writing() as session:
        org = studio.who("priya").org_id
        drafts.set_draft(session, org_id=org, id=first, state="writing", ended_at=None)
    studio.id = first
    assert first != other
    studio.change()
    studio.ask()
    studio.approve()
    with pytest.raises(BadInput, match="Meanwhile revision 2"):
        studio.publish()
    clashes = studio.do(bringing.bring_live, id=first, root=studio.root)
    assert not clashes  # both say which version they are, and that is no text to choose
    text = studio.files()[LESSON]
    assert WORD[1] in text and "Name them both." in text
    studio.through(says="A sentence is put better.")
    assert studio.live().version == "1.2.2"
    assert studio.live().number == 3


def test_an_outsider_has_no_such_draft(written):
    for who in ("olga", "uma"):
        with pytest.raises(BadInput, match="no such draft"):
            written.ask(who)
        with pytest.raises(BadInput, match="no such draft"):
            written.do(
                publishing.publish, who, id=written.id, by_name="x", seen="", root=written.root
            )
    assert written.live(who="olga").number == 1


def test_a_module_of_ones_own_is_published_as_its_first_version(studio):
    studio.begin_own()
    made = studio.through()
    assert (made.module, made.version, made.number, made.change) == ("M50", "1.0.0", 1, "")
    assert made.shipped_from == ""
    assert studio.live("M50", who="olga") is None
    studio.begin("M50")
    slug = studio.draft().slug
    studio.write("Our team’s inbox", "The inbox of our team", path=f"{slug}/lesson.en.md")
    assert studio.through().version == "1.0.1"


class TestRollingBack:
    def back(self, studio, number, who="priya", module="M01"):
        named = {"module": module, "number": number, "by_name": studio.who(who).name}
        return studio.do(rolling.back, who, **named)

    def test_the_earlier_text_is_published_again_and_that_can_be_undone(self, written):
        first = written.live()
        second = written.through()
        third = self.back(written, 1)
        assert (third.sha256, third.number, third.repeats) == (first.sha256, 3, 1)
        assert (third.change, third.version) == ("wording", "1.2.0")
        assert self.back(written, 2).sha256 == second.sha256
        with pytest.raises(BadInput, match="says the same"):
            self.back(written, 2)
        with pytest.raises(BadInput, match="no such revision"):
            self.back(written, 99)
        with pytest.raises(BadInput, match="no such revision"):
            self.back(written, 2, who="olga")

    def test_a_version_after_a_roll_back_has_a_number_of_its_own(self, written):
        written.through()
        self.back(written, 1)
        written.begin()
        written.write("Name both.", "Name them both.")
        assert written.through().version == "1.2.2"

    def test_what_is_rolled_back_is_not_shipped_again_by_itself(self, written):
        written.through()
        self.back(written, 1)
        org = written.who("priya").org_id
        with writing() as session:
            assert sync.sync(session, org_id=org, root=written.root, now=written.now) == []
        assert written.read(shipped.waiting) == {}


def test_revisions_of_a_module_are_told_with_who_published_them(written):
    written.through()
    first, second = written.read(revisions.of_module, module="M01")
    assert (first.published_by, second.published_by) == (None, written.who("priya").person_id)


def comment(studio, text="Which answer?", who="gov0"):
    said = {"id": studio.id, "path": LESSON, "place": "front", "text": text}
    return studio.do(reviewing.comment, who, **said)


def decide(studio, verb, who, comments, **more):
    viewer = studio.who(who)
    named = {"by_name": viewer.name, "seen": studio.seen(), "comments": comments, **more}
    return studio.do(verb, who, id=studio.id, **named)


def test_nobody_approves_or_publishes_past_an_open_comment_without_saying_so(written):
    written.change()
    written.ask()
    first, _ = comment(written), comment(written, "And this?")
    for accepted in (0, 1, 3):
        with pytest.raises(BadInput, match="2 comments are open"):
            decide(written, reviewing.approve, "gov0", accepted)
    written.do(reviewing.settle, id=written.id, comment=first)
    with pytest.raises(BadInput, match="1 comment is open"):
        decide(written, reviewing.approve, "gov0", 0)
    decide(written, reviewing.approve, "gov0", 1)
    with pytest.raises(BadInput, match="1 comment is open"):
        decide(written, publishing.publish, "priya", 0, root=written.root)
    decide(written, publishing.publish, "priya", 1, root=written.root)
    with reading() as session:
        told = evidence_of(session, written.who("priya").org_id)[-2:]
    assert [kind for kind, _ in told] == ["module_approved", "module_published"]
    assert all('"comments":1' in body for _, body in told)


def test_a_comment_on_a_planned_draft_takes_the_plan_back_and_says_why(written):
    written.change()
    written.ask()
    said = comment(written)
    written.do(reviewing.settle, id=written.id, comment=said)
    written.approve()
    at = written.now + timedelta(hours=2)
    given = {"seen": written.seen(), "at": at, "root": written.root}
    written.do(planning.plan, id=written.id, **given)
    written.do(reviewing.settle, id=written.id, comment=said, again=True)
    assert written.draft().publish_at is None and "commented" in written.draft().refused
    with pytest.raises(BadInput, match="1 comment is open"):
        written.do(planning.plan, id=written.id, **given)
    written.do(planning.plan, id=written.id, **given, comments=1)
    assert written.draft().publish_at == at and not written.draft().refused
    comment(written, "One more.")
    assert written.draft().publish_at is None and written.draft().state == "approved"
