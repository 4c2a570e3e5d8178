"""Versions of a stored file: one line of them, each kept as it was, none twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sightline.documents import services
from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.documents.selectors import kept_by_nothing, versions_of
from sightline.documents.services import versions
from sightline.documents.serving import download, name_of
from sightline.events.choices import SYSTEM, StaleRecord, Tier
from tests.documents.making import file, hung_up
from tests.plans.making import NOW

pytestmark = pytest.mark.django_db


def stored(content: bytes = b"Twenty", tier: Tier = Tier.T1) -> Document:
    [made] = services.store(services.look_at([file(content)]), tier=tier, by=SYSTEM, now=NOW)
    return made


def newer(before: Document, content: bytes, tier: Tier = Tier.T1) -> Document:
    [looked] = services.look_at([file(content, "newer.txt")])
    return services.store_version(looked, before, tier=tier, by=SYSTEM, now=NOW)


def test_each_version_follows_the_one_before_and_nothing_is_lost() -> None:
    first = stored()
    second = newer(first, b"Forty")
    third = newer(second, b"Sixty")
    assert [(each.pk, each.version) for each in versions_of(second)] == [
        (first.pk, 1),
        (second.pk, 2),
        (third.pk, 3),
    ]
    assert (third.replaces, third.first, third.series) == (second, first, first.pk)
    response = download(first, is_earlier=True)
    assert response.getvalue() == b"Twenty"
    hung_up(response)
    assert response["Content-Disposition"] == 'attachment; filename="audit (version 1, not the newest).txt"'


def test_the_name_of_a_close_one_says_both() -> None:
    assert name_of(stored(tier=Tier.T2), is_earlier=True) == (
        "audit (version 1, not the newest, OFFICIAL-SENSITIVE).txt"
    )


def test_the_bytes_of_any_version_are_refused() -> None:
    second = newer(stored(), b"Forty")
    with pytest.raises(FileRefused, match=r"“newer\.txt” is the same file as version 1, “audit\.txt”"):
        newer(second, b"Twenty")


def test_whoever_comes_second_is_told() -> None:
    first = stored()
    newer(first, b"Forty")
    with pytest.raises(StaleRecord, match="a newer version here before you, version 2"):
        newer(first, b"Sixty")


def test_two_at_one_moment_are_told_by_the_constraint(monkeypatch: Any) -> None:
    first = stored()
    newer(first, b"Forty")
    standing = versions_of(first).filter(version=1)
    monkeypatch.setattr(versions, "versions_of", lambda document: standing)
    with pytest.raises(StaleRecord, match=r"a newer version here before you\. Yours was not kept"):
        newer(first, b"Sixty")
    assert Document.objects.count() == 2


def test_a_newer_version_is_never_kept_less_closely() -> None:
    assert newer(stored(tier=Tier.T2), b"Forty").tier == Tier.T2
    assert newer(stored(), b"Sixty", Tier.T3).tier == Tier.T3


@pytest.mark.parametrize(
    "wrong", [{"version": 2}, {"version": 1, "replaces": True, "first": True}, {"itself": True}]
)
def test_the_database_holds_the_line_together(wrong: dict[str, Any]) -> None:
    first, other = stored(), stored(b"Other")
    if wrong.pop("itself", False):
        wrong = {"version": 2, "replaces": other, "first": other}
    wrong = {name: first if value is True else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(**wrong)


def test_a_version_keeps_those_before_it() -> None:
    second = newer(stored(), b"Forty")
    assert list(kept_by_nothing(NOW + timedelta(days=1))) == [second]
