"""What the form templates in ``templates/sgds`` need to know of a field: its kind, its ids, and its control.

Every control names its hint, its error and its count in ``aria-describedby``; radios and checkboxes name them on their
fieldset. A link of the error summary lands on something that takes the keyboard: for a group, its first choice.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

WIDTHS = (2, 3, 4, 5, 10, 20)


@register.filter
def kind(field: BoundField) -> str:
    """One of hidden, scale, folded, checkboxes, radios, checkbox, file, textarea, select, group, input."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if hasattr(widget, "levels"):
        return "scale"
    if hasattr(widget, "folds"):
        return "folded"
    for name, types in (
        ("checkboxes", forms.CheckboxSelectMultiple),
        ("radios", forms.RadioSelect),
        ("checkbox", forms.CheckboxInput),
        ("file", forms.FileInput),
        ("textarea", forms.Textarea),
        ("select", forms.Select),
        ("group", forms.MultiWidget),
    ):
        if isinstance(widget, types):
            return name
    return "input"


@register.filter
def focus_id(field: BoundField) -> str:
    """The id of the control that a link should land on."""
    if kind(field) in ("radios", "checkboxes", "folded", "scale"):
        choices = field.subwidgets
        return choices[0].id_for_label if choices else f"{field.auto_id}_set"
    if kind(field) == "group":
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of hint, error and count, in the order in which they are read."""
    ids = []
    if field.help_text:
        ids.append(f"{field.auto_id}_hint")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    if max_characters(field):
        ids.append(f"{field.auto_id}_count")
    return " ".join(ids)


@register.filter
def blank_words(field: BoundField) -> str:
    """What stands beside the label of a field that may be left empty: ``optional``, or until when it may.

    The form says ``needed_later = {"rationale": "needed before you seal"}``; ``blanks_may_stay`` says nothing at all.
    """
    if field.field.required:
        return ""
    later = getattr(field.form, "needed_later", {}).get(field.name)
    return later or ("" if getattr(field.form, "blanks_may_stay", False) else "optional")


@register.filter
def theirs(field: BoundField) -> Any:
    """What somebody saved meanwhile in this field (``core.version_forms.Theirs``); None where nothing differs."""
    return getattr(field.form, "theirs", {}).get(field.name)


@register.filter
def max_characters(field: BoundField) -> int | None:
    """How many characters a text area takes, when it says so."""
    return getattr(field.field, "max_length", None) if kind(field) == "textarea" else None


@register.filter
def characters_left(field: BoundField) -> int:
    """How many more characters would fit; below nothing when there are too many."""
    return (max_characters(field) or 0) - len(str(field.value() or ""))


@register.filter
def choice_hint(choice: Any, field: BoundField) -> str:
    """The second line of one radio or checkbox, from ``widget.hints`` by value."""
    hints = getattr(field.field.widget, "hints", {})
    return hints.get(str(choice.data["value"]), "")


@register.filter
def folds(field: BoundField) -> list[dict[str, Any]]:
    """The groups of many checkboxes: title, choices, how many are ticked, and whether the group stands open."""
    widget = field.field.widget
    value = widget.format_value(field.value())
    found: list[dict[str, Any]] = []
    for title, options, _ in widget.optgroups(field.html_name, value, {"id": field.auto_id}):
        ticked = sum(bool(option["selected"]) for option in options)
        choices = [BoundWidget(widget, option, field.form.renderer) for option in options]
        found.append(
            {"title": title, "choices": choices, "ticked": ticked, "open": not found or ticked > 0}
        )
    return found


@register.filter
def level_of(choice: Any, field: BoundField) -> Any:
    """What one level of the scale says: number, name, means, here."""
    return field.field.widget.levels[int(str(choice.data["value"]))]


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control itself, with the design system's class and its accessible description."""
    family = kind(field)
    if family == "hidden":
        return field.as_hidden()
    attrs: dict[str, Any] = {}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    if limit := max_characters(field):
        attrs["data-max-characters"] = str(limit)
    attrs["class"] = " ".join(
        (*_classes(field, family), field.field.widget.attrs.get("class", ""))
    ).strip()
    return field.as_widget(attrs=attrs)


def _classes(field: BoundField, family: str) -> list[str]:
    if family == "checkbox":
        return ["ds_checkbox__input"]
    if family == "file":
        return [
            "ds_file-upload__input",
            *(["ds_file-upload__input--error"] if field.errors else []),
        ]
    classes = ["ds_select" if family == "select" else "ds_input"]
    if field.errors:
        classes.append("ds_input--error")
    width = getattr(field.field, "width", None)
    if width in WIDTHS:
        classes.append(f"ds_input--fixed-{width}")
    return classes


@register.filter
def all_errors(form: Any) -> list[dict[str, str]]:
    """Every fault of a form or formset as ``{"words", "href"}``, in the order of the page; form-wide faults first.

    The words of a group (a return's row, a second address) start with its label where two fields could say the same.
    """
    forms_of_it = list(form.forms) if hasattr(form, "forms") else [form]
    faults: list[dict[str, str]] = []
    wide = form.non_form_errors() if hasattr(form, "forms") else []
    faults += [{"words": str(words), "href": ""} for words in wide]
    for one in forms_of_it:
        if not one.is_bound:
            continue
        faults += [{"words": str(words), "href": ""} for words in one.non_field_errors()]
        for field in one:
            faults += [
                {"words": str(words), "href": "" if field.is_hidden else f"#{focus_id(field)}"}
                for words in field.errors
            ]
    return faults
