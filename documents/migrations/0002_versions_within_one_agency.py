"""A document knows the agency for which it was added; versions follow each other within one agency."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("documents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="document_version_once",
        ),
        migrations.AddField(
            model_name="document",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", False), ("version__gt", 0)),
                fields=("holder_type", "holder_id", "agency", "name", "version"),
                name="document_version_once",
                violation_error_message="There is already a document of this name and version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", True), ("version__gt", 0)),
                fields=("holder_type", "holder_id", "name", "version"),
                name="document_version_of_no_agency_once",
                violation_error_message="There is already a document of this name and version.",
            ),
        ),
    ]
