import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_first_versions(apps, schema_editor):
    """Whatever runs already has its timetable as a first version, so that a later one has something to be compared with."""
    Notification = apps.get_model("inspections", "Notification")
    TimetableVersion = apps.get_model("inspections", "TimetableVersion")
    TimetableVersion.objects.bulk_create(
        TimetableVersion(
            inspection_id=one.inspection_id,
            number=1,
            cause="drawn",
            title="The timetable before versions were kept",
            made_at=one.sent_at,
            made_by_id=one.sent_by_id,
        )
        for one in Notification.objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0014_stand_ins_are_reminded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TimetableVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("drawn", "Drawn at notification"),
                            ("step", "A date moved"),
                            ("closed", "Days without work"),
                            ("week", "A week without a number"),
                            ("election", "A pre-election period"),
                            ("published", "The report was published"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="DateChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_asked", models.BooleanField(default=False)),
                ("stood_from_on", models.DateField()),
                ("stood_until_on", models.DateField()),
                ("stood_days", models.JSONField(blank=True, default=list)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("days", models.JSONField(blank=True, default=list)),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="inspections.step",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="inspections.timetableversion",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("drawn", "Drawn at notification"),
                            ("step", "A date moved"),
                            ("closed", "Days without work"),
                            ("week", "A week without a number"),
                            ("election", "A pre-election period"),
                            ("published", "The report was published"),
                        ],
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="closure_ends_after_it_starts",
                        violation_error_message="The last day is before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["closed", "election"])),
                        name="closure_is_of_a_kind_that_closes",
                    ),
                    models.UniqueConstraint(
                        fields=("inspection", "kind", "starts_on", "ends_on"), name="closure_once"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="timetableversion",
            constraint=models.UniqueConstraint(
                fields=("inspection", "number"), name="timetable_version_once_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.UniqueConstraint(
                fields=("version", "step"), name="date_change_once_a_version"
            ),
        ),
        migrations.RunPython(keep_first_versions, migrations.RunPython.noop),
    ]
