"""The one base form, and the fields that understand what people write.

A form cleans and never saves. ``{% crispy form %}`` draws the whole form: error summary, fields, buttons.
The browser's own checks are off (``novalidate``): every fault gets a sentence from us,
and nothing that was typed is cut off.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from inspect import unwrap
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import pretty_name
from django.utils.html import format_html

from core.dates import written_date
from core.words import one_line

# ---------- Dates as people write them ----------


class DeskDateField(forms.DateField):
    """One text box for a date. Shows ``8 December 2025`` and takes every form in which people write one."""

    widget = forms.TextInput
    width = 10

    def to_python(self, value: Any) -> date | None:
        """A date, or nothing when the box is empty. The fault is a sentence from ``written_date``."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return written_date(str(value))
        except ValueError as fault:
            raise ValidationError(str(fault), code="invalid") from fault

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: the date in words, or exactly what was typed."""
        return f"{value.day} {value:%B} {value.year}" if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Two ways of writing one date are no change."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


HOURS = ("%H:%M", "%H.%M", "%H%M", "%I:%M %p", "%I.%M %p", "%I %p", "%I%p", "%I:%M%p", "%I.%M%p")


class HourField(forms.CharField):
    """An hour as people write it: ``10:00``, ``10.30``, ``2 pm``. Cleans to a time."""

    def clean(self, value: Any) -> Any:
        """A time, or a sentence."""
        words = super().clean(value)
        for known in HOURS:
            try:
                return datetime.strptime(
                    words.upper(), known
                ).time()  # an hour of the clock, of no day
            except ValueError:
                continue
        raise ValidationError(f"“{words}” is no time of day. Write it like 10:00 or 2:30 pm.")

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


# ---------- Choices with a second line, and the six-point scale ----------


class HintedRadios(forms.RadioSelect):
    """Radios of which each may carry a second line: ``HintedRadios(hints={"paused": "The clock stops."})``."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})


class HintedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes of which each may carry a second line."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Many checkboxes in named groups: the first group stands open, the others fold away while nothing in them is ticked.

    The field's choices are grouped: ``[("Fruit", [("apple", "Apples")]), ("Roots", [...])]``. Works without JavaScript.
    """

    folds = True


@dataclass(frozen=True, slots=True)
class ScaleLevel:
    """One level of the six-point scale: number 6 to 1, its name, what it means, and what it would look like here."""

    number: int
    name: str
    means: str
    here: str = ""


class ScaleRadios(forms.RadioSelect):
    """The six-point scale, highest first. ``levels`` by number; the choices follow from them."""

    def __init__(self, levels: Sequence[ScaleLevel]) -> None:
        ordered = sorted(levels, key=lambda level: -level.number)
        super().__init__(
            choices=[(level.number, f"{level.number} {level.name}") for level in ordered]
        )
        self.levels = {level.number: level for level in ordered}


class ScaleField(forms.TypedChoiceField):
    """An evaluation from 1 to 6 as a number: ``ScaleField(levels=[ScaleLevel(6, "Excellent", ...), ...])``."""

    def __init__(self, *, levels: Sequence[ScaleLevel], **kwargs: Any) -> None:
        widget = ScaleRadios(levels)
        super().__init__(
            choices=widget.choices, coerce=int, empty_value=None, widget=widget, **kwargs
        )
        self.widget.levels = widget.levels


class ManyFilesInput(forms.ClearableFileInput):
    """A file box that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """Several files at once; cleans to a list, in the order in which they were chosen."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file cleaned by the rules of one; an empty list only when the field may stay empty."""
        chosen = data if isinstance(data, (list, tuple)) else [data]
        files = [super(ManyFilesField, self).clean(one, initial) for one in chosen or [None]]
        return [one for one in files if one]


class OpenNameField(forms.ModelChoiceField):
    """A choice among things whose names are secret to nobody, such as agencies.

    A page that shows what somebody typed, who is signed out by now, may name the one that they chose. ``named_from`` are all
    that may be named; the form sets the ``queryset`` of those that may be chosen.
    """

    def __init__(self, *, named_from: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(named_from.none(), **kwargs)
        self.named_from = named_from

    def words_of(self, value: str) -> str:
        """The name of what was chosen; nothing where there is none. One query."""
        return str(self.named_from.filter(pk=value).first() or "") if value.isdigit() else ""


def words_chosen(field: forms.Field | None, value: str) -> str:
    """The words beside what was chosen, as the page had them; nothing for a field that is no choice, or whose words are not open."""
    if isinstance(field, OpenNameField):
        return field.words_of(value)
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return ""
    return next((words for key, words in _flat(field.choices) if str(key) == value), "")


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Choices without their groups."""
    for key, words in choices:
        if isinstance(words, (list, tuple)):
            yield from _flat(words)
        else:
            yield key, str(words)


def fields_of_page(view: Callable[..., Any], names: Collection[str]) -> Mapping[str, forms.Field]:
    """The declared fields of the form that a page draws: of those its module knows, the one that the view names and that has
    most of these ``names``. Nothing where no form has any.
    """
    view = unwrap(view)
    named = getattr(getattr(unwrap(view), "__code__", None), "co_names", ())
    module = sys.modules.get(getattr(view, "__module__", ""))
    found = {
        name: one.base_fields
        for name, one in (vars(module) if module else {}).items()
        if isinstance(one, type) and issubclass(one, DeskFormMixin) and hasattr(one, "base_fields")
    }
    best = max(found, key=lambda one: (len(found[one].keys() & names), one in named), default="")
    return found[best] if best and found[best].keys() & names else {}


# ---------- The base form ----------


class DeskFormMixin:
    """What ``DeskForm`` and ``DeskModelForm`` share: words for faults, and the helper that draws the form.

    Class attributes: ``submit`` (words on the button; "" draws no buttons), ``also`` (more buttons as (name, words)),
    ``cancel_url``, ``groups`` (fieldsets as (legend, names of fields); "" as legend for fields that stand alone),
    ``needed_later`` (what may be empty now, and is not optional: ``{"rationale": "needed before you seal"}``).
    """

    submit = "Save"
    also: Sequence[tuple[str, str]] = ()
    cancel_url = ""
    cancel_words = "Cancel"
    groups: Sequence[tuple[str, Sequence[str]]] = ()
    needed_later: Mapping[str, str] = {}
    method = "post"
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(name, field)
            _fold(field)

    def offer(self, name: str, rows: Any, *, words: Callable[[Any], str] | None = None) -> None:
        """What field ``name`` can be chosen from: a queryset where it chooses a row, else pairs of value and words. ``words`` say what
        a row is called.
        """
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
            if words:
                setattr(field, "label_from_instance", words)  # noqa: B010  # one field's own, not its class's
        elif isinstance(field, forms.ChoiceField):
            field.choices = rows
        else:
            raise TypeError(f"{name} is not chosen from anything.")

    @property
    def helper(self) -> FormHelper:
        """How crispy draws this form with our pack."""
        helper = FormHelper()
        helper.template_pack = "sgds"
        helper.form_method = self.method
        helper.layout = self._layout()
        helper.cancel_url, helper.cancel_words = self.cancel_url, self.cancel_words
        if self.submit:
            helper.add_input(Submit("", self.submit))
        for name, words in self.also:
            helper.add_input(Submit(name, words))
        return helper

    def _layout(self) -> Layout:
        if not self.groups:
            return Layout(*self.fields)
        parts: list[Any] = []
        for legend, names in self.groups:
            present = [name for name in names if name in self.fields]
            parts += [Fieldset(legend, *present)] if legend else present
        grouped = {name for _, names in self.groups for name in names}
        return Layout(*parts, *(name for name in self.fields if name not in grouped))


class DeskForm(DeskFormMixin, forms.Form):
    """The base of every form of ours that is not a model's."""


class SeenForm(forms.Form):
    """What a form adds whose deed may be done in spite of warnings: shown once, and gone on with by a second press.

    Stand it before ``DeskForm`` among the bases. Whoever changes what they wrote is warned of what that brings about.
    """

    all_the_same = "Go on all the same"  # the words on the button once there are warnings

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[str] = []

    def clean(self) -> dict[str, Any]:
        """The mark of what was seen is no word of the deed."""
        cleaned = super().clean() or {}
        cleaned.pop("seen", None)
        return cleaned

    def has_seen(self, warnings: Sequence[str]) -> bool:
        """Whether just these warnings were before whoever sent this; else the form shows them and asks again."""
        mark = sha256("\n".join(warnings).encode()).hexdigest()[:32]
        name = self.add_prefix("seen")
        if not warnings or self.data.get(name) == mark:
            return True
        data: Any = self.data
        self.data = data.copy()
        self.data[name] = mark
        self.warnings, self.submit = list(warnings), self.all_the_same
        return False


class DeskModelForm(DeskFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # the stubs only
    """The base of the few forms whose fields are a model's; it still never saves: the action does."""


def note(words: str) -> HTML:
    """A quiet paragraph between fields, for a form's layout. The words are escaped."""
    return HTML(format_html('<p class="app-quiet">{}</p>', words))


def _speak_plainly(name: str, field: forms.Field) -> None:
    """Give a field sentences instead of "This field is required.", and never let the browser cut a text short."""
    field.widget.attrs.pop("maxlength", None)
    label = str(field.label or pretty_name(name))
    subject = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    picks = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField, forms.FileField))
    stock = forms.Field.default_error_messages["required"]
    subject = subject.rstrip("?.: ")
    if field.error_messages.get("required") in (stock, None):
        question = label.rstrip().endswith("?")
        if isinstance(field, forms.BooleanField):
            field.error_messages["required"] = f"Tick “{label}” to go on."
        elif question:
            field.error_messages["required"] = f"Answer the question “{label}”"
        else:
            field.error_messages["required"] = f"{'Choose' if picks else 'Write'} {_the(subject)}."
    if isinstance(field, forms.EmailField):
        field.error_messages.setdefault(
            "invalid", "Write the e-mail address in full, for example name@council.example."
        )
    if isinstance(field, forms.CharField):
        of = f"Your answer to “{label}”" if label.rstrip().endswith("?") else label
        field.error_messages.setdefault(
            "max_length",
            f"{of}: %(show_value)d characters are too many. Shorten it to %(limit_value)d or fewer.",
        )
        field.error_messages.setdefault(
            "min_length",
            f"{of}: %(show_value)d characters are too few. Write at least %(limit_value)d.",
        )


def _fold(field: forms.Field) -> None:
    """A box of one line gives one line: whoever sends line breaks or tabs into it, or pastes them, gets single spaces, and
    characters that nobody sees (a soft hyphen, marks that turn the direction of writing) are taken out.

    A field that keeps its white space (``strip=False``) keeps all of it.
    """
    is_one_line = isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput)
    if not is_one_line or not getattr(field, "strip", False):
        return
    as_sent = field.to_python
    # On this form's own copy of the field, so that its length and pattern are held against the one line.
    field.to_python = lambda value: _one_line(as_sent(value))  # type: ignore[method-assign]  # one field's own, not its class's


def _one_line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _the(subject: str) -> str:
    """``the reason``, but ``your evaluation`` and ``who told you`` as they are."""
    own = (
        "the ",
        "a ",
        "an ",
        "your ",
        "their ",
        "its ",
        "what ",
        "who ",
        "why ",
        "when ",
        "where ",
        "which ",
        "how ",
    )
    return subject if subject.lower().startswith(own) else f"the {subject}"
