"""Duties, mail, figures by breakdown and the roll-up behind them."""

from datetime import date

import sqlalchemy as sa
import sqlmodel
from alembic import op

import db.tables.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("published_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("epsilon", sa.Float(), nullable=False),
        sa.Column("method", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("subject", name=op.f("uq_release_subject")),
    )
    op.create_table(
        "assignment",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_assignment_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_assignment")),
    )
    op.create_table(
        "breakdown",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("month_end", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("hidden", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_breakdown_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "org_id", "module", "month_end", "unit_id", "by", "category", name=op.f("pk_breakdown")
        ),
    )
    op.create_index(
        op.f("ix_breakdown_org_id_module_unit_id"), "breakdown", ["org_id", "module", "unit_id"]
    )
    op.create_table(
        "comparing",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_comparing_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_comparing")),
    )
    op.create_table(
        "holiday",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_holiday_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "learned",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("counted_at", db.tables.base.Utc(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_learned_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "module", name=op.f("pk_learned")),
    )
    op.create_table(
        "mail_run",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("ended_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("failure", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_mail_run_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_mail_run")),
    )
    op.create_index(op.f("ix_mail_run_org_id_started_at"), "mail_run", ["org_id", "started_at"])
    op.create_table(
        "policy",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("ended_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_policy_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_policy")),
    )
    op.create_table(
        "rollup",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_rollup_org_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_rollup_somebody")),
        sa.PrimaryKeyConstraint(
            "org_id", "unit_id", "module", "completed", "expires", name=op.f("pk_rollup")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_rollup_org_id_module_expires"),
        "rollup",
        ["org_id", "module", "expires", "people"],
    )
    op.create_table(
        "rollup_day",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_rollup_day_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_rollup_day")),
    )
    # Nothing is counted yet: the first start counts everything.
    organisation = sa.table("organisation", sa.column("id", sa.Uuid()))
    never = sa.select(organisation.c.id, sa.literal(date.min, sa.Date()))
    kept = sa.table("rollup_day", sa.column("org_id", sa.Uuid()), sa.column("day", sa.Date()))
    op.execute(kept.insert().from_select(["org_id", "day"], never))
    op.create_table(
        "exemption",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ground", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_exemption_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_exemption")),
    )
    op.create_index(op.f("ix_exemption_org_id_person_id"), "exemption", ["org_id", "person_id"])
    op.create_table(
        "extension",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ground", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_until", sa.Date(), nullable=False),
        sa.Column("asked_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_extension_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_org_id_person_id"), "extension", ["org_id", "person_id"])
    op.create_table(
        "feed",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_feed_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "person_id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_table(
        "mail",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("claim", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("claimed_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("sent_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("failure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_mail_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_mail")),
        sa.UniqueConstraint("org_id", "key", name=op.f("uq_mail_org_id_key")),
        sa.UniqueConstraint(
            "org_id", "person_id", "day", name=op.f("uq_mail_org_id_person_id_day")
        ),
    )
    op.create_index(op.f("ix_mail_org_id_made_at"), "mail", ["org_id", "made_at"])
    op.create_index(op.f("ix_mail_state_next_at"), "mail", ["state", "next_at"])
    op.create_table(
        "policy_version",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asks_again", sa.Boolean(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "policy_id"],
            ["policy.org_id", "policy.id"],
            name=op.f("fk_policy_version_org_id_policy_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "policy_id", "number", name=op.f("pk_policy_version")),
    )
    op.create_table(
        "refresher",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_refresher_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "org_id", "person_id", "module", "version", name=op.f("pk_refresher")
        ),
    )
    op.create_index(op.f("ix_refresher_org_id_person_id"), "refresher", ["org_id", "person_id"])
    op.create_table(
        "acknowledgement",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("acknowledged_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_acknowledgement_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "policy_id", "number"],
            ["policy_version.org_id", "policy_version.policy_id", "policy_version.number"],
            name=op.f("fk_acknowledgement_org_id_policy_id_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "org_id", "policy_id", "number", "person_id", name=op.f("pk_acknowledgement")
        ),
    )
    op.create_index(
        op.f("ix_acknowledgement_org_id_person_id"), "acknowledgement", ["org_id", "person_id"]
    )
    op.create_table(
        "hand_record",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "attempt_id"],
            ["attempt.org_id", "attempt.id"],
            name=op.f("fk_hand_record_org_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_hand_record_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_hand_record")),
    )
    op.create_index(op.f("ix_hand_record_org_id_person_id"), "hand_record", ["org_id", "person_id"])
    op.create_index(
        op.f("ix_snapshot_org_id_unit_id_module_month_end"),
        "snapshot",
        ["org_id", "unit_id", "module", "month_end"],
    )
    op.create_index(op.f("ix_unit_org_id_parent_id"), "unit", ["org_id", "parent_id"])
    op.create_index(
        op.f("ix_snapshot_org_id_module_parent_id"), "snapshot", ["org_id", "module", "parent_id"]
    )
    op.create_index(op.f("ix_completion_org_id_person_id"), "completion", ["org_id", "person_id"])
    op.add_column("enrolment", sa.Column("assignment_id", sa.Uuid(), nullable=True))
    op.add_column("enrolment", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column(
        "enrolment", sa.Column("grace_days", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "enrolment", sa.Column("window_days", sa.Integer(), server_default="30", nullable=False)
    )
    op.add_column(
        "enrolment",
        sa.Column("before_access", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "enrolment", sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.add_column(
        "person", sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "person", sa.Column("digest_off_at", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.add_column("person", sa.Column("zone", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column(
        "placement", sa.Column("job_family", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "placement", sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "revision",
        sa.Column("change", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_completion_org_id_person_id"), "completion")
    op.drop_column("revision", "change")
    op.drop_column("placement", "grade")
    op.drop_column("placement", "job_family")
    op.drop_column("person", "digest_off_at")
    op.drop_column("person", "zone")
    op.drop_column("person", "language")
    op.drop_column("enrolment", "changed_at")
    op.drop_column("enrolment", "before_access")
    op.drop_column("enrolment", "window_days")
    op.drop_column("enrolment", "grace_days")
    op.drop_column("enrolment", "ended_on")
    op.drop_column("enrolment", "assignment_id")
    op.drop_index(op.f("ix_snapshot_org_id_module_parent_id"), "snapshot")
    op.drop_index(op.f("ix_snapshot_org_id_unit_id_module_month_end"), "snapshot")
    op.drop_index(op.f("ix_unit_org_id_parent_id"), "unit")
    op.drop_index(op.f("ix_hand_record_org_id_person_id"), "hand_record")
    op.drop_table("hand_record")
    op.drop_index(op.f("ix_acknowledgement_org_id_person_id"), "acknowledgement")
    op.drop_table("acknowledgement")
    op.drop_index(op.f("ix_refresher_org_id_person_id"), "refresher")
    op.drop_table("refresher")
    op.drop_table("policy_version")
    op.drop_index(op.f("ix_mail_state_next_at"), "mail")
    op.drop_index(op.f("ix_mail_org_id_made_at"), "mail")
    op.drop_table("mail")
    op.drop_table("feed")
    op.drop_index(op.f("ix_extension_org_id_person_id"), "extension")
    op.drop_table("extension")
    op.drop_index(op.f("ix_exemption_org_id_person_id"), "exemption")
    op.drop_table("exemption")
    op.drop_table("rollup_day")
    op.drop_index(op.f("ix_rollup_org_id_module_expires"), "rollup")
    op.drop_table("rollup")
    op.drop_table("policy")
    op.drop_index(op.f("ix_mail_run_org_id_started_at"), "mail_run")
    op.drop_table("mail_run")
    op.drop_table("learned")
    op.drop_table("holiday")
    op.drop_table("comparing")
    op.drop_index(op.f("ix_breakdown_org_id_module_unit_id"), "breakdown")
    op.drop_table("breakdown")
    op.drop_table("assignment")
    op.drop_table("release")
