import django.db.models.deletion
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """What a return answered until now, it goes on answering."""
    Return, OwedAnswer = apps.get_model("rhythm", "Return"), apps.get_model("rhythm", "OwedAnswer")
    rows = Return.objects.exclude(owed=None).values_list("pk", "owed_id")
    OwedAnswer.objects.bulk_create([OwedAnswer(of_id=pk, owed_id=owed) for pk, owed in rows], batch_size=500)


def carry_back(apps, schema_editor):
    """The first of what each answers: a return answered one thing before."""
    Return, OwedAnswer = apps.get_model("rhythm", "Return"), apps.get_model("rhythm", "OwedAnswer")
    for row in OwedAnswer.objects.order_by("-pk"):
        Return.objects.filter(pk=row.of_id).update(owed_id=row.owed_id)


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0004_one_mail_for_all_rounds"),
        ("rhythm", "0003_papers_sent_back"),
    ]

    operations = [
        # The name by which what is owed knows its answer passes to the new rows.
        migrations.AlterField(
            model_name="return",
            name="owed",
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="requests.owed"),
        ),
        migrations.CreateModel(
            name="OwedAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="rhythm.return")),
                ("owed", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="answered_by", to="requests.owed")),
            ],
            options={
                "ordering": ("of", "owed__due_on", "id"),
            },
        ),
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField(
            model_name="return",
            name="owed",
        ),
    ]
