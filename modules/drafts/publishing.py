"""A draft becomes what learners see: checked, once, and only as it was approved."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import drafts, revisions, shipped
from db.drafts import Drafted
from db.revisions import Published
from modules import enrolling, evidence, publishing, refreshing
from modules.basics import BadInput, ContentError
from modules.course.files import canonical, first_language, module_from_bundle, sha256_of
from modules.course.model import Change
from modules.drafts import looking
from modules.drafts.change import folder_of, next_version, told, with_change
from modules.drafts.reviewing import none_ignored, state_of, still_open
from modules.drafts.writing import held, save
from modules.settings import settings


@dataclass(frozen=True)
class Ready:
    """A draft as the revision that it would become."""

    draft: Drafted
    live: Published | None
    files: Mapping[str, str]
    sha256: str
    version: str
    change: str


def files_of(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> dict[str, str]:
    """The files of a draft as they stand."""
    return {path: one.body for path, one in drafts.files(session, org_id=org_id, id=id).items()}


def base_of(session: Session, *, org_id: uuid.UUID, draft: Drafted) -> dict[str, str]:
    """The files of the revision that a draft began from; none for a new module."""
    if draft.base_id is None:
        return {}
    base = revisions.by_id(session, org_id=org_id, revision_id=draft.base_id)
    return files_behind(session, base) if base else {}


def files_behind(session: Session, published: Published) -> dict[str, str]:
    """The files of a revision."""
    files: dict[str, str] = json.loads(revisions.body(session, sha256=published.sha256))
    return files


def say_change(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    change: Mapping[str, object] | None,
    by: uuid.UUID,
    now: datetime,
) -> str:
    """Write what a draft changes into its module.yaml; gives its version. Raises BadInput.

    ``change`` holds kind, says, parts, paths, laws and days; None where nobody learnt the module
    before. An approval does not outlive it.
    """
    draft = held(session, org_id, id)
    path = f"{draft.slug}/module.yaml"
    stands = files_of(session, org_id=org_id, id=id).get(path)
    if stands is None:
        raise BadInput(f"The draft has no {path}. Undo what took it away.")
    before = base_of(session, org_id=org_id, draft=draft).get(path, "")
    known = {
        one.version for one in revisions.of_module(session, org_id=org_id, module=draft.module)
    }
    made = None
    kind = str((change or {}).get("kind", "wording"))
    version = next_version(kind, known)
    if known:
        if not change:
            raise BadInput("Say what this changes: wording, a clarification or a rule.")
        try:
            made = Change.model_validate({**change, "version": version}, strict=False)
        except ValueError as error:
            raise BadInput(
                "A change has a kind, a sentence for learners, and 1 to 730 days to redo it."
            ) from error
    text = with_change(stands, before, made, version)
    where: dict[str, Any] = {"org_id": org_id, "id": id, "path": path, "by": by, "now": now}
    save(session, **where, base=stands, text=text, place="changes")
    return version


def ready(session: Session, *, org_id: uuid.UUID, draft: Drafted, root: Path) -> Ready:
    """What a draft would be published as, whoever approved it.

    Raises ContentError with every problem that stops it, BadInput where it was overtaken.
    """
    live = revisions.latest(session, org_id=org_id).get(draft.module)
    if live and live.id != draft.base_id:
        raise BadInput(
            f"Meanwhile revision {live.number} (version {live.version}) of this module was "
            "published. Bring it into the draft first, then look at the difference again."
        )
    written, known = files_of(session, org_id=org_id, id=draft.id), looking.shipped(root)
    if stops := [one for one in looking.problems(written, draft.slug, known) if one.stops]:
        raise ContentError(stops)
    files = looking.bundled(written, draft.slug, known)
    if missing := publishing.not_kept(session, files=files):
        raise ContentError(missing)
    module = module_from_bundle(files, first_language(files))
    for language in module.languages[1:]:
        module_from_bundle(files, language)
    if module.id != draft.module:
        raise ContentError(
            f"{draft.slug}/module.yaml: the id is {module.id}, and this is the draft of "
            f"{draft.module}. Write {draft.module} there."
        )
    if folder_of(files[f"{draft.slug}/module.yaml"]) != draft.slug:
        raise ContentError(
            f"{draft.slug}/module.yaml: the slug is not the folder. Write {draft.slug} there."
        )
    sha256 = sha256_of(files)
    if live and live.sha256 == sha256:
        raise BadInput("The draft says the same as what is published: there is nothing to publish.")
    version, changes = told(files[f"{draft.slug}/module.yaml"])
    earlier = revisions.of_module(session, org_id=org_id, module=draft.module)
    if version in {one.version for one in earlier}:
        raise BadInput(
            f"There is a version {version} already. Say what this one changes: it then gets a "
            "number of its own."
        )
    change = next((one.kind for one in changes if one.version == version), "")
    return Ready(draft, live, files, sha256, version, change)


def publish(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    seen: str,
    by: uuid.UUID,
    by_name: str,
    root: Path,
    now: datetime,
    comments: int = 0,
) -> Published:
    """Publish a draft as it was ``seen``, which `reviewing.state_of` names.

    ``comments`` is how many open ones are accepted. Who has to redo a changed rule is asked in
    the same transaction. Raises BadInput and ContentError before anything is written.
    """
    made = ready(session, org_id=org_id, draft=held(session, org_id, id), root=root)
    may(session, org_id=org_id, draft=made.draft, seen=seen, comments=comments)
    return record(session, org_id, made, by, by_name, now)


def may(
    session: Session, *, org_id: uuid.UUID, draft: Drafted, seen: str, comments: int = 0
) -> None:
    """Raises BadInput for a draft that is not approved as ``seen``, or has other open comments."""
    if settings().second_reviewer and draft.state != "approved":
        raise BadInput("Somebody else has to approve this draft before it is published.")
    if state_of(session, org_id=org_id, id=draft.id) != seen:
        raise BadInput("The draft changed while you read it. Look at the difference again.")
    none_ignored(session, org_id=org_id, id=draft.id, comments=comments)


def drop(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, now: datetime) -> None:
    """End a draft without publishing it; its text stays in its history."""
    held(session, org_id, id)
    none: dict[str, Any] = {"publish_at": None, "planned_by": None}
    drafts.set_draft(session, org_id=org_id, id=id, state="dropped", ended_at=now, **none)


def record(
    session: Session, org_id: uuid.UUID, made: Ready, by: uuid.UUID, by_name: str, now: datetime
) -> Published:
    """Write what is `ready` as the newest revision, with all that follows from it."""
    draft, live = made.draft, made.live
    goes_back = live.sha256 if live and live.origin == "shipped" else ""
    goes_back = draft.merges or goes_back or (live.shipped_from if live else "")
    published = revisions.publish(
        session,
        org_id=org_id,
        module=draft.module,
        version=made.version,
        sha256=made.sha256,
        text=canonical(made.files),
        origin="trainer",
        now=now,
        change=made.change,
        published_by=by,
        shipped_from=goes_back,
        offered=draft.offered,
    )
    if published is None:
        raise BadInput("Somebody else published this module at the same moment. Open it anew.")
    ended: dict[str, Any] = {
        "state": "published",
        "ended_at": now,
        "revision_id": published.id,
        "refused": "",
    }
    ended |= {"publish_at": None}
    drafts.set_draft(session, org_id=org_id, id=draft.id, **ended)
    waits = shipped.waiting(session, org_id=org_id).get(draft.module)
    if waits and waits.sha256 == goes_back:
        shipped.forget(session, org_id=org_id, module=draft.module)
    follow(session, org_id=org_id, now=now)
    evidence.record(
        session,
        org_id=org_id,
        kind="module_published",
        about=published.id,
        facts={
            **facts(published),
            "approved": draft.state == "approved",
            "comments": still_open(session, org_id=org_id, id=draft.id),
        },
        by=by,
        by_name=by_name,
        now=now,
    )
    return published


def follow(session: Session, *, org_id: uuid.UUID, now: datetime) -> None:
    """What follows from any publication: changed rules are asked again, duties can be begun."""
    refreshing.sweep(session, org_id=org_id, now=now)
    enrolling.refresh(session, org_id=org_id, now=now)


def facts(published: Published) -> dict[str, object]:
    """What evidence says about a revision."""
    return {
        "module": published.module,
        "version": published.version,
        "number": published.number,
        "sha256": published.sha256,
        "change": published.change,
    }
