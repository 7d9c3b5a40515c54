"""A list of what is due to go, and what was on it: what it was and how many, never what was in it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from documents.models import Document
from inspections.enums import Stand
from inspections.models import Inspection
from retention.enums import DISPOSAL_MOVES, OPEN, DisposalState


class DisposalListQuerySet(models.QuerySet["DisposalList"]):
    """Which lists."""

    def open(self) -> DisposalListQuerySet:
        return self.filter(state__in=OPEN)

    def finished(self) -> DisposalListQuerySet:
        return self.filter(state=DisposalState.DISPOSED)


class DisposalList(models.Model):
    """What is due to go of one inspection, or of the installation; then the certificate that it is gone."""

    reference = models.CharField(max_length=20, unique=True)
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="disposal_lists"
    )
    state = models.CharField(max_length=10, choices=DisposalState, default=DisposalState.PROPOSED)
    due_on = models.DateField(help_text="By when it must be gone (R52).")
    proposed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    anchor_number = models.PositiveBigIntegerField(null=True, blank=True)
    anchor_hash = models.CharField(max_length=64, blank=True)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DisposalListQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=models.Q(state__in=OPEN),
                name="disposal_list_open_once",
                violation_error_message="There is an open list of this inspection already.",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state__in=OPEN, inspection__isnull=True),
                name="disposal_list_of_installation_open_once",
                violation_error_message="There is an open list of this kind already.",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, approved_by__isnull=True)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="disposal_approved_at_has_its_by",
                violation_error_message="A list that was approved says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DisposalState.DISPOSED, finished_at__isnull=False)
                | (~models.Q(state=DisposalState.DISPOSED) & models.Q(finished_at__isnull=True)),
                name="disposal_finished_at_once_disposed",
                violation_error_message="A list says when it was carried out once it is, and not before.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("retention:disposal-list", args=[self.reference])

    @property
    def subject(self) -> str:
        """Of what: an inspection, or what belongs to no inspection."""
        return str(self.inspection) if self.inspection else "Accounts, letters and invitations"

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return DISPOSAL_MOVES[DisposalState(self.state)]

    @property
    def is_disposed(self) -> bool:
        return self.state == DisposalState.DISPOSED

    def is_late(self, today: date) -> bool:
        """Whether the law's day has gone by."""
        return self.state in OPEN and self.due_on < today


class DisposalItemQuerySet(models.QuerySet["DisposalItem"]):
    """Which items."""

    def going(self) -> DisposalItemQuerySet:
        return self.filter(look_again_on__isnull=True)

    def spared(self) -> DisposalItemQuerySet:
        return self.filter(look_again_on__isnull=False)


class DisposalItem(models.Model):
    """One row that is to go. ``title`` is emptied when it goes; the fingerprint of a file stays."""

    disposal_list = models.ForeignKey(DisposalList, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=80)
    row_id = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text="Bytes of a file.")
    sha256 = models.CharField(max_length=64, blank=True)
    look_again_on = models.DateField("kept until", null=True, blank=True)
    spared_because = models.TextField(blank=True)
    spared_at = models.DateTimeField(null=True, blank=True)
    spared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = DisposalItemQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal_list", "kind", "row_id"], name="disposal_item_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    spared_at__isnull=True, spared_by__isnull=True, look_again_on__isnull=True
                )
                | models.Q(
                    spared_at__isnull=False, spared_by__isnull=False, look_again_on__isnull=False
                ),
                name="disposal_item_spared_at_has_its_by",
                violation_error_message="What was taken off a list says by whom, when and for how long.",
            ),
            models.CheckConstraint(
                condition=models.Q(spared_at__isnull=True) | models.Q(disposed_at__isnull=True),
                name="disposal_item_spared_or_gone",
                violation_error_message="What was taken off a list is not destroyed by it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
