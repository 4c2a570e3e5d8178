"""What was recorded before there was a ledger gets its addressees, its printed responses and its words."""

from django.db import migrations

from sightline.partners.rules import normalise
from sightline.plans.rules.likeness import index_words

CHUNK = 2_000


def fill(apps, schema_editor):
    """Addressees as printed, matched where a name is one party's alone; responses as of the day they were entered."""
    Recommendation, Addressee, LedgerLine, LikeWord, Action = (
        apps.get_model("plans", name)
        for name in ("Recommendation", "Addressee", "LedgerLine", "LikeWord", "Action")
    )
    names, own = _names(apps)
    for each in Recommendation.objects.select_related("import_of", "source").order_by("pk"):
        words = dict.fromkeys(" ".join(raw.split())[:300] for raw in each.addressed_to if raw.strip())
        Addressee.objects.bulk_create(
            Addressee(recommendation=each, order=place, **_matched(raw, names, own))
            for place, raw in enumerate(words or [""])
        )
        paper = each.import_of
        if each.response and paper is not None and paper.confirmed_at is not None:
            LedgerLine.objects.create(
                recommendation=each,
                kind="response",
                public=each.response,
                as_at=paper.as_at or paper.confirmed_at.date(),
                received_how="document",
                recorded_at=paper.confirmed_at,
                entered_by_label="As imported",
                import_of=paper,
            )
    waiting = []
    for column, rows in (("recommendation", Recommendation), ("action", Action)):
        for record in rows.objects.order_by("pk").iterator(chunk_size=CHUNK):
            text = f"{record.title} {record.text}" if column == "recommendation" else record.text
            waiting += [LikeWord(word=word, **{column: record}) for word in index_words(text)]
            if len(waiting) >= CHUNK:
                LikeWord.objects.bulk_create(waiting)
                waiting = []
    LikeWord.objects.bulk_create(waiting)


def _names(apps):
    """Every agency and group by the ways its name is written, and the names of the partnership itself."""
    found = {}
    for kind, model in (("agency", "Agency"), ("group", "Group")):
        for pk, *texts in apps.get_model("partners", model).objects.values_list("pk", "name", "short_name"):
            for text in filter(None, texts):
                found.setdefault(normalise(text), set()).add((kind, pk))
    for alias in apps.get_model("partners", "Alias").objects.exclude(agency=None, group=None):
        party = ("agency", alias.agency_id) if alias.agency_id else ("group", alias.group_id)
        found.setdefault(normalise(alias.text), set()).add(party)
    own = apps.get_model("partners", "Partnership").objects.values_list("name", "short_name")
    return found, {normalise(text) for row in own for text in row if text}


def _matched(raw, names, own):
    parties = names.get(normalise(raw), set()) if raw else set()
    if raw and normalise(raw) in own:
        return {"raw": raw, "is_partnership": True}
    if len(parties) != 1:
        return {"raw": raw}
    kind, pk = next(iter(parties))
    return {"raw": raw, f"{kind}_id": pk}


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_ledger_themes_likeness"),
        ("partners", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
