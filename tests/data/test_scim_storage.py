"""Our storage keeps the contract of the SCIM core, as the core's own tests ask for it."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime

import pytest
from scim2_models import NotFoundException, UniquenessException
from scim2_server.testing import SEARCH_USERS, ScimStorageContract

from db.directory_wishes import Moment
from db.tables import Organisation
from modules.api.scim.models import provider
from modules.api.scim.storage import Storage

NUMBERS = itertools.count()
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def address(name):
    return f"{name.casefold().replace('_', '-').replace('%', '-')}@fernleigh.example"


class TestStorage(ScimStorageContract):
    @pytest.fixture
    def provider(self):
        with provider() as told:
            yield told

    @pytest.fixture
    def storage(self, session):
        org_id = uuid.uuid4()
        session.add(Organisation(id=org_id, name="Fernleigh", created_at=NOW))
        session.flush()
        at = Moment(org_id, "Fernleigh", NOW, date(2026, 11, 22))
        return Storage(session, at, "https://steward.example/scim/v2", writes=True)

    def create_users(self, storage, user_type, user_model, *user_names):
        """Each with an address, which nobody here is without."""
        return [
            storage.create(
                user_type,
                user_model(user_name=name, emails=[{"value": address(f"{name}{next(NUMBERS)}")}]),
            )
            for name in user_names
        ]

    def search_users(self):
        """With what is stored, and one address for each."""
        shared = {"type": "work", "primary": True}
        return [
            {**one, "emails": [{"value": address(one["userName"]), **shared}]}
            for one in SEARCH_USERS
        ]

    def test_cursors_are_neither_offered_nor_announced(self, storage, provider):
        assert not storage.supports_cursors
        assert getattr(provider.config, "pagination", None) is None

    # The core's own tests of these two make people without an address.
    def test_create_does_not_change_the_given_resource(self, storage, user_type, user_model):
        given = user_model(user_name="bjensen", emails=[{"value": "b@fernleigh.example"}])
        before = given.model_copy(deep=True)
        storage.create(user_type, given)
        assert given == before

    def test_create_with_a_taken_unique_value(self, storage, user_type, user_model):
        self.create_users(storage, user_type, user_model, "bjensen")
        with pytest.raises(UniquenessException):
            self.create_users(storage, user_type, user_model, "BJensen")

    def test_whoever_is_of_another_organisation_is_not_found(
        self, storage, session, user_type, user_model
    ):
        (made,) = self.create_users(storage, user_type, user_model, "bjensen")
        org_id = uuid.uuid4()
        session.add(Organisation(id=org_id, name="Harrow Vale", created_at=NOW))
        session.flush()
        at = Moment(org_id, "Harrow Vale", NOW, date(2026, 11, 22))
        other = Storage(session, at, "", writes=True)
        with pytest.raises(NotFoundException):
            other.get(user_type, made.id)
        self.create_users(other, user_type, user_model, "bjensen")


# We page by index (RFC 7644, 3.4.2.4) and not by cursors (RFC 9865): what the contract asks of a
# storage with cursors is no question here, where it would be skipped.
for name in vars(ScimStorageContract):
    if name.startswith("test_cursor"):
        setattr(TestStorage, name, None)
