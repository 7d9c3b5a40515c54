"""Documents of before get the agency of whoever added them, and what another agency's file replaced stands again."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def give_agencies(apps: Any, schema_editor: Any) -> None:
    """A file keeps its number; the one that it supersedes is the latest before it of its own agency, or none."""
    document, user = apps.get_model("documents", "Document"), apps.get_model("accounts", "User")
    agency = user.objects.filter(pk=OuterRef("uploaded_by")).values("agency")
    document.objects.update(agency=Subquery(agency))
    later = document.objects.filter(supersedes__isnull=False).select_related("supersedes")
    crossed = [one for one in later if one.agency_id != one.supersedes.agency_id]
    document.objects.filter(pk__in=[one.pk for one in crossed]).update(supersedes=None)
    for one in sorted(crossed, key=lambda one: one.version):
        before = document.objects.filter(
            holder_type=one.holder_type,
            holder_id=one.holder_id,
            name=one.name,
            agency=one.agency_id,
            version__lt=one.version,
        ).exclude(version=0)
        document.objects.filter(pk=one.pk).update(supersedes=before.order_by("-version").first())


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_versions_within_one_agency")]
    operations = [migrations.RunPython(give_agencies, migrations.RunPython.noop)]
