"""Two people at one text: the same sentence everywhere, both texts shown, and nothing overwritten unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from core.forms import DeskForm
from core.verdicts import Refused
from core.version_forms import VersionedForm, VersionField
from core.versions import Newer, SavedMeanwhile, enforce_newest, is_newest

AT = datetime(2025, 12, 8, 14, 3, tzinfo=UTC)


@dataclass
class Note:
    """A text of nobody's model."""

    version: int = 2
    saved_by: str = "Isla Dunmore"
    saved_at: datetime | None = AT
    saved_what: str = "E-001"


class WriteNote(VersionedForm, DeskForm):
    """A choice, some choices and a text."""

    kind = forms.ChoiceField(choices=[("a", "An apple"), ("b", "A pear")])
    marks = forms.MultipleChoiceField(
        choices=[("1", "One"), ("2", "Two"), ("3", "Three")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(widget=forms.Textarea, required=False)
    based_on = VersionField()


def typed(**more: str) -> WriteNote:
    data = QueryDict(mutable=True)
    data.update({"kind": "a", "text": "Mine.\r\nAll mine.", "based_on": "1"} | more)
    data.setlist("marks", ["1", "2"])
    form = WriteNote(data)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize(
    ("stands", "based_on", "newest"), [(0, 0, True), (0, 5, True), (2, 2, True), (2, 1, False), (2, 3, False)]
)  # fmt: skip
def test_a_save_is_based_on_the_newest_version(stands: int, based_on: int, newest: bool) -> None:
    assert is_newest(Note(version=stands), based_on=based_on) is newest


def test_the_refusal_says_who_saved_what_and_when() -> None:
    with pytest.raises(SavedMeanwhile) as refusal:
        enforce_newest(Note(), based_on=1, by="Kirsty Nevis")
    assert isinstance(refusal.value, Refused)
    assert str(refusal.value) == refusal.value.newer.sentence == (
        "Isla Dunmore saved version 2 of E-001 on Monday 8 December 2025 at 14:03, after you opened this page. "
        "Nothing was overwritten."
    )  # fmt: skip


def test_what_one_saved_oneself_in_another_window_is_said_so() -> None:
    said = Newer(Note(), "Isla Dunmore").sentence
    assert said.startswith("You saved version 2 of E-001 on ")


def test_a_form_shows_what_stands_only_where_it_differs_and_keeps_what_was_typed() -> None:
    form = typed()
    stands = {"kind": "b", "marks": ["3", "1"], "text": "Theirs."}
    form.meet(Newer(Note(), "Kirsty Nevis"), stands)
    assert {name: one.words for name, one in form.theirs.items()} == {
        "kind": "A pear", "marks": "One\nThree", "text": "Theirs.",
    }  # fmt: skip
    assert form["text"].value() == "Mine.\r\nAll mine."
    assert form["based_on"].value() == "2", "The next save is on purpose."
    assert "bring the two together" in form.errors["kind"][0]
    html = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))
    assert html.count("Yours, not saved yet") == 3
    assert 'href="#id_kind"' in html and 'id="id_text_theirs"' in html
    assert "Mine.\nAll mine." in html.replace("\r\n", "\n") and "Theirs." in html


@pytest.mark.parametrize("kept", ["Mine.\nAll mine.", "Mine.\r\nAll mine.\n"])
def test_the_same_words_are_no_difference_whatever_their_line_endings(kept: str) -> None:
    form = typed()
    form.meet(Newer(Note(), "Kirsty Nevis"), {"kind": "a", "marks": ["2", "1"], "text": kept})
    assert form.theirs == {}
    assert form.cleaned_data["text"] == "Mine.\nAll mine."


def test_nothing_that_stands_is_said_in_words() -> None:
    form = typed()
    form.meet(Newer(Note(), "Kirsty Nevis"), {"kind": None, "text": ""})
    assert form.theirs["kind"].words == "Nothing is chosen."
    assert form.theirs["text"].words == "Nothing is written."


@pytest.mark.parametrize(("sent", "version"), [("", 0), ("0", 0), ("7", 7)])
def test_no_version_is_the_version_of_something_new(sent: str, version: int) -> None:
    assert typed(based_on=sent).cleaned_data["based_on"] == version


@pytest.mark.parametrize("sent", ["x", "-1"])
def test_a_version_that_is_none_is_a_fault_in_words(sent: str) -> None:
    with pytest.raises(forms.ValidationError, match="does not know which version"):
        VersionField().clean(sent)
