"""The law an organisation reads under, local facts and examples, and who changed them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import db.tables.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _own(name: str, *columns: sa.Column, keys: tuple[str, ...]) -> None:
    """A table below an organisation, which takes its rows with it."""
    op.create_table(
        name,
        sa.Column("org_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f(f"fk_{name}_org_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("org_id", *keys, name=op.f(f"pk_{name}")),
    )


def _text(name: str) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False)


def _changed() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", db.tables.base.Utc(timezone=True), nullable=False),
    )


def upgrade() -> None:
    # Not in batch mode, as in 0002: SQLite would make the table anew.
    op.add_column(
        "organisation",
        sa.Column("jurisdiction", sa.String(), nullable=False, server_default="neutral"),
    )
    _own("local_fact", _text("key"), _text("value"), *_changed(), keys=("key",))
    _own(
        "local_example",
        _text("module"),
        _text("screen"),
        _text("body"),
        *_changed(),
        keys=("module", "screen"),
    )
    _own(
        "change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        _text("what"),
        _text("thing"),
        _text("how"),
        sa.Column("at", db.tables.base.Utc(timezone=True), nullable=False),
        keys=("id",),
    )
    op.create_index(op.f("ix_change_org_id_at"), "change", ["org_id", "at"])


def downgrade() -> None:
    op.drop_table("change")
    op.drop_table("local_example")
    op.drop_table("local_fact")
    op.drop_column("organisation", "jurisdiction")
