"""The dates from which the year is counted."""

from __future__ import annotations

from django import forms

from core.forms import DeskDateField, DeskForm


class RecordSubmissionForm(DeskForm):
    """When the report went to Ministers."""

    submit = "Record the submission"

    submitted_on = DeskDateField(
        label="Day on which the report was submitted to Ministers",
        help_text="The year counts from the last of this day, publication, and the end of proceedings.",
    )


class RecordProceedingsForm(DeskForm):
    """Which proceedings are connected with the inspection."""

    submit = "Record the proceedings"

    title = forms.CharField(
        max_length=200,
        label="What they are",
        help_text="For example “Fatal accident inquiry, reference 2026/14”. No name of a child or a parent.",
    )


class EndProceedingsForm(DeskForm):
    """When they were finally determined."""

    submit = "Record the determination"

    determined_on = DeskDateField(
        label="Day on which they were finally determined",
        help_text="When no further appeal is possible.",
    )
