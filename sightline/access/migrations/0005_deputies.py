
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_identities_at_a_provider'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='membership',
            name='access_membership_dates',
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='access_membership_once',
        ),
        migrations.AddField(
            model_name='membership',
            name='lent_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lent', to='access.membership'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('lent_from__isnull', True)), models.Q(('ends_on__isnull', False), ('ends_on__gte', models.F('starts_on'))), models.Q(('ends_on__isnull', False), ('lent_from__isnull', False)), _connector='OR'), name='access_membership_dates'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('lent_from__isnull', True)), fields=('user', 'role', 'scope_kind', 'scope_key', 'starts_on'), name='access_membership_once'),
        ),
    ]
