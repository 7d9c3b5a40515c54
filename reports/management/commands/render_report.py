"""The report at the terminal, as PDF or HTML: the same input, the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.pdf import PdfUnavailable
from reports import exports, queries
from reports.models import Edition, Report


class Command(BaseCommand):
    help = "Write the report of an inspection to a file. A published report comes from its stored edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="For example JI-2026-001.")
        parser.add_argument("--format", choices=["pdf", "html"], default="pdf")
        parser.add_argument("--out", required=True, metavar="F", help="The file to write.")
        parser.add_argument(
            "--edition", type=int, metavar="N", help="A published edition; the newest unless given."
        )

    def handle(
        self, *, reference: str, format: str, out: str, edition: int | None, **options: Any
    ) -> None:
        report = (
            Report.objects.select_related("inspection__area")
            .filter(inspection__reference=reference)
            .first()
        )
        if report is None:
            raise CommandError(
                f"There is no report of {reference}. Check the reference, for example JI-2026-001."
            )
        html = self._html(report, edition)
        try:
            content = exports.report_pdf(html) if format == "pdf" else html.encode()
        except PdfUnavailable as missing:
            raise CommandError(str(missing)) from missing
        try:
            Path(out).write_bytes(content)
        except OSError as failed:
            raise CommandError(f"{out} could not be written: {failed.strerror}.") from failed
        self.stdout.write(f"{out}: {len(content)} bytes, SHA-256 {exports.sha256(content)}")

    def _html(self, report: Report, number: int | None) -> str:
        """The stored document of an edition, or the report as it stands where nothing is published yet."""
        found: Edition | None = queries.published_edition(report, number)
        if found:
            return found.html
        if number:
            raise CommandError(f"{report.inspection.reference} has no published edition {number}.")
        return str(exports.report_html(exports.report_source(report), embargo="Working copy"))
