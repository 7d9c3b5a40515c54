"""A matter of serious concern: what somebody saw or heard, what was decided on it, and how it ended.

No earlier versions are kept, because nothing is ever edited: words are added, and a decision is a row of its own. The database
refuses to change either.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from concerns.enums import CONCERN_MOVES, OPEN, WITH_PARTNERSHIP, ConcernState, Referral
from inspections.enums import Stand
from inspections.models import Inspection


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Which concerns."""

    def undecided(self) -> ConcernQuerySet:
        return self.filter(state=ConcernState.RAISED)

    def immediate(self) -> ConcernQuerySet:
        """Those of which somebody said that there is danger now, until they have ended (R37)."""
        return self.filter(is_immediate=True, state__in=OPEN)


class Concern(models.Model):
    """One concern. ``who`` is the only place of the product where the identity of a child or parent may stand.

    ``form_token`` came with the form: the same form sent twice is one concern. ``version`` counts what was added or done, so
    that nobody decides on words that they have not read.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="concerns")
    number = models.PositiveIntegerField(editable=False)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    is_immediate = models.BooleanField("whether somebody is in danger now")
    words = models.TextField("what was seen or said")
    who = models.TextField("who is concerned")
    place = models.TextField("where they are", blank=True)
    state = models.CharField(max_length=15, choices=ConcernState, default=ConcernState.RAISED)
    version = models.PositiveIntegerField(default=1)
    form_token = models.UUIDField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case_reference = models.CharField("reference of the local case", max_length=100, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "number"]
        verbose_name = "matter of concern"
        verbose_name_plural = "matters of concern"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="concern_number_once_an_inspection"
            ),
            models.UniqueConstraint(
                fields=["inspection", "raised_by", "form_token"],
                name="concern_once_a_form",
                violation_error_message="This concern is raised already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(words="") & ~models.Q(who=""),
                name="concern_says_what_and_who",
                violation_error_message="A concern says what was seen or said, and who is concerned.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        ConcernState.RAISED,
                        ConcernState.REFERRED,
                        ConcernState.NOT_REFERRED,
                    ],
                    acknowledged_at__isnull=True,
                    acknowledged_by__isnull=True,
                )
                | models.Q(
                    state__in=[ConcernState.ACKNOWLEDGED, ConcernState.CLOSED],
                    acknowledged_at__isnull=False,
                    acknowledged_by__isnull=False,
                ),
                name="concern_acknowledged_at_has_its_by",
                violation_error_message="A concern that was confirmed says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=ConcernState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                & ~models.Q(case_reference="")
                | ~models.Q(state=ConcernState.CLOSED)
                & models.Q(closed_at__isnull=True, closed_by__isnull=True, case_reference=""),
                name="concern_closed_with_its_case",
                violation_error_message="A concern is closed with the reference of the local case, by somebody.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """``C-001``: its number in its own inspection, which is all that a list, a letter and the log say of it."""
        return f"C-{self.number:03d}"

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return CONCERN_MOVES[ConcernState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_with_partnership(self) -> bool:
        """Whether it was referred, whatever became of it then."""
        return self.state in WITH_PARTNERSHIP


class ConcernNote(models.Model):
    """Words that whoever raised a concern added later. Added, never edited."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    words = models.TextField("what was added")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    form_token = models.UUIDField()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = "words added to a concern"
        verbose_name_plural = "words added to concerns"
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "form_token"],
                name="concern_note_once_a_form",
                violation_error_message="These words are added already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Added to {self.concern}"


class ConcernDecision(models.Model):
    """What the inspection lead decided, when and why. One a concern, and final: it has no deed that changes it (R35)."""

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="decision")
    referral = models.CharField("what was decided", max_length=10, choices=Referral)
    reason = models.TextField("why")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = "decision on a concern"
        verbose_name_plural = "decisions on concerns"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="concern_decision_has_a_reason",
                violation_error_message="A decision on a concern says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_referral_display()}: {self.concern}"
