"""What a member of the team said about a conflict of interest, and what was decided on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import User
from inspections.enums import InterestAnswer, InterestDecision
from inspections.models.inspection import Inspection

_LETS_IN = [InterestDecision.WORKS, InterestDecision.APART]


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Which declarations."""

    def of(self, person: User) -> DeclarationQuerySet:
        return self.filter(person=person)

    def opening(self) -> DeclarationQuerySet:
        """Those by which an inspection is open to whoever made them."""
        return self.filter(opens=True)

    def said_last(self) -> DeclarationQuerySet:
        """What each person declared last on each inspection: that is what counts as declared."""
        newer = Declaration.objects.filter(
            inspection=models.OuterRef("inspection"),
            person=models.OuterRef("person"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(newer))

    def waiting(self) -> DeclarationQuerySet:
        """Those of the latest on which somebody has to decide."""
        return self.said_last().filter(decision="", opens=False)


class Declaration(models.Model):
    """One answer of one person on one inspection. Rows are added, never edited, but for the decision and what it opens or closes.

    ``opens`` says that by this row the inspection is open to the person; ``terms`` say what they keep away from.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="declarations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declarations"
    )
    declared_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=InterestAnswer)
    words = models.TextField("what was declared", blank=True)
    opens = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=InterestDecision, blank=True)
    terms = models.TextField("what the person keeps away from", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(answer=InterestAnswer.SOMETHING) & ~models.Q(words=""))
                | models.Q(answer=InterestAnswer.NOTHING, words=""),
                name="declaration_of_something_says_what",
                violation_error_message="Whoever declares something says what it is, and nobody else.",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~models.Q(decision="")
                    & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="declaration_decision_has_its_by",
                violation_error_message="A decision says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("person")),
                name="declaration_decided_by_another",
                violation_error_message="Nobody decides about their own interest.",
            ),
            models.CheckConstraint(
                condition=(models.Q(decision=InterestDecision.APART) & ~models.Q(terms=""))
                | (~models.Q(decision=InterestDecision.APART) & models.Q(terms="")),
                name="declaration_apart_has_its_terms",
                violation_error_message="Whoever works apart is told from what, and nobody else.",
            ),
            models.CheckConstraint(
                condition=models.Q(opens=False)
                | models.Q(answer=InterestAnswer.NOTHING, decision="")
                | models.Q(decision__in=_LETS_IN),
                name="declaration_opens_by_nothing_or_by_decision",
                violation_error_message="An inspection opens to whoever declares nothing, or by a decision.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display().lower()}"

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide on it, so long as it is the person's latest."""
        return not self.decision and not self.opens
