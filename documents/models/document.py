"""A document: one file as it was received, and what is known about it. Its bytes are never changed."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from documents.enums import MADE_TYPES, SHOWN_IN_BROWSER, DocumentState, Scan


class DocumentQuerySet(models.QuerySet["Document"]):
    """Which documents. One that is still arriving is shown to nobody."""

    def arrived(self) -> DocumentQuerySet:
        """Whole documents, in whatever state of the virus scan."""
        return self.exclude(state=DocumentState.ARRIVING)

    def held_by(self, holder_type: str, holder_id: str | int) -> DocumentQuerySet:
        """The whole documents of one holder, newest first, with the person who added each and their agency."""
        held = self.arrived().filter(holder_type=holder_type, holder_id=str(holder_id))
        return held.select_related("uploaded_by", "agency").order_by("-uploaded_at", "-pk")

    def current(self) -> DocumentQuerySet:
        """Without those that a newer version supersedes."""
        return self.filter(superseded_by__isnull=True)

    def waiting_for_scan(self) -> DocumentQuerySet:
        return self.filter(state=DocumentState.SCANNING)

    def abandoned(self, before: datetime) -> DocumentQuerySet:
        """Began to arrive before that moment and never did: the process was killed in between."""
        return self.filter(state=DocumentState.ARRIVING, uploaded_at__lt=before)


def opaque_path(public_id: uuid.UUID) -> str:
    """Where the bytes are kept: nothing of the sender's words is in it."""
    name = public_id.hex
    return f"documents/{name[:2]}/{name}"


class Document(models.Model):
    """One file, one version. ``holder_type`` and ``holder_id`` say what it belongs to;
    ``documents.holders`` knows more.

    ``name`` is the sender's own file name, cleaned, shown to people and offered at download; it is
    never a path. ``content_type`` was proved by the bytes. ``arrival_key`` makes a repeated upload
    find what the first one made. ``agency`` is the one for which it was added: versions follow each other within one agency
    alone, so that nobody replaces, or learns of, a file of another agency by sending one of the same name.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder_type = models.CharField(max_length=60)
    holder_id = models.CharField(max_length=64)
    inspection_reference = models.CharField(max_length=20, blank=True, db_index=True)
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=DocumentState, default=DocumentState.ARRIVING)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.WAITING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="From 1; 0 while it arrives.")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arrival_key = models.CharField(max_length=64, blank=True)
    file = models.FileField(max_length=100, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["holder_type", "holder_id", "-uploaded_at"], name="document_by_holder"
            ),
            models.Index(
                fields=["uploaded_at"],
                name="document_unfinished",
                condition=Q(state__in=[DocumentState.ARRIVING, DocumentState.SCANNING]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "arrival_key"],
                condition=~Q(arrival_key=""),
                name="document_arrives_once",
                violation_error_message="This file has already arrived.",
            ),
            models.UniqueConstraint(
                fields=["holder_type", "holder_id", "agency", "name", "version"],
                condition=Q(version__gt=0, agency__isnull=False),
                name="document_version_once",
                violation_error_message="There is already a document of this name and version.",
            ),
            models.UniqueConstraint(
                fields=["holder_type", "holder_id", "name", "version"],
                condition=Q(version__gt=0, agency__isnull=True),
                name="document_version_of_no_agency_once",
                violation_error_message="There is already a document of this name and version.",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.ARRIVING, version=0)
                | (~Q(state=DocumentState.ARRIVING) & Q(version__gt=0)),
                name="document_arrived_has_version",
                violation_error_message="A document that has arrived has a version, from 1.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="document_is_not_empty",
                violation_error_message="A document is not empty.",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.QUARANTINED, scan=Scan.FOUND)
                | (~Q(state=DocumentState.QUARANTINED) & ~Q(scan=Scan.FOUND)),
                name="document_with_virus_is_quarantined",
                violation_error_message="A document in which a virus was found is in quarantine.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def series(self) -> tuple[int | None, str]:
        """What its versions have in common, within one place: the agency and the name."""
        return self.agency_id, self.name

    @property
    def name_and_agency(self) -> str:
        """``Waiting times.xlsx, NHS Glenmarrow``."""
        return f"{self.name}, {self.agency}" if self.agency else self.name

    @property
    def ending(self) -> str:
        """The ending of its name without the dot: ``pdf``."""
        return PurePath(self.name).suffix.lstrip(".").lower()

    @property
    def kind(self) -> str:
        """Its type in words: ``Word document``."""
        known = MADE_TYPES.get(self.ending)
        return known.words if known else self.content_type

    @property
    def is_available(self) -> bool:
        return self.state == DocumentState.AVAILABLE

    @property
    def can_be_shown(self) -> bool:
        """Whether a browser may show it without saving it first."""
        return self.content_type in SHOWN_IN_BROWSER

    @property
    def state_words(self) -> str:
        """Its state as people read it; a document that was not scanned says so."""
        if self.is_available and self.scan == Scan.NOT_SCANNED:
            return Scan.NOT_SCANNED.label
        return self.get_state_display()

    @property
    def state_tone(self) -> str:
        """How the state's tag looks; the words carry the meaning."""
        tones = {DocumentState.SCANNING: "attention", DocumentState.QUARANTINED: "late"}
        return tones.get(
            DocumentState(self.state), "quiet" if self.scan == Scan.NOT_SCANNED else "done"
        )

    @property
    def added_by_words(self) -> str:
        """Who added it, by designation, as ordinary records name staff."""
        return self.uploaded_by.designation or self.uploaded_by.name
