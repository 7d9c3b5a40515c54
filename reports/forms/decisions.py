"""Decisions on the report: the panel's, those on comments, and the moment of publication."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.forms import DeskDateField, DeskForm
from core.version_forms import VersionedForm, VersionField
from reports.enums import CommentDecision
from reports.models import FactComment

LARGEST = 50 * 1000 * 1000


class SendReportBackForm(DeskForm):
    """What must change before the panel sees it again."""

    submit = "Send the report back"

    reason = forms.CharField(
        label="What must change", widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )


class DecideFollowUpForm(DeskForm):
    """Whether a progress review follows (R43)."""

    submit = "Record this decision"
    needed_later = {"timescale": "needed if a review follows"}

    progress_review = forms.TypedChoiceField(
        label="Does a progress review follow?",
        choices=[
            ("yes", "Yes, a progress review follows"),
            ("no", "No progress review at present"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    timescale = forms.CharField(
        required=False,
        max_length=200,
        help_text="As the report will print it, for example “within 12 months of publication”.",
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("progress_review") and not cleaned.get("timescale", "").strip():
            self.add_error(
                "timescale", "Say by when the progress review takes place. The report states it."
            )
        return cleaned


class CommentOnDraftForm(DeskForm):
    """A comment on a fact, with its evidence (R47)."""

    submit = "Add this comment"

    text = forms.CharField(
        label="What is not correct?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="A fact: a number, a date, a name of a service. This is not an appeal about an evaluation.",
    )
    correction = forms.CharField(
        label="What it should say",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    evidence = forms.CharField(
        label="What shows it",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text="The document, with its page, that shows the right fact. Name no child, parent or member of staff.",
    )


class CorrectCommentForm(VersionedForm, CommentOnDraftForm):
    """The same comment in better words, before the comments are returned."""

    submit = "Save this comment"

    based_on = VersionField()

    @staticmethod
    def stands(comment: FactComment) -> dict[str, str]:
        """What is saved, by field."""
        return {name: getattr(comment, name) for name in ("text", "correction", "evidence")}


class AnswerCommentForm(DeskForm):
    """Accept, in part, or not; and why."""

    submit = "Save this answer"
    needed_later = {"no_change_because": "only if none do"}

    decision = forms.TypedChoiceField(
        choices=CommentDecision.choices, coerce=CommentDecision, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="The partnership reads this.",
    )
    no_change_because = forms.CharField(
        label="Why no words of the report change",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Only if you accept the comment and the paragraph may stay as it is. "
        "Otherwise leave this empty and correct the paragraph: the text is final only once that is done.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == CommentDecision.REJECT and cleaned.get("no_change_because"):
            self.add_error(
                "no_change_because",
                "You do not accept the comment, so the reason above is enough. Leave this empty.",
            )
        return cleaned


class AttachYoungPeoplesVersionForm(DeskForm):
    """The file of the version for young people."""

    submit = "Attach this version"

    title = forms.CharField(
        max_length=200, help_text="As young people will read it on the public page."
    )
    file = forms.FileField(
        label="File",
        help_text="A PDF or a Word document (.docx) of at most 50 MB.",
        allow_empty_file=True,
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_key(self) -> str:
        """At most 64 characters: a key is only compared, so a longer one is no harm."""
        return str(self.cleaned_data["key"])[:64]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".pdf", ".docx")):
            raise ValidationError(
                f"“{file.name}” is neither a PDF nor a Word document. Save it as one of these and choose it again."
            )
        if file.size > LARGEST:
            raise ValidationError(
                f"“{file.name}” is larger than 50 MB. Make its pictures smaller and choose it again."
            )
        return file


class SchedulePublicationForm(DeskForm):
    """The day and the hour at which the report becomes public by itself."""

    submit = "Schedule publication"
    needed_later = {"reason": "needed on another day than the timetable’s"}

    day = DeskDateField(label="Day of publication")
    hour = forms.TimeField(
        label="Time",
        input_formats=["%H:%M", "%H.%M", "%H"],
        initial="09:30",
        help_text="In the time of Scotland, for example 09:30.",
        error_messages={"invalid": "Write the time as hours and minutes, for example 09:30."},
    )
    reason = forms.CharField(
        label="Why on this day",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def moment(self) -> datetime:
        """The moment that was chosen, in the time of Scotland. After is_valid() only."""
        chosen = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return timezone.make_aware(chosen)
