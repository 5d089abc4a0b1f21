import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def heard_when_last_seen(apps, schema_editor):
    apps.get_model("push", "PushSubscription").objects.update(last_heard_at=F("last_seen_at"))


class Migration(migrations.Migration):
    dependencies = [("push", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="pushsubscription",
            name="last_heard_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="pushsubscription",
            name="unheard",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(heard_when_last_seen, migrations.RunPython.noop),
    ]
