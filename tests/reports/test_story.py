"""The report's whole life, as the story of the example tells it: where it stands at each moment."""

from __future__ import annotations

from typing import Any

import pytest

from core import jobs
from inspections.enums import InspectionState
from reports import exports, queries
from reports.enums import EditionKind, ReportState
from reports.models import Report


@pytest.mark.parametrize(
    ("week", "state"),
    [
        pytest.param(26, ReportState.DRAFTING, marks=pytest.mark.at_week(26)),
        pytest.param(27, ReportState.WITH_THE_PANEL, marks=pytest.mark.at_week(27)),
        pytest.param(28, ReportState.APPROVED, marks=pytest.mark.at_week(28)),
        pytest.param(30, ReportState.WITH_THE_PARTNERSHIP, marks=pytest.mark.at_week(30)),
        pytest.param(31, ReportState.COMMENTS_RETURNED, marks=pytest.mark.at_week(31)),
        pytest.param(33, ReportState.FINAL_TEXT, marks=pytest.mark.at_week(33)),
        pytest.param(34, ReportState.SCHEDULED, marks=pytest.mark.at_week(34)),
        pytest.param(36, ReportState.PUBLISHED, marks=pytest.mark.at_week(36)),
    ],
)
def test_report_stands_where_its_week_says(report: Report, week: int, state: ReportState) -> None:
    assert report.state == state


@pytest.mark.at_week(36)
def test_publish_report_fixes_the_edition_from_the_embargoed_source(
    world: Any, report: Report
) -> None:
    edition = queries.published_edition(report)
    embargoed = queries.current_edition(report, EditionKind.EMBARGOED)

    assert edition is not None and embargoed is not None
    assert edition.source == embargoed.source
    assert edition.source_sha256 == exports.sha256(exports.canonical(edition.source))
    assert edition.html_sha256 == exports.sha256(edition.html)
    world.inspection.refresh_from_db()
    assert world.inspection.state == InspectionState.PUBLISHED
    assert world.inspection.steps.get(key="publication").state == "done"


@pytest.mark.at_week(36)
def test_draw_report_keeps_one_pdf_however_often_it_runs(world: Any, report: Report) -> None:
    from reports.tasks import draw_report

    edition = queries.published_edition(report)
    assert edition is not None
    draw_report(edition=edition.pk, now=world.now)
    edition.refresh_from_db()
    first = edition.document
    draw_report(edition=edition.pk, now=world.now)
    edition.refresh_from_db()

    assert first is not None and edition.document == first
    assert first.sha256 == edition.pdf_sha256
    assert jobs.registered("reports.draw_report")
