from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_second_proofs_are_sealed")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="letters_once_a_day",
            field=models.BooleanField(
                default=False,
                help_text="What can wait comes with one letter a day, at 07:30.",
            ),
        ),
    ]
