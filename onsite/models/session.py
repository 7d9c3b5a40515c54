"""One session on site: on which of the days, from when to when, where, and who of the team takes part."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from accounts.models import User
from inspections.enums import Stand
from inspections.models import Inspection
from onsite.enums import NEEDS_NO_ROOM, SESSION_MOVES, SessionKind, SessionState
from onsite.models.room import Room


class SessionQuerySet(models.QuerySet["Session"]):
    """Which sessions."""

    def planned(self) -> SessionQuerySet:
        return self.filter(state=SessionState.PLANNED)

    def shared(self) -> SessionQuerySet:
        """Those that the partnership sees."""
        return self.filter(is_shared=True)

    def of(self, person: User) -> SessionQuerySet:
        """Those in which this person takes part."""
        return self.filter(pk__in=SessionPart.objects.filter(person=person).values("session"))

    def with_people(self) -> SessionQuerySet:
        """With everybody who takes part, whoever leads it first."""
        return self.prefetch_related(
            models.Prefetch("parts", SessionPart.objects.select_related("person"))
        )


class Session(models.Model):
    """``day`` is its place among the days on site, from 1: the date is the timetable's, and a session moves with it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="sessions")
    day = models.PositiveSmallIntegerField()
    begins = models.TimeField("begins at")
    ends = models.TimeField("ends at")
    kind = models.CharField(max_length=12, choices=SessionKind)
    title = models.CharField(max_length=120)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    is_shared = models.BooleanField("the partnership sees it", default=False)
    asked = models.CharField("who is asked to come", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    cancellation_reason = models.CharField("why it was cancelled", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "begins", "ends", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins")),
                name="session_ends_after_it_begins",
                violation_error_message="A session ends after it begins.",
            ),
            models.CheckConstraint(
                condition=models.Q(day__gte=1),
                name="session_has_a_day",
                violation_error_message="The days on site are counted from 1.",
            ),
            models.CheckConstraint(
                condition=models.Q(room__isnull=False) | models.Q(kind__in=NEEDS_NO_ROOM),
                name="session_is_somewhere",
                violation_error_message="A session has a room, but for travel and time of the team.",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state=SessionState.CANCELLED, cancelled_at__isnull=False)
                    & models.Q(cancelled_by__isnull=False)
                    & ~models.Q(cancellation_reason="")
                )
                | models.Q(
                    state=SessionState.PLANNED,
                    cancelled_at__isnull=True,
                    cancelled_by__isnull=True,
                    cancellation_reason="",
                ),
                name="session_cancelled_says_why",
                violation_error_message="A session that is cancelled says why, when and by whom, and no other.",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_at__isnull=True, changed_by__isnull=True)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="session_changed_at_has_its_by",
                violation_error_message="A session that was changed says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return SESSION_MOVES[SessionState(self.state)]

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def people(self) -> list[User]:
        """Who takes part, whoever leads it first. Of sessions that came ``with_people`` it asks nothing."""
        return [part.person for part in self.parts.all()]

    @property
    def lead(self) -> User | None:
        """Who leads it."""
        return next((part.person for part in self.parts.all() if part.leads), None)

    @property
    def saved_at(self) -> datetime:
        """When it was last saved: with the two below, what ``core.versions`` says when two people meet in it."""
        return self.changed_at or self.planned_at

    @property
    def saved_by(self) -> User:
        return self.changed_by or self.planned_by

    @property
    def saved_what(self) -> str:
        return f"the session “{self.title}”"


class SessionPart(models.Model):
    """One of the team who takes part in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField("leads it", default=False)

    class Meta:
        ordering = ["-leads", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="session_part_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(leads=True),
                name="session_has_one_lead",
                violation_error_message="One person leads a session.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.session}"
