"""What readers report as wrong in the content."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import db.tables.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_report",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("reported_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("closed_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organisation.id"],
            name=op.f("fk_content_report_org_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_content_report_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "revision_id"],
            ["revision.org_id", "revision.id"],
            name=op.f("fk_content_report_org_id_revision_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_content_report")),
    )
    op.create_index(
        op.f("ix_content_report_org_id_person_id"), "content_report", ["org_id", "person_id"]
    )
    op.create_index(op.f("ix_content_report_reported_at"), "content_report", ["reported_at"])


def downgrade() -> None:
    op.drop_table("content_report")
