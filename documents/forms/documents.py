"""The form that takes files. Whether a file is a good one is asked of the rules, file by file, and
not here.
"""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm, ManyFilesField


class UploadDocumentsForm(DeskForm):
    """Several files at once, a key that makes a second sending find the first, and where to go
    afterwards.
    """

    submit = "Add the files"

    files = ManyFilesField(
        label="Files",
        allow_empty_file=True,
        error_messages={"required": "Choose at least one file."},
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_key(self) -> str:
        """At most 64 characters: a key is only compared, so a longer one is no harm."""
        return str(self.cleaned_data["key"])[:64]

    def clean_files(self) -> list[Any]:
        return list(self.cleaned_data["files"])
