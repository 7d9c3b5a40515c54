"""Publication at its hour: not before, once, late after an outage, and the terminal's copy of it."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import system_user
from audit.models import Event
from audit.narrate import narrate
from core import jobs
from core.models import Job, JobState, Letter
from core.pdf import pdf_available
from core.verdicts import Refused
from documents.enums import DocumentState, Scan
from reports import queries, rules
from reports.actions.publication import (
    attach_young_peoples_version,
    publish_report,
    schedule_publication,
)
from reports.enums import ReportState
from reports.models import Edition, Report
from reports.tasks import publish_due_reports
from tests.client import StrictClient


@pytest.mark.at_week(34)
def test_publish_report_waits_for_its_hour_then_happens_once(world: Any, report: Report) -> None:
    moment = report.publish_at
    assert moment is not None
    early = moment - timedelta(seconds=1)
    publish_due_reports(now=early)
    report.refresh_from_db()
    assert report.state == ReportState.SCHEDULED
    with pytest.raises(Refused, match="under embargo until 09:30"):
        publish_report(report, by=system_user(), at=early)

    late = moment + timedelta(hours=26)
    for _ in range(2):
        publish_due_reports(now=late)
        publish_due_reports(now=late)
        for job in Job.objects.filter(name="reports.publish_report", state=JobState.QUEUED):
            assert jobs.run(job.pk, now=late)
    report.refresh_from_db()
    edition = queries.published_edition(report)
    assert report.state == ReportState.PUBLISHED
    assert report.published_at == late
    assert edition is not None and edition.source["dated_on"] == late.date().isoformat()
    assert Edition.objects.filter(report=report, kind="published").count() == 1
    assert Event.objects.filter(name="reports.report_published").count() == 1
    assert publish_report(report, by=system_user(), at=late) is None


@pytest.mark.at_week(34)
def test_schedule_publication_says_what_is_wrong_with_a_moment(world: Any, report: Report) -> None:
    moment = report.publish_at
    assert moment is not None
    before = moment - timedelta(days=3)

    def said(**changes: int) -> str:
        chosen = moment + timedelta(**changes)
        return rules.may_publish_at(report, moment=chosen, reason="", now=before).sentence

    assert said() == ""
    assert "in the future" in said(days=-4)
    assert "is a weekend or a public holiday" in said(days=4)
    assert "between 06:00 and 20:00" in said(hours=12)
    assert said(days=1).startswith("The timetable says")
    with pytest.raises(Refused):
        schedule_publication(
            report,
            moment=moment + timedelta(days=4),
            reason="",
            by=world.people["lead"],
            at=world.now,
        )
    report.refresh_from_db()
    assert report.publish_at == moment


@pytest.mark.at_week(33)
def test_schedule_publication_comes_after_the_embargoed_copy_and_names_what_is_not_done(
    client: StrictClient, world: Any, report: Report
) -> None:
    url = reverse("reports:schedule-publication", args=[report.inspection.reference])
    page = client.as_(world.people["lead"]).get(url).content.decode()
    assert "Before publication, and not marked as done" in page
    assert "M5 End of phase three" in page and "Embargoed final copy" not in page

    world.now = world.moment(34, 0, 10)
    deed = {"reason": "The minister's day.", "by": world.people["lead"], "at": world.now}
    same_day = world.now + timedelta(hours=2)
    with pytest.raises(Refused, match=r"gets the embargoed copy on .*published on a later day"):
        schedule_publication(report, moment=same_day, **deed)
    next_day = world.now + timedelta(days=1)
    schedule_publication(report, moment=next_day, **deed)
    publish_report(report, by=system_user(), at=next_day)
    plan = report.inspection.steps.get(key="action_plan_due")
    assert plan.ends_on == next_day.date() + timedelta(weeks=6)


@pytest.mark.at_week(36)
@pytest.mark.skipif(not pdf_available(), reason=pdf_available().sentence or "PDF is there")
def test_render_report_writes_the_same_bytes_again(report: Report, tmp_path: Path) -> None:
    reference, first, second = report.inspection.reference, tmp_path / "a.pdf", tmp_path / "b.pdf"
    for out in (first, second):
        call_command("render_report", reference, out=str(out), stdout=StringIO())
    assert first.read_bytes() == second.read_bytes()
    page = tmp_path / "a.html"
    call_command(
        "render_report", reference, format="html", out=str(page), edition=1, stdout=StringIO()
    )
    edition = queries.published_edition(report)
    assert edition is not None and page.read_text() == edition.html
    with pytest.raises(CommandError, match="has no published edition 7"):
        call_command("render_report", reference, out=str(first), edition=7, stdout=StringIO())
    with pytest.raises(CommandError, match="There is no report of JI-1999-001"):
        call_command("render_report", "JI-1999-001", out=str(first), stdout=StringIO())


@pytest.mark.at_week(34)
def test_a_version_for_young_people_that_cannot_be_opened_holds_the_gate(
    world: Any, report: Report
) -> None:
    version = queries.young_peoples_version(report)
    assert version is not None
    for state, scan, words in (
        (DocumentState.SCANNING, Scan.WAITING, "being scanned"),
        (DocumentState.QUARANTINED, Scan.FOUND, "scan refused"),
    ):
        version.document.state, version.document.scan = state, scan
        version.document.save()
        assert words in str(rules.young_peoples_version_attached(report))
    with pytest.raises(Refused, match="Attach another file"):
        attach_young_peoples_version(
            report,
            document=version.document,
            title="Another title",
            by=world.people["lead"],
            at=world.now,
        )


@pytest.mark.at_week(34)
def test_a_report_that_its_gate_holds_is_told_to_the_lead_once(world: Any, report: Report) -> None:
    version = queries.young_peoples_version(report)
    assert version is not None and report.publish_at is not None
    version.document.state, version.document.scan = DocumentState.QUARANTINED, Scan.FOUND
    version.document.save()

    for minutes in (0, 1, 2):
        now = report.publish_at + timedelta(minutes=minutes)
        publish_due_reports(now=now)
        for job in Job.objects.filter(name="reports.publish_report", state=JobState.QUEUED):
            assert jobs.run(job.pk, now=now)
    letters = Letter.objects.filter(template="reports/publication_held")
    assert [letter.to for letter in letters] == [world.people["lead"].email]
    report.refresh_from_db()
    assert report.state == ReportState.SCHEDULED


@pytest.mark.at_week(34)
def test_schedule_publication_again_for_the_same_moment_changes_nothing(
    world: Any, report: Report
) -> None:
    def counts() -> tuple[int, int, int]:
        return (
            Edition.objects.count(),
            Event.objects.count(),
            Job.objects.filter(name="reports.tell_people").count(),
        )

    moment = report.publish_at
    assert moment is not None
    before = counts()
    deed = {"by": world.people["lead"], "at": world.now}
    schedule_publication(report, moment=moment, reason=report.publish_reason, **deed)
    assert counts() == before
    schedule_publication(report, moment=moment, reason="The minister's day.", **deed)
    assert counts() == tuple(count + 1 for count in before)
    assert narrate(Event.objects.latest("pk")).endswith("because: “The minister's day.”.")
