from datetime import timedelta

from django.db import migrations


def keep(apps, schema_editor):
    """Each notified inspection without weeks of its own gets those by which it is counted today, from its week 1 on.

    Safe to repeat: an inspection that has some is left alone.
    """
    inspections = apps.get_model("inspections", "Inspection").objects
    own = apps.get_model("inspections", "InspectionHolidayWeek").objects
    areas = apps.get_model("inspections", "SchoolHolidayWeek").objects
    waiting = inspections.filter(notified_on__isnull=False, holiday_weeks=None).order_by("pk")
    for inspection in list(waiting):  # some dozens at most, read before rows are added
        first = inspection.notified_on - timedelta(days=inspection.notified_on.weekday())
        own.bulk_create(
            own.model(inspection=inspection, begins_on=week.monday, name=week.name)
            for week in areas.filter(area_id=inspection.area_id, monday__gte=first)
        )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_holiday_weeks_of_an_inspection")]

    # The way back drops the table with what is in it.
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
