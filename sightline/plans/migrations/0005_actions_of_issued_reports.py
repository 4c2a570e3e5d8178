from django.db import migrations


def name_reported_actions(apps, schema_editor):
    """Reports issued before this table was kept: which actions their frozen rows speak of."""
    report_model = apps.get_model("plans", "ExceptionReport")
    action_model = apps.get_model("plans", "Action")
    line_model = apps.get_model("plans", "ReportedAction")
    for report in report_model.objects.filter(state="issued").iterator(chunk_size=20):
        kinds = {row["reference"]: f",{','.join(row['kinds'])}," for row in report.rows}
        named = action_model.objects.filter(reference__in=kinds).values_list("pk", "reference")
        line_model.objects.bulk_create(
            [line_model(report=report, action_id=pk, kinds=kinds[reference]) for pk, reference in named],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_edits_and_reported_actions")]

    operations = [migrations.RunPython(name_reported_actions, migrations.RunPython.noop)]
