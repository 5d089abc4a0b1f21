"""Reminders change at every message. With room left on its page PostgreSQL writes the new version
beside the old one, and leaves the indexes alone."""

from django.db import migrations


def leave_room(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE reminders_reminder SET (fillfactor = 70)")


class Migration(migrations.Migration):
    dependencies = [("reminders", "0002_answers_and_holds")]
    operations = [migrations.RunPython(leave_room, migrations.RunPython.noop, elidable=False)]
