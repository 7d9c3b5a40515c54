from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0013_interests_are_declared")]

    operations = [
        migrations.AddField(
            model_name="standin",
            name="reminded_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When they were reminded to declare their interests.",
                null=True,
            ),
        ),
    ]
