"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from core.jobs import NotYet, each, job, recurring
from core.pdf import PdfUnavailable, render_pdf
from retention import exports
from retention.actions import disposal, packs
from retention.models import DisposalList, SubjectAccessPack


@recurring("retention.look_for_due", every=timedelta(days=1), lease=timedelta(minutes=30))
def look_for_due(*, now: datetime) -> None:
    """Propose what has fallen due. A list that waits is kept as things stand."""
    disposal.look_for_due(at=now)


@job("retention.dispose", lease=timedelta(minutes=10), tries=20)
def dispose(*, disposal_list: int, now: datetime, heartbeat: Callable[[], None]) -> None:
    """Destroy what was approved. Whatever has gone before is not done again."""
    disposal.dispose(DisposalList.objects.get(pk=disposal_list), at=now, heartbeat=heartbeat)


@job("retention.draw_certificate", lease=timedelta(minutes=5))
def draw_certificate(*, disposal_list: int, now: datetime) -> None:
    """Draw the certificate. Looks first; where this machine cannot make PDF it waits for one that can."""
    found = DisposalList.objects.select_related("inspection__area", "approved_by")
    row = found.get(pk=disposal_list)
    if row.document_id is None:
        try:
            pdf = render_pdf(exports.certificate_page(row), css_files=[exports.CERTIFICATE_CSS])
        except PdfUnavailable as missing:
            raise NotYet(str(missing)) from missing
        disposal.keep_certificate(row, pdf=pdf, at=now)


@job("retention.collect_pack", lease=timedelta(minutes=5))
def collect_pack(*, pack: int, now: datetime) -> None:
    """Collect what is held about a person. Looks first."""
    row = SubjectAccessPack.objects.select_related("person", "made_by").get(pk=pack)
    if row.document_id is None and row.removed_at is None:
        packs.keep_pack(row, archive=exports.pack_archive(row), at=now)


@recurring("retention.remove_packs", every=timedelta(hours=6))
def remove_packs(*, now: datetime) -> None:
    """Packs whose last day has gone by are removed."""
    each(
        SubjectAccessPack.objects.filter(
            removed_at__isnull=True, last_on__lt=timezone.localdate(now)
        ),
        lambda pack: packs.remove_subject_access_pack(pack, at=now),
    )
