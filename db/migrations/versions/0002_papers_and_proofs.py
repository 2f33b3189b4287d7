"""Papers, turns, free text, paths of completions; certificates, requests for help, notes."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import db.tables.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in batch mode: SQLite would make the table anew, and dropping the old one would take
    # every answer with it.
    op.add_column("attempt", sa.Column("paper", sa.JSON(), nullable=False, server_default="{}"))
    for table in ("attempt", "completion"):
        op.add_column(table, sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    # Practice and the questions before the lesson begin at the same moment, practice first.
    op.execute(
        "UPDATE attempt SET turn = numbered.turn FROM (SELECT org_id, id, row_number() OVER "
        "(PARTITION BY org_id, person_id ORDER BY started_at, form <> 'practice', id) AS turn "
        "FROM attempt) AS numbered "
        "WHERE numbered.org_id = attempt.org_id AND numbered.id = attempt.id"
    )
    op.execute(
        "UPDATE completion SET turn = coalesce((SELECT max(attempt.turn) FROM attempt "
        "WHERE attempt.org_id = completion.org_id AND attempt.person_id = completion.person_id "
        "AND attempt.started_at <= completion.completed_at), 0)"
    )
    op.add_column(
        "answer", sa.Column("free_text", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(sa.text("UPDATE answer SET free_text = true WHERE kind = 'lab'"))
    op.create_index(
        "ix_answer_free_text",
        "answer",
        ["answered_at"],
        sqlite_where=sa.text("free_text"),
        postgresql_where=sa.text("free_text"),
    )
    op.add_column("completion", sa.Column("path", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE completion SET path = (SELECT person.path FROM person "
        "WHERE person.org_id = completion.org_id AND person.id = completion.person_id)"
    )
    op.create_table(
        "certificate",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("withdrawn_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "attempt_id"],
            ["completion.org_id", "completion.attempt_id"],
            name=op.f("fk_certificate_org_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "attempt_id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
    )
    op.create_table(
        "help_request",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("done_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_help_request_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "helper_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_help_request_org_id_helper_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_help_request")),
    )
    for column in ("helper_id", "person_id"):
        op.create_index(
            op.f(f"ix_help_request_org_id_{column}"), "help_request", ["org_id", column]
        )
    op.create_table(
        "note",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_note_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "person_id", "place", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_written_at"), "note", ["written_at"])


def downgrade() -> None:
    op.drop_table("note")
    op.drop_table("help_request")
    op.drop_table("certificate")
    op.drop_column("completion", "path")
    op.drop_index("ix_answer_free_text", "answer")
    op.drop_column("answer", "free_text")
    op.drop_column("completion", "turn")
    op.drop_column("attempt", "turn")
    op.drop_column("attempt", "paper")
