"""One meeting with the partnership, who was there, and which version of its parts is the newest."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models

from accounts.models import User
from documents.models import Document
from inspections.enums import Stand
from inspections.models import Inspection, Step
from meetings.enums import MEETING_MOVES, SHOWN_TO_PARTNERSHIP, MeetingState, PartOfMeeting, Side


class Meeting(models.Model):
    """Made when somebody first prepares a meeting of the timetable. Its day is the step's: it moves with it.

    ``record_version`` counts every change of what the record will say; a side confirms one version of it.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="meetings")
    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="meeting")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PREPARED)
    begins = models.TimeField("begins at")
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField("link to join", max_length=500, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    record_version = models.PositiveIntegerField(default=0)
    record_changed_at = models.DateTimeField(null=True, blank=True)
    record_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["step__starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.SETTLED, settled_at__isnull=False)
                | (~models.Q(state=MeetingState.SETTLED) & models.Q(settled_at__isnull=True)),
                name="meeting_settled_says_when",
                violation_error_message="A record that both sides confirmed says since when, and no other.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MeetingState.PREPARED, record_version=0)
                | (~models.Q(state=MeetingState.PREPARED) & models.Q(record_version__gt=0)),
                name="meeting_recorded_has_a_version",
                violation_error_message="A meeting has a version of its record once that is begun, and not before.",
            ),
            models.CheckConstraint(
                condition=~models.Q(place="") | ~models.Q(link=""),
                name="meeting_is_somewhere",
                violation_error_message="A meeting has a place, a link to join, or both.",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_at__isnull=True, proposed_by__isnull=True)
                | models.Q(proposed_at__isnull=False, proposed_by__isnull=False),
                name="meeting_proposed_at_has_its_by",
                violation_error_message="A record that is to be confirmed says since when, and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What people say aloud: ``M2 Emerging themes``."""
        return self.step.title.partition(":")[0]

    @property
    def day(self) -> date:
        """The day on which it takes place."""
        return self.step.starts_on

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return MEETING_MOVES[MeetingState(self.state)]

    @property
    def is_settled(self) -> bool:
        return self.state == MeetingState.SETTLED

    @property
    def is_shown_to_partnership(self) -> bool:
        """Whether the partnership reads the record: as soon as it is to be confirmed."""
        return self.state in SHOWN_TO_PARTNERSHIP


class MeetingPart(models.Model):
    """One part of a meeting that people edit as a whole: which version of it stands, and whose it is."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=12, choices=PartOfMeeting)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "part"], name="meeting_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.get_part_display()}"

    @property
    def saved_at(self) -> datetime:
        """When it was last saved: with the two below, what ``core.versions`` says when two people meet in it."""
        return self.changed_at

    @property
    def saved_by(self) -> User:
        return self.changed_by

    @property
    def saved_what(self) -> str:
        return str(self.get_part_display())


class Attendance(models.Model):
    """One who was there: a person of either side, or somebody without an account by what they are."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    side = models.CharField(max_length=12, choices=Side)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    designation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="attendance_once_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, designation="")
                | (models.Q(person__isnull=True) & ~models.Q(designation="")),
                name="attendance_is_a_person_or_a_designation",
                violation_error_message="Somebody who was there is a person with an account, or a designation.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """``Isla Dunmore, inspection lead``, or the designation alone."""
        if self.person is None:
            return self.designation
        return self.person.name_and_designation
