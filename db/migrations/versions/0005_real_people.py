"""Real people: accounts, directories, scoped roles, deputies, the agreement and the evidence."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import db.tables.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

GRANT = {
    "org_id": sa.Uuid(),
    "person_id": sa.Uuid(),
    "role": sa.String(),
    "granted_at": db.tables.base.Utc(timezone=True),
}


def upgrade() -> None:
    make()
    change()


def make() -> None:
    op.create_table(
        "brake",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("free_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_brake")),
    )
    op.create_table(
        "loose_answer",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("sheet", sa.Uuid(), nullable=False),
        sa.Column("slot", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("try_number", sa.Integer(), nullable=False),
        sa.Column("module", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("item", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("variant", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("correct", sa.Boolean(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("grader", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organisation.id"],
            name=op.f("fk_loose_answer_org_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "revision_id"],
            ["revision.org_id", "revision.id"],
            name=op.f("fk_loose_answer_org_id_revision_id"),
        ),
        sa.PrimaryKeyConstraint(
            "org_id", "sheet", "slot", "try_number", name=op.f("pk_loose_answer")
        ),
    )
    op.create_index(
        op.f("ix_loose_answer_org_id_module_form"), "loose_answer", ["org_id", "module", "form"]
    )
    op.create_table(
        "sign_in_step",
        sa.Column("state_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("provider", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("browser_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nonce", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verifier", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("next", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("expires_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_sign_in_step")),
    )
    op.create_table(
        "agreement",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signatures", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("since", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_agreement_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "number", name=op.f("pk_agreement")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("previous", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("public_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signature", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_checkpoint_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "number", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "evidence",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("previous", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_evidence_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "number", name=op.f("pk_evidence")),
    )
    op.create_table(
        "evidence_head",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("secret", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organisation.id"],
            name=op.f("fk_evidence_head_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_evidence_head")),
    )
    op.create_table(
        "people_group",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_people_group_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_people_group")),
        sa.UniqueConstraint(
            "org_id", "external_id", name=op.f("uq_people_group_org_id_external_id")
        ),
        sa.UniqueConstraint("org_id", "name", name=op.f("uq_people_group_org_id_name")),
    )
    op.create_table(
        "roster_import",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("imported_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organisation.id"],
            name=op.f("fk_roster_import_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_roster_import")),
    )
    op.create_table(
        "roster_mapping",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("head", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("mapping", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("saved_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["organisation.id"],
            name=op.f("fk_roster_mapping_org_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "head", name=op.f("pk_roster_mapping")),
    )
    op.create_table(
        "scim_client",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("scopes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("revoked_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_scim_client_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_scim_client")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_scim_client_token_hash")),
    )
    op.create_table(
        "account",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("totp_secret", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("totp_since", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("recovery", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_account_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "person_id", name=op.f("pk_account")),
    )
    op.create_table(
        "agreement_seen",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_agreement_seen_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "person_id", name=op.f("pk_agreement_seen")),
    )
    op.create_table(
        "deputy",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "deputy_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_deputy_org_id_deputy_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "manager_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_deputy_org_id_manager_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_deputy")),
    )
    op.create_index(
        op.f("ix_deputy_org_id_deputy_id"), "deputy", ["org_id", "deputy_id"], unique=False
    )
    op.create_index(
        op.f("ix_deputy_org_id_manager_id"), "deputy", ["org_id", "manager_id"], unique=False
    )

    op.create_table(
        "evidence_field",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "number"],
            ["evidence.org_id", "evidence.number"],
            name=op.f("fk_evidence_field_org_id_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "number", "name", name=op.f("pk_evidence_field")),
    )
    op.create_index(
        op.f("ix_evidence_field_org_id_person_id"),
        "evidence_field",
        ["org_id", "person_id"],
        unique=False,
    )

    op.create_table(
        "group_member",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "group_id"],
            ["people_group.org_id", "people_group.id"],
            name=op.f("fk_group_member_org_id_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_group_member_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "group_id", "person_id", name=op.f("pk_group_member")),
    )
    op.create_index(
        op.f("ix_group_member_org_id_person_id"),
        "group_member",
        ["org_id", "person_id"],
        unique=False,
    )

    op.create_table(
        "one_time",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("expires_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("used_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_one_time_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time")),
    )
    op.create_index(
        op.f("ix_one_time_org_id_person_id"), "one_time", ["org_id", "person_id"], unique=False
    )

    op.create_table(
        "own_request",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_at", db.tables.base.Utc(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_own_request_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_own_request")),
    )
    op.create_index(
        op.f("ix_own_request_org_id_person_id"),
        "own_request",
        ["org_id", "person_id"],
        unique=False,
    )

    op.create_table(
        "roster_undo",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("thing", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "import_id"],
            ["roster_import.org_id", "roster_import.id"],
            name=op.f("fk_roster_undo_org_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "import_id", "number", name=op.f("pk_roster_undo")),
    )
    op.create_index(
        op.f("ix_roster_undo_org_id_person_id"),
        "roster_undo",
        ["org_id", "person_id"],
        unique=False,
    )

    op.create_table(
        "unit_place",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "unit_id"],
            ["unit.org_id", "unit.id"],
            name=op.f("fk_unit_place_org_id_unit_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_unit_place")),
    )
    op.create_index(
        op.f("ix_unit_place_org_id_unit_id"), "unit_place", ["org_id", "unit_id"], unique=False
    )


def change() -> None:
    op.add_column(
        "identity", sa.Column("linked_at", db.tables.base.Utc(timezone=True), nullable=True)
    )

    op.add_column(
        "person", sa.Column("family_name", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "person", sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "person", sa.Column("user_name", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "person", sa.Column("employee_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "person", sa.Column("job_title", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column("person", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "person", sa.Column("created_at", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.add_column(
        "person", sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.add_column(
        "person", sa.Column("erased_at", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.add_column(
        "person", sa.Column("removed_at", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.create_index(
        op.f("ix_person_org_id_employee_number"),
        "person",
        ["org_id", "employee_number"],
        unique=True,
    )
    op.create_index(
        op.f("ix_person_org_id_external_id"), "person", ["org_id", "external_id"], unique=True
    )
    op.create_index(
        op.f("ix_person_org_id_user_name"),
        "person",
        ["org_id", sa.text("lower(user_name)")],
        unique=True,
    )

    with op.batch_alter_table("record_view") as batch_op:
        batch_op.add_column(
            sa.Column(
                "purpose", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
            )
        )
        batch_op.drop_constraint(
            batch_op.f("uq_record_view_org_id_viewer_id_person_id_place_day"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_record_view_org_id_viewer_id_person_id_place_purpose_day"),
            ["org_id", "viewer_id", "person_id", "place", "purpose", "day"],
        )

    # Its key changes, so the table is made again. No table refers to it; SQLite would empty those
    # that did, which is why person and unit get unique indexes and not constraints.
    old = sa.table("role_grant", *(sa.column(name, kind) for name, kind in GRANT.items()))
    kept = op.get_bind().execute(sa.select(old)).all()
    op.drop_table("role_grant")
    made = op.create_table(
        "role_grant",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("names", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("granted_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_role_grant_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "unit_id"],
            ["unit.org_id", "unit.id"],
            name=op.f("fk_role_grant_org_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_org_id_person_id"), "role_grant", ["org_id", "person_id"])
    if kept:
        op.bulk_insert(made, [{**row._mapping, "id": db.tables.base.new_id()} for row in kept])

    op.add_column(
        "sign_in",
        sa.Column(
            "provider", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
        ),
    )
    op.add_column(
        "sign_in", sa.Column("provider_session", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "sign_in",
        sa.Column("rights", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )
    op.add_column(
        "sign_in", sa.Column("previous_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column(
        "sign_in", sa.Column("previous_until", db.tables.base.Utc(timezone=True), nullable=True)
    )
    op.create_index(op.f("ix_sign_in_previous_hash"), "sign_in", ["previous_hash"], unique=False)

    op.add_column("unit", sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("unit", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_unit_org_id_code"), "unit", ["org_id", "code"], unique=True)


NEW = (
    "unit_place",
    "roster_undo",
    "own_request",
    "one_time",
    "group_member",
    "evidence_field",
    "deputy",
    "agreement_seen",
    "account",
    "scim_client",
    "roster_mapping",
    "roster_import",
    "people_group",
    "evidence_head",
    "evidence",
    "checkpoint",
    "agreement",
    "sign_in_step",
    "brake",
    "loose_answer",
)
COLUMNS = {
    "unit": "code closed_on",
    "sign_in": "provider provider_session rights previous_hash previous_until",
    "person": "family_name external_id user_name employee_number job_title version created_at "
    "changed_at erased_at removed_at",
    "identity": "linked_at",
}


def downgrade() -> None:
    for index, table in (
        ("ix_unit_org_id_code", "unit"),
        ("ix_sign_in_previous_hash", "sign_in"),
        ("ix_person_org_id_user_name", "person"),
        ("ix_person_org_id_external_id", "person"),
        ("ix_person_org_id_employee_number", "person"),
    ):
        op.drop_index(index, table)
    for table, names in COLUMNS.items():
        for name in names.split():
            op.drop_column(table, name)
    with op.batch_alter_table("record_view") as batch_op:
        batch_op.drop_constraint(
            op.f("uq_record_view_org_id_viewer_id_person_id_place_purpose_day"), type_="unique"
        )
        batch_op.drop_column("purpose")
        batch_op.create_unique_constraint(
            op.f("uq_record_view_org_id_viewer_id_person_id_place_day"),
            ["org_id", "viewer_id", "person_id", "place", "day"],
        )
    # The program before knew no scope and no end: what reached less than everything goes.
    old = sa.table("role_grant", *(sa.column(name, kind) for name, kind in GRANT.items()))
    whole = sa.text("unit_id IS NULL AND ends IS NULL")
    kept = op.get_bind().execute(sa.select(old).where(whole).distinct()).all()
    op.drop_table("role_grant")
    made = op.create_table(
        "role_grant",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("granted_at", db.tables.base.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "person_id"],
            ["person.org_id", "person.id"],
            name=op.f("fk_role_grant_org_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("org_id", "person_id", "role", name=op.f("pk_role_grant")),
    )
    if kept:
        op.bulk_insert(made, [dict(row._mapping) for row in kept])
    for table in NEW:
        op.drop_table(table)
