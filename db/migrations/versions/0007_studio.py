"""Drafts of modules, and what trainers do with them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import db.tables.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_asset")),
    )
    op.create_table(
        "analysed",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("counted_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_analysed_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "module", "part", "content", name=op.f("pk_analysed")),
    )
    op.create_table(
        "module_draft",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("word", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("approved_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("offered", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("merges", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.Column("publish_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("refused", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.Column("ended_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_module_draft_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_module_draft")),
    )
    with op.batch_alter_table("module_draft", schema=None) as batch_op:
        batch_op.create_index(
            "uq_module_draft_open",
            ["org_id", "module"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_table(
        "shipped_waiting",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("since", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=True),
        sa.Column("kept_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organisation.id"],
            name=op.f("fk_shipped_waiting_org_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["bundle.sha256"], name=op.f("fk_shipped_waiting_sha256")
        ),
        sa.PrimaryKeyConstraint("org_id", "module", name=op.f("pk_shipped_waiting")),
    )
    op.create_table(
        "draft_change",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("old", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("new", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "draft_id"],
            ["module_draft.org_id", "module_draft.id"],
            name=op.f("fk_draft_change_org_id_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "draft_id", "number", name=op.f("pk_draft_change")),
    )
    op.create_table(
        "draft_comment",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "draft_id"],
            ["module_draft.org_id", "module_draft.id"],
            name=op.f("fk_draft_comment_org_id_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_draft_comment")),
    )
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_draft_comment_org_id_draft_id"), ["org_id", "draft_id"], unique=False
        )
    op.create_table(
        "draft_file",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "draft_id"],
            ["module_draft.org_id", "module_draft.id"],
            name=op.f("fk_draft_file_org_id_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "draft_id", "path", name=op.f("pk_draft_file")),
    )
    op.create_table(
        "draft_presence",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seen_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "draft_id"],
            ["module_draft.org_id", "module_draft.id"],
            name=op.f("fk_draft_presence_org_id_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "draft_id", "person_id", name=op.f("pk_draft_presence")),
    )
    op.create_table(
        "regrade",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("item", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_revision_id", sa.Uuid(), nullable=False),
        sa.Column("to_revision_id", sa.Uuid(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "from_revision_id"],
            ["revision.org_id", "revision.id"],
            name=op.f("fk_regrade_org_id_from_revision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "to_revision_id"],
            ["revision.org_id", "revision.id"],
            name=op.f("fk_regrade_org_id_to_revision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_regrade_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_regrade")),
        sa.UniqueConstraint(
            "org_id", "module", "item", "number", name=op.f("uq_regrade_org_id_module_item_number")
        ),
    )
    op.create_table(
        "regraded",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("regrade_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("score_before", sa.Float(), nullable=True),
        sa.Column("correct_before", sa.Boolean(), nullable=True),
        sa.Column("tags_before", sa.JSON(), nullable=False),
        sa.Column("grader_before", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("correct", sa.Boolean(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("grader", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "answer_id"],
            ["answer.org_id", "answer.id"],
            name=op.f("fk_regraded_org_id_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "attempt_id"],
            ["attempt.org_id", "attempt.id"],
            name=op.f("fk_regraded_org_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "regrade_id"],
            ["regrade.org_id", "regrade.id"],
            name=op.f("fk_regraded_org_id_regrade_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "answer_id", "turn", name=op.f("pk_regraded")),
    )
    with op.batch_alter_table("regraded", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_regraded_org_id_attempt_id"), ["org_id", "attempt_id"], unique=False
        )
    with op.batch_alter_table("regraded", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_regraded_org_id_regrade_id"), ["org_id", "regrade_id"], unique=False
        )
    op.add_column("revision", sa.Column("published_by", sa.Uuid(), nullable=True))
    op.add_column(
        "revision",
        sa.Column(
            "shipped_from", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
        ),
    )
    op.add_column("revision", sa.Column("repeats", sa.Integer(), nullable=True))
    op.add_column(
        "revision", sa.Column("offered", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
