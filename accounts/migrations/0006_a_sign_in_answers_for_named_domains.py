"""Rows without domains stay as they are and answer for nobody; the page of the agency says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_agency_sign_in_domains"),
    ]

    operations = [
        migrations.AlterField(
            model_name="agencysignin",
            name="domains",
            field=models.TextField(),
        ),
    ]
