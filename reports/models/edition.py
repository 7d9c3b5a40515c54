"""Copies of the report as they were fixed, and the version for young people."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from documents.models import Document
from reports.enums import EditionKind
from reports.models.report import Report


class Edition(models.Model):
    """The report at one moment: its source as data, the print document made from it, and the PDF drawn in the worker.

    The source and the HTML never change. Each is named by its own hash, and the same HTML gives the same PDF.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=10, choices=EditionKind)
    number = models.PositiveIntegerField()
    source = models.JSONField()
    source_sha256 = models.CharField(max_length=64)
    html = models.TextField()
    html_sha256 = models.CharField(max_length=64)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["report", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "number"], name="edition_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} of {self.report.inspection.reference}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Editions are kept: what was shown to somebody can always be shown again."""
        raise models.ProtectedError("Editions are never removed.", {self})


class YoungPeoplesVersion(models.Model):
    """The version for young people, published alongside (R49). A new one replaces the one before, which is kept."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="young_peoples_versions"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-attached_at", "-pk"]

    def __str__(self) -> str:
        return self.title
