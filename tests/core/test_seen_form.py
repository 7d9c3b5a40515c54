"""A form whose deed may be done in spite of warnings: they are shown once, and a second press goes on."""

from __future__ import annotations

from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict

from core.forms import DeskForm, SeenForm


class BakeForm(SeenForm, DeskForm):
    """Something to do all the same."""

    submit = "Bake"
    all_the_same = "Bake all the same"
    cake = forms.CharField()


def sent(**typed: str) -> BakeForm:
    data = QueryDict(mutable=True)
    data.update(typed)
    form = BakeForm(data)
    assert form.is_valid()
    return form


def test_without_a_warning_nothing_is_asked_twice() -> None:
    form = sent(cake="plain")
    assert form.has_seen([])
    assert form.cleaned_data == {"cake": "plain"}


def test_a_warning_is_shown_with_all_that_was_typed_and_a_second_press_goes_on() -> None:
    form = sent(cake="burnt")
    assert not form.has_seen(["It is too hot."])
    assert form.warnings == ["It is too hot."]
    html = render_crispy_form(form)
    assert "Bake all the same" in html
    assert 'value="burnt"' in html
    assert form.data["seen"] in html

    again = sent(cake="burnt", seen=form.data["seen"])
    assert again.has_seen(["It is too hot."])
    assert again.cleaned_data == {"cake": "burnt"}


def test_another_warning_is_another_thing_to_see() -> None:
    first = sent(cake="burnt")
    first.has_seen(["It is too hot."])
    again = sent(cake="raw", seen=first.data["seen"])
    assert not again.has_seen(["It is too cold."])
    assert again.data["seen"] != first.data["seen"]
    assert not sent(cake="raw", seen="made up").has_seen(["It is too cold."])
