"""People who write, review and publish modules in the world, for tests of the studio."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

from db import drafts, revisions
from db.engine import reading, writing
from db.tables import RoleGrant
from modules.access import Role
from modules.course.files.folder import texts
from modules.drafts import bringing, publishing, reviewing
from modules.drafts import writing as steps
from modules.settings import settings

OWN = Path(__file__).resolve().parents[2] / "modules" / "demo" / "studio_files"
SLUG = "m50-shared-inbox"
LESSON = "m01-why-share/lesson.en.md"
HEAD = "m01-why-share/module.yaml"


class Studio:
    """Priya writes, Gov0 reviews; one draft at a time, and a clock that each step moves."""

    def __init__(self, world):
        self.world, self.minutes, self.id = world, 0, None
        viewer = self.who("gov0")
        with writing() as session:
            session.add(
                RoleGrant(
                    org_id=viewer.org_id,
                    person_id=viewer.person_id,
                    role=Role.REVIEWER,
                    granted_at=world.now - timedelta(days=1),
                )
            )

    @property
    def now(self):
        return self.world.now + timedelta(minutes=self.minutes)

    def who(self, short):
        return self.world.viewer(short)

    def do(self, verb, who="priya", **more):
        """Call a function that writes, as somebody of her organisation."""
        self.minutes += 5
        viewer = self.who(who)
        with writing() as session:
            return verb(session, org_id=viewer.org_id, by=viewer.person_id, now=self.now, **more)

    def read(self, verb, who="priya", **more):
        with reading() as session:
            return verb(session, org_id=self.who(who).org_id, **more)

    @property
    def root(self):
        return settings().content

    def begin(self, module="M01", who="priya"):
        self.id = self.do(bringing.begin, who, module=module, root=self.root)
        return self.id

    def begin_own(self, who="priya", module="M50"):
        """A draft of the module that the demo's trainers wrote themselves."""
        files, _ = texts(OWN, SLUG)
        slug = SLUG.replace("m50", module.lower())
        files = {
            path.replace(SLUG, slug): text.replace(SLUG, slug).replace("M50", module)
            for path, text in files.items()
        }
        own = {"module": module, "slug": slug, "base_id": None, "files": files}
        self.id = self.do(drafts.begin, who, **own)
        return self.id

    def files(self):
        return self.read(publishing.files_of, id=self.id)

    def draft(self):
        return self.read(drafts.by_id, id=self.id)

    def write(self, old, new, *, path=LESSON, who="priya", place="screen"):
        text = self.files()[path]
        assert old in text
        changed = text.replace(old, new, 1)
        self.do(steps.save, who, id=self.id, path=path, base=text, text=changed, place=place)

    def change(self, kind="wording", says="Two words are put better.", who="priya", **more):
        told = {"kind": kind, "says": says, **more}
        return self.do(publishing.say_change, who, id=self.id, change=told)

    def ask(self, who="priya", word="Please look."):
        self.do(reviewing.ask, who, id=self.id, word=word)

    def seen(self):
        return self.read(reviewing.state_of, id=self.id)

    def approve(self, who="gov0", seen=None):
        named = {"by_name": self.who(who).name, "seen": seen or self.seen()}
        self.do(reviewing.approve, who, id=self.id, **named)

    def publish(self, who="priya", seen=None):
        named = {"by_name": self.who(who).name, "seen": seen or self.seen(), "root": self.root}
        return self.do(publishing.publish, who, id=self.id, **named)

    def through(self, **change):
        """From a written draft to a publication."""
        if self.live(self.draft().module):
            self.change(**change)
        self.ask()
        self.approve()
        return self.publish()

    def live(self, module="M01", who="priya"):
        return self.read(revisions.latest, who).get(module)

    def bodies(self, module="M01"):
        with reading() as session:
            return publishing.files_behind(session, self.live(module))


def ids(found) -> set[uuid.UUID]:
    return {one.id for one in found}
