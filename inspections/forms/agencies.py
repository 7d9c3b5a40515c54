"""The areas of an agency."""

from __future__ import annotations

from django import forms

from core.forms import DeskForm
from inspections.models import Area


class ChangeAreasOfAgencyForm(DeskForm):
    """Which of the 32 areas. None is an answer too."""

    submit = "Save these areas"

    areas = forms.ModelMultipleChoiceField(
        Area.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Its people may be invited to inspections of the areas that are ticked.",
    )
