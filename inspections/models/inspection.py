"""One joint inspection of one area."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.queries import offices_of
from accounts.roles import PROGRAMME_ROLES, Capability, roles_granting
from inspections.enums import (
    BEFORE_NOTIFICATION,
    INSPECTION_MOVES,
    NOT_YET_PUBLISHED,
    ChosenBecause,
    InspectionState,
    Stand,
)
from inspections.models.area import Area
from inspections.models.method import Method

if TYPE_CHECKING:
    from accounts.models import User

SEES_ALL = PROGRAMME_ROLES & roles_granting(Capability.SEE_INSPECTION)


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Which inspections."""

    def visible_to(self, person: User) -> InspectionQuerySet:
        """Those a person works on today, as themselves or as a stand-in, or all for an office of the programme.

        Nobody else sees them (R53).
        """
        if not person.is_authenticated:
            return self.none()
        if offices_of(person) & SEES_ALL:
            return self
        from inspections.models.membership import Membership

        return self.filter(pk__in=Membership.objects.open_to(person).values("inspection_id"))

    def running(self) -> InspectionQuerySet:
        """Notified and not yet published."""
        return self.exclude(
            state__in=[
                InspectionState.PLANNED,
                InspectionState.PUBLISHED,
                InspectionState.FOLLOW_UP,
                InspectionState.CLOSED,
                InspectionState.WITHDRAWN,
            ]
        )


class Inspection(models.Model):
    """From planning to publication and what follows. Moved from state to state by actions only."""

    reference = models.CharField(max_length=20, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="inspections")
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="inspections")
    framework_key = models.CharField(
        max_length=20, blank=True, help_text="Frozen at notification (R5)."
    )
    state = models.CharField(
        max_length=20, choices=InspectionState, default=InspectionState.PLANNED
    )
    planned_for = models.DateField("planned notification date")
    chosen_because = models.CharField(
        "why this area", max_length=20, choices=ChosenBecause, default=ChosenBecause.NOT_RECORDED
    )
    chosen_words = models.CharField("why this area, in a sentence", max_length=200, blank=True)
    requested_on = models.DateField("date of the ministerial request", null=True, blank=True)
    timetable_approved_on = models.DateField(
        "date on which Ministers approved the timetable", null=True, blank=True
    )
    notified_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.CharField("why the plan was withdrawn", max_length=200, blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    plan_version = models.PositiveIntegerField(default=1)
    plan_changed_at = models.DateTimeField(null=True, blank=True)
    plan_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state_since = models.DateTimeField()

    history = HistoricalRecords()
    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=models.Q(state__in=NOT_YET_PUBLISHED),
                name="inspection_one_of_an_area_at_a_time",
                violation_error_message="This area already has an inspection that is not yet published.",
            ),
            models.CheckConstraint(
                condition=models.Q(plan_changed_at__isnull=True, plan_changed_by__isnull=True)
                | models.Q(plan_changed_at__isnull=False, plan_changed_by__isnull=False),
                name="inspection_plan_changed_by_somebody",
                violation_error_message="A plan that was changed says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=BEFORE_NOTIFICATION, notified_on__isnull=True)
                | (~models.Q(state__in=BEFORE_NOTIFICATION) & models.Q(notified_on__isnull=False)),
                name="inspection_notified_on_once_notified",
                violation_error_message="An inspection has a notification date once it has been notified, and not before.",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state=InspectionState.WITHDRAWN) & ~models.Q(withdrawal_reason="")
                )
                | (~models.Q(state=InspectionState.WITHDRAWN) & models.Q(withdrawal_reason="")),
                name="inspection_withdrawn_says_why",
                violation_error_message="A plan that is withdrawn says why, and no other.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} ({self.reference})"

    def get_absolute_url(self) -> str:
        return reverse("workspace:overview", args=[self.reference])

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return INSPECTION_MOVES[InspectionState(self.state)]

    @property
    def week_one_date(self) -> date:
        """The notification date, or the planned one until then: week 1 is its week (R6)."""
        return self.notified_on or self.planned_for
