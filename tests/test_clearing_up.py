"""A test that commits leaves nothing to the next, not even in the journal, and the journal stays guarded."""

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from sightline.access.entries import AccessEntry
from sightline.events import triggers
from sightline.events.choices import COMMAND_LINE
from sightline.events.models import Entry
from sightline.events.services import record


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_emptied_and_guarded_again() -> None:
    with transaction.atomic():
        record(next(iter(AccessEntry)), by=COMMAND_LINE)
    assert Entry.objects.count() == 1
    TransactionTestCase()._fixture_teardown()
    assert Entry.objects.count() == 0
    assert triggers.missing(connection) == []
