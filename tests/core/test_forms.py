"""The base form: dates as people write them, sentences for faults, links that land on the right control."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core.forms import DeskDateField, DeskForm, ManyFilesField, ScaleField, ScaleLevel, written_date
from workspace.forms.gallery import GalleryForm


class Page(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def by_id(self, name):
        return next((pair for pair in self.elements if pair[1].get("id") == name), None)

    def all(self, tag):
        return [attrs for found, attrs in self.elements if found == tag]


@pytest.mark.parametrize(
    "words",
    [
        "8 December 2025", "8 december 2025", " 8  Dec  2025 ", "8 dec 25", "8th December 2025", "8th of December 2025",
        "Monday 8 December 2025", "Mon 8 Dec 2025", "Monday, 8 December, 2025", "Monday 8 December 2025 (week 14)",
        "8/12/2025", "08/12/2025", "8/12/25", "8.12.2025", "8-12-2025", "8 12 2025", "2025-12-08", "8-Dec-2025",
    ],
)  # fmt: skip
def test_a_date_is_understood_however_it_is_written(words):
    assert written_date(words) == date(2025, 12, 8)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("soon", "Write the date as day, month and year, for example 8 December 2025."),
        ("8 December", "Write the date as day, month and year"),
        ("December 8 2025", "Write the date as day, month and year"),
        ("8 Decembre 2025", "“decembre” is not a month."),
        ("31 November 2025", "There is no 31 November: November 2025 has 30 days."),
        ("29/2/2026", "There is no 29 February: February 2026 has 28 days."),
        ("0/2/2026", "There is no 0 February"),
        ("12/31/2025", "There is no month 31. Write the day first"),
        ("Tuesday 8 December 2025", "8 December 2025 is a Monday. Check the day and the date."),
        ("8 December 0205", "Check the year: 205"),
        ("8/12/9999", "Check the year: 9999"),
        ("8 Dec 2025; DROP TABLE", "Write the date as day, month and year"),
        ("²/12/2025", "Write the date as day, month and year"),
    ],
)
def test_a_date_that_is_none_gets_a_sentence(words, fault):
    with pytest.raises(ValueError, match="^" + fault.replace(".", r"\.").replace("(", r"\(")):
        written_date(words)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_shown_in_the_box_is_read_back_as_itself(day):
    assert written_date(DeskDateField().prepare_value(day)) == day


@given(st.text(max_size=60))
def test_a_date_field_answers_anything_with_a_date_or_a_sentence(words):
    try:
        answer = written_date(words)
    except ValueError as fault:
        answer = str(fault)
    assert isinstance(answer, date) or answer.endswith(".")


def test_a_date_written_another_way_is_no_change():
    field = DeskDateField()
    assert not field.has_changed(date(2025, 12, 8), "8/12/2025")
    assert field.has_changed(date(2025, 12, 8), "9/12/2025")
    assert field.has_changed(date(2025, 12, 8), "soon")


class SmallForm(DeskForm):
    submit = "Send it"
    reason = forms.CharField(max_length=20, widget=forms.Textarea)
    BBC = forms.CharField(label="NHS board", required=False)
    how = forms.ChoiceField(
        label="Kind of visit", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I am sure")


def test_faults_are_sentences_about_the_field():
    errors = SmallForm({"reason": "x" * 25}).errors
    assert errors["reason"] == ["Reason: 25 characters are too many. Shorten it to 20 or fewer."]
    assert errors["how"] == ["Choose the kind of visit."]
    assert errors["sure"] == ["Tick “I am sure” to go on."]
    assert SmallForm({}).errors["reason"] == ["Write the reason."]


class QuestionForm(DeskForm):
    what = forms.CharField(label="What is not correct?", max_length=5)
    address = forms.EmailField()


def test_faults_of_a_question_and_of_an_address_are_sentences():
    errors = QuestionForm({"what": "Nothing", "address": "rona"}).errors
    assert errors["what"] == [
        "Your answer to “What is not correct?”: 7 characters are too many. Shorten it to 5 or fewer."
    ]
    assert errors["address"] == [
        "Write the e-mail address in full, for example name@council.example."
    ]


def test_own_words_for_a_fault_are_kept():
    class Worded(DeskForm):
        name = forms.CharField(error_messages={"required": "Say who you are."})

    assert Worded({}).errors["name"] == ["Say who you are."]


def test_every_link_of_the_error_summary_lands_on_a_control():
    page = Page(render_crispy_form(GalleryForm({}, auto_id="f_%s")))
    links = [attrs["href"] for attrs in page.all("a") if attrs.get("href", "").startswith("#f_")]
    assert len(links) == 7
    for link in links:
        tag, attrs = page.by_id(link[1:])
        assert tag in ("input", "select", "textarea")
        assert attrs.get("type") != "hidden"


def test_a_faulty_control_is_marked_and_described():
    page = Page(render_crispy_form(GalleryForm({"why": "y" * 320}, auto_id="f_%s")))
    _, box = page.by_id("f_why")
    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"] == "f_why_hint f_why_error f_why_count"
    for name in box["aria-describedby"].split():
        assert page.by_id(name)
    _, group = page.by_id("f_kind_set")
    assert "f_kind_error" in group["aria-describedby"]


def test_what_was_typed_is_shown_again_and_never_cut_by_the_browser():
    html = render_crispy_form(GalleryForm({"title": "<b>" + "x" * 300, "held_on": "31 Nov 2025"}))
    assert "&lt;b&gt;" + "x" * 300 in html
    assert 'value="31 Nov 2025"' in html
    assert "maxlength" not in html
    assert "<form" in html
    assert "novalidate" in html


def test_the_error_summary_is_there_only_when_there_is_a_fault():
    assert "There is a problem" not in render_crispy_form(GalleryForm())
    page = Page(render_crispy_form(GalleryForm({})))
    _, summary = page.by_id("error-summary")
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary


def test_every_control_has_its_label_and_no_id_stands_twice():
    page = Page(render_crispy_form(GalleryForm({})))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    labels = {attrs.get("for") for attrs in page.all("label")}
    controls = [
        attrs
        for tag in ("input", "select", "textarea")
        for attrs in page.all(tag)
        if attrs.get("type") != "hidden"
    ]
    assert controls
    assert {attrs["id"] for attrs in controls} <= labels


def test_optional_stands_in_the_label_and_only_there():
    html = render_crispy_form(SmallForm())
    assert html.count("(optional)") == 1
    assert "NHS board <span" in html.replace("\n", "")


def test_what_is_needed_later_is_not_called_optional():
    form = SmallForm()
    name = next(field.name for field in form if not field.field.required)
    form.needed_later = {name: "needed before you seal"}
    html = render_crispy_form(form)
    assert "(optional)" not in html
    assert html.count("(needed before you seal)") == 1


def test_a_form_with_files_says_so():
    assert 'enctype="multipart/form-data"' in render_crispy_form(GalleryForm())
    assert "enctype" not in render_crispy_form(SmallForm())


def test_buttons_are_one_row_in_order_with_the_way_out():
    page = Page(render_crispy_form(GalleryForm()))
    buttons = [attrs for attrs in page.all("button") if attrs.get("type") == "submit"]
    assert [attrs["class"] for attrs in buttons] == ["ds_button", "ds_button ds_button--secondary"]
    assert buttons[1]["name"] == "draft"
    assert "name" not in buttons[0]


def test_the_scale_cleans_to_a_number_highest_first():
    class Evaluate(DeskForm):
        level = ScaleField(
            levels=[ScaleLevel(1, "Unsatisfactory", "x"), ScaleLevel(6, "Excellent", "y")],
            required=False,
        )

    assert Evaluate({"level": "6"}).fields["level"].clean("6") == 6
    assert Evaluate({}).fields["level"].clean("") is None
    assert not Evaluate({"level": "4"}).is_valid()
    html = render_crispy_form(Evaluate({"level": "1"}))
    assert html.index("Excellent") < html.index("Unsatisfactory")
    assert Page(html).by_id("id_level_1")[1].keys() >= {"checked"}


def test_several_files_come_as_a_list_and_an_empty_one_is_refused():
    class Send(DeskForm):
        papers = ManyFilesField()

    class Data(dict):
        def getlist(self, name):
            return self.get(name, [])

    one, two = SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")
    form = Send({}, Data(papers=[one, two]))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["papers"]] == ["a.pdf", "b.pdf"]
    assert not Send({}, Data(papers=[one, SimpleUploadedFile("c.pdf", b"")])).is_valid()
    assert Send({}, Data()).errors["papers"] == ["Choose the papers."]


class LinesForm(DeskForm):
    one = forms.CharField(max_length=12)
    as_it_is = forms.CharField(required=False, strip=False)
    many = forms.CharField(widget=forms.Textarea, required=False)
    address = forms.EmailField(required=False)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Ann\r\nLee", "Ann Lee"),
        ("  Ann \t\n\u00a0 Lee  ", "Ann Lee"),
        ("Ann\u2028Lee\x0b", "Ann Lee"),
        ("Ann Lee", "Ann Lee"),
        ("Ann\u00ad Le\u00ade\u200b\ufeff", "Ann Lee"),
        ("\u202eAnn\u202c Lee\u2066", "Ann Lee"),
        ("An\u200dn Lee", "Ann Lee"),  # a joiner after a letter of ours shows nothing
        ("می\u200cخواهم", "می\u200cخواهم"),  # and is spelling in Persian
        ("Ann\n\n\n\n\n\n\nLee", "Ann Lee"),  # its length is that of the one line
    ],
)
def test_a_box_of_one_line_gives_one_line(sent: str, kept: str) -> None:
    form = LinesForm({"one": sent, "as_it_is": sent, "many": sent})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["one"] == kept
    assert form.cleaned_data["as_it_is"] == sent
    assert form.cleaned_data["many"] == sent.strip()


def test_a_box_of_one_line_that_holds_only_white_space_is_empty() -> None:
    form = LinesForm({"one": "\r\n\t \u00ad\u200b"})
    assert form.errors["one"] == ["Write the one."]
    assert LinesForm({"one": "Ann\nLee"}, initial={"one": "Ann Lee"}).changed_data == []
