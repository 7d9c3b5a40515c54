"""Prove that what was published is still what it was: source, page and PDF of every edition, by hash and drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.templatetags.desk import plural
from reports import exports
from reports.enums import EditionKind
from reports.models import Edition


class Command(BaseCommand):
    help = "Check every published edition against its hashes, and draw its PDF again to see that the bytes are the same."

    def handle(self, *args: Any, **options: Any) -> None:
        editions = Edition.objects.filter(kind=EditionKind.PUBLISHED).select_related(
            "report__inspection", "document"
        )
        faults = [fault for edition in editions for fault in self._faults(edition)]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(
            f"{plural(len(editions), 'published edition')}, each as it was published."
        )

    def _faults(self, edition: Edition) -> Iterator[str]:
        name = f"{edition.report.inspection.reference}, edition {edition.number}"
        if exports.sha256(exports.canonical(edition.source)) != edition.source_sha256:
            yield f"{name}: the stored source was changed."
        if exports.sha256(edition.html) != edition.html_sha256:
            yield f"{name}: the stored page was changed."
        if edition.document is None:
            yield f"{name}: its PDF has not been drawn yet."
            return
        with edition.document.file.open() as file:
            if exports.sha256(file.read()) != edition.pdf_sha256:
                yield f"{name}: the stored PDF was changed."
        if exports.sha256(exports.report_pdf(edition.html)) != edition.pdf_sha256:
            yield f"{name}: drawn again, the PDF has other bytes. Was WeasyPrint, a font or a style sheet changed?"
