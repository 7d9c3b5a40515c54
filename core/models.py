"""What the floor keeps: jobs that must not be lost, letters, and the counters behind references."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper


class JobState(models.TextChoices):
    """Where a job stands. Queued and running jobs are live; the other two are history."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Given up"


LIVE = (JobState.QUEUED, JobState.RUNNING)


class Job(models.Model):
    """One piece of work that must not be lost, written in the transaction that asked for it."""

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    asked_again = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "pk")
        indexes = (
            models.Index(fields=("due_at",), name="job_due", condition=Q(state__in=LIVE)),
            models.Index(fields=("state", "finished_at"), name="job_history"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("name", "key"),
                condition=Q(state__in=LIVE),
                name="job_is_live_once",
                violation_error_message="This work is already waiting or under way.",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING)
                | (~Q(claimed_by="") & Q(claimed_until__isnull=False)),
                name="job_running_is_claimed",
                violation_error_message="A job under way has a claim and the time it runs out.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.key} ({self.get_state_display()})"


class Letter(models.Model):
    """One e-mail to one person, exactly as it was or will be sent; one that holds a secret link keeps no words after."""

    key = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=100)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    subject_reference = models.CharField(max_length=40, blank=True, db_index=True)
    attachments = models.JSONField(
        default=list, blank=True, help_text="Name, path in storage and type of each file."
    )
    is_forgotten = models.BooleanField(
        default=False, help_text="The words hold a secret and are not kept once the letter is sent."
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="When its reader first opened it in the product."
    )
    waits = models.BooleanField(default=False, help_text="It goes with the letter of the day.")
    brought_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="brings"
    )

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(Upper("to"), F("created_at").desc(), name="letter_by_reader"),
            models.Index(
                fields=("to", "created_at"),
                name="letter_waits",
                condition=Q(waits=True, brought_by__isnull=True, sent_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} ({self.key})"


class ReferenceCounter(models.Model):
    """The last number given out under one prefix in one year."""

    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("prefix", "year"), name="reference_counter_once"),
        )

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"
