"""Forms over a text that several people, or several windows, may be editing: its version, and both texts when they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField

from core.versions import Newer

BOTH_STAND = "What is saved stands above what you typed: bring the two together and save again."


class VersionField(forms.IntegerField):
    """The version that the writer had before them, hidden; cleans to 0 for none.

    Named ``based_on``, or ``<text>_based_on`` in a form of several texts: the journal looks for these names.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            widget=forms.HiddenInput,
            error_messages={
                "invalid": "This page does not know which version it was opened on. Reload it.",
                "min_value": "This page does not know which version it was opened on. Reload it.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> int:
        """No version at all is the version of something new."""
        return super().clean(value) or 0


class OpeningField(forms.UUIDField):
    """A mark of its own for each time a form is opened, hidden, so that what is sent twice is known again.

    Cleans to None on a page from before there was one. Named ``opening``: the journal keeps it with the words.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            initial=uuid4,
            widget=forms.HiddenInput,
            error_messages={
                "invalid": "This page does not know when it was opened. Open it again: this browser kept what you typed."
            },
            **kwargs,
        )


@dataclass(frozen=True, slots=True)
class Theirs:
    """What stands on the server in one field, in words, and whose it is."""

    words: str
    newer: Newer


class VersionedForm(forms.Form):
    """What a form over versioned texts adds to ours: stand it before ``DeskForm`` among the bases."""

    newer: list[Newer]
    theirs: dict[str, Theirs]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newer, self.theirs = [], {}

    def clean(self) -> dict[str, Any]:
        """One kind of line ending, so that the same words are the same wherever they were typed."""
        cleaned = super().clean() or {}
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = _one_ending(value)
        return cleaned

    def take(self, stands: Mapping[str, str], *, version: str, newest: int) -> None:
        """Show what ``stands`` and its ``newest`` version in place of texts that were sent as they had been opened."""
        data: Any = self.data
        data = data.copy()
        for name, value in {**stands, version: str(newest)}.items():
            data[self.add_prefix(name)] = value
        self.data = data

    def meet(
        self,
        newer: Newer,
        stands: Mapping[str, Any],
        *,
        version: str = "based_on",
        then: str = BOTH_STAND,
    ) -> None:
        """Keep what was typed, show what ``stands`` above it wherever they differ, and let the next save be on purpose.

        ``stands`` is what the server has by field, as for ``initial``; ``version`` the field of its version.
        """
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix(version)] = str(newer.kept.version)
        self.data = data
        differ = [
            name for name in stands if name in self.fields and _differs(self[name], stands[name])
        ]
        self.newer.append(newer)
        self.theirs |= {
            name: Theirs(_in_words(self.fields[name], stands[name]), newer) for name in differ
        }
        self.add_error(differ[0] if differ else None, f"{newer.sentence} {then}")


def _one_ending(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _differs(typed: BoundField, theirs: Any) -> bool:
    if isinstance(theirs, str):
        return _one_ending(str(typed.data or "")).strip() != _one_ending(theirs).strip()
    return typed.field.has_changed(theirs, typed.data)


def _in_words(field: forms.Field, value: Any) -> str:
    """A text as it is; of choices, the words of those that are chosen."""
    if not hasattr(field, "choices"):
        return str(field.prepare_value(value) or "").strip() or "Nothing is written."
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    words = [str(label) for key, label in field.choices if str(key) in chosen]
    return "\n".join(words) or "Nothing is chosen."
