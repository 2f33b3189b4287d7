"""The register, part five: what trainers did with drafts of modules."""

from __future__ import annotations

from db.tables import (
    Base,
    DraftChange,
    DraftComment,
    DraftPresence,
    ModuleDraft,
    Revision,
    ShippedWaiting,
)
from modules.personal.entry import Basis, Goes, Rows, Stays, cols
from modules.personal.of_people import ACT, OTHERS, WHILE_HERE

TEXT = "the organisation’s own text"


def _did(table: type[Base], by: str, name: str, shown: str, **held: str) -> Rows:
    """Rows about a draft through one of the people who worked on it."""
    purpose = "to tell who wrote, reviewed or published what everybody learns"
    return Rows(table, by, name, purpose, Basis.DUTY, WHILE_HERE, Stays(ACT), cols(shown), held)


STUDIO: tuple[Rows, ...] = (
    _did(ModuleDraft, "made_by", "drafts_begun", "module slug state made_at changed_at ended_at"),
    _did(ModuleDraft, "asked_by", "reviews_asked", "module asked_at word"),
    _did(ModuleDraft, "approved_by", "drafts_approved", "module approved_at"),
    _did(ModuleDraft, "planned_by", "publications_planned", "module publish_at"),
    _did(Revision, "published_by", "modules_published", "module version change published_at"),
    _did(ShippedWaiting, "kept_by", "shipped_put_aside", "module version kept_at"),
    _did(DraftChange, "changed_by", "drafts_changed", "path place changed_at", old=TEXT, new=TEXT),
    _did(DraftComment, "said_by", "draft_comments", "path place text said_at settled_at"),
    _did(DraftComment, "settled_by", "draft_comments_settled", "settled_at", text=OTHERS),
    Rows(
        DraftPresence,
        "person_id",
        "drafts_open",
        "so that two trainers on one draft know of each other",
        Basis.TASK,
        "minutes",
        Goes(),
        cols("draft_id place seen_at"),
    ),
)
