"""The room of evidence in the browser: none, one and many; filters, files, recording, two people on one passage."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evaluations import exports, queries
from evaluations.models import EvidenceItem, Indicator, Question
from tests.client import StrictClient
from tests.evaluations.passages import a_passage
from workspace.example.world import World

pytestmark = pytest.mark.at_week(9)


OPENING = "6c1f3a52-8d0e-4b7a-9f64-2f0c6f6f1a01"  # one page that was opened
ANOTHER = "6c1f3a52-8d0e-4b7a-9f64-2f0c6f6f1a02"


def _url(world: World, name: str, *args: Any) -> str:
    return reverse(f"evaluations:{name}", args=[world.inspection.reference, *args])


def _typed(**change: Any) -> dict[str, Any]:
    return {
        "source_type": "records",
        "activity": "Records reading, day 2",
        "text": "Adults stay.",
        "direction": "strength",
        "indicators": [Indicator.objects.get(number="2.1").pk],
        "questions": [Question.objects.get(number=1).pk],
        "based_on": "0",
        "opening": OPENING,
        **change,
    }


def test_the_list_says_so_when_it_is_empty(world: World, client: StrictClient) -> None:
    said = client.as_(world.people["inspector"]).get(_url(world, "evidence")).content.decode()

    assert "No evidence has been recorded yet." in said
    assert "Record evidence" in said


def test_record_evidence_in_the_browser_and_a_second_click(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"])
    assert "Name no child" in client.get(_url(world, "record-evidence")).content.decode()

    first = client.post(_url(world, "record-evidence"), _typed(), follow=True)
    second = client.post(_url(world, "record-evidence"), _typed(), follow=True)

    assert "E-001 is saved. You can record the next one." in first.content.decode()
    assert "E-001 is saved already." in second.content.decode()
    assert EvidenceItem.objects.count() == 1


def test_each_page_that_is_opened_has_a_mark_of_its_own(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    said = [client.get(_url(world, "record-evidence")).content.decode() for _ in range(2)]
    marks = [
        re.findall(r'type="hidden" name="opening" value="([0-9a-f-]{36})"', one) for one in said
    ]
    assert [len(found) for found in marks] == [1, 1] and marks[0] != marks[1]

    faulty = client.post(_url(world, "record-evidence"), _typed(text="")).content.decode()
    assert f'name="opening" value="{OPENING}"' in faulty, "It stays the same page."


@pytest.mark.parametrize(
    "other",
    [
        {"source_type": "interview"},
        {"direction": "weakness"},
        {"activity": "Interviews, day 4"},
        {"indicators": "2.2"},
        {"questions": 2},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_words_from_elsewhere_are_another_passage(
    world: World, client: StrictClient, other: dict[str, Any]
) -> None:
    client.as_(world.people["inspector"]).post(_url(world, "record-evidence"), _typed())
    if "indicators" in other:
        other = {"indicators": [Indicator.objects.get(number=other["indicators"]).pk]}
    if "questions" in other:
        other = {"questions": [Question.objects.get(number=other["questions"]).pk]}

    said = client.post(
        _url(world, "record-evidence"), _typed(opening=ANOTHER, **other), follow=True
    ).content.decode()

    assert "E-002 is saved. You can record the next one." in said
    assert EvidenceItem.objects.count() == 2


def test_what_a_page_sends_again_much_later_is_saved_already(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"]).post(_url(world, "record-evidence"), _typed())
    EvidenceItem.objects.update(recorded_at=timezone.now() - timedelta(minutes=11))

    said = client.post(_url(world, "record-evidence"), _typed(), follow=True).content.decode()

    assert "E-001 is saved already." in said
    assert EvidenceItem.objects.count() == 1


def test_what_a_page_sends_again_with_other_words_is_not_dropped_and_leads_to_revising(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"]).post(_url(world, "record-evidence"), _typed())

    answer = client.post(
        _url(world, "record-evidence"), _typed(text="Adults leave.", direction="weakness")
    )

    said = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "What you sent now differs in “What it says” and “Which way does it point?”." in said
    assert "You saved version 1 of E-001 on" in said and "Nothing was overwritten." in said
    assert "Adults stay." in said and "Adults leave." in said
    assert f'action="{_url(world, "revise-evidence", 1)}"' in said
    assert EvidenceItem.objects.get().text == "Adults stay."
    done = client.post(
        _url(world, "revise-evidence", 1),
        _typed(text="Adults leave.", direction="weakness", based_on="1"),
        follow=True,
    ).content.decode()
    assert "E-001 is saved as version 2." in done


def test_what_differs_can_be_recorded_as_another_passage(
    world: World, client: StrictClient
) -> None:
    url = _url(world, "record-evidence")
    client.as_(world.people["inspector"]).post(url, _typed())
    said = client.post(url, _typed(source_type="interview")).content.decode()
    another = re.search(
        rf'name="opening" value="([0-9a-f-]{{36}})" formaction="{url}">Record it as another', said
    )
    assert another is not None and another[1] != OPENING

    for words in ("E-002 is saved. ", "E-002 is saved already. "):
        typed = _typed(source_type="interview", opening=[OPENING, another[1]], based_on="1")
        assert words in client.post(url, typed, follow=True).content.decode()
    kept = EvidenceItem.objects.order_by("number").values_list("source_type", flat=True)
    assert list(kept) == ["records", "interview"]


def test_a_page_that_does_not_know_when_it_was_opened_says_so_and_keeps_the_words(
    world: World, client: StrictClient
) -> None:
    said = (
        client.as_(world.people["inspector"])
        .post(_url(world, "record-evidence"), _typed(opening="yesterday"))
        .content.decode()
    )

    assert "This page does not know when it was opened." in said and "Adults stay." in said
    assert not EvidenceItem.objects.exists()


def test_a_bad_form_names_what_is_missing_and_keeps_what_was_typed(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"])

    response = client.post(
        _url(world, "record-evidence"),
        _typed(indicators=[], questions=[], activity="y" * 201, direction=""),
    )

    said = response.content.decode()
    assert "Choose at least one indicator that this evidence speaks to." in said
    assert "Choose at least one question that this evidence helps to answer." in said
    assert "201 characters are too many. Shorten it to 200 or fewer." in said
    assert "Adults stay." in said and "y" * 201 in said
    assert not EvidenceItem.objects.exists()


# ---------- The indicators of the form, in groups ----------

FOLD = re.compile(
    r'<details class="ds_details app-fold"( open)?><summary[^>]*>(.*?)</summary>(.*?)</details>',
    re.DOTALL,
)


def _folds(said: str) -> dict[str, tuple[bool, int]]:
    """Each group that folds: whether it stands open, and how many boxes it holds."""
    return {
        unescape(re.sub(r"<[^>]+>", "", title)): (bool(is_open), body.count('type="checkbox"'))
        for is_open, title, body in FOLD.findall(said)
    }


def test_the_evaluated_indicators_stand_first_and_the_others_fold_away(
    world: World, client: StrictClient
) -> None:
    said = (
        client.as_(world.people["inspector"]).get(_url(world, "record-evidence")).content.decode()
    )

    assert _folds(said) == {
        "Stakeholders' needs, 3.1 and 4.1": (False, 2),
        "Delivery of services, 5.1 to 5.4": (False, 4),
        "Management, 6.1 to 8.3": (False, 9),
    }
    first = said.partition("Evaluated in this inspection</legend>")[2].partition("</fieldset>")[0]
    assert re.findall(r"</?label[^>]*>([\d.]+) ", first) == [
        "1.1", "2.1", "2.2", "9.1", "9.2", "9.3", "9.4",
    ]  # fmt: skip
    assert said.count('name="indicators"') == 22


def test_a_group_with_something_ticked_stays_open(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    ticked = [Indicator.objects.get(number=number).pk for number in ("5.1", "5.3")]

    said = client.post(
        _url(world, "record-evidence"), _typed(indicators=ticked, text="")
    ).content.decode()

    assert _folds(said) == {
        "Stakeholders' needs, 3.1 and 4.1": (False, 2),
        "Delivery of services, 5.1 to 5.4, 2 ticked": (True, 4),
        "Management, 6.1 to 8.3": (False, 9),
    }
    a_passage(world, indicators=("6.1", "3.1"), by="inspector")
    said = client.get(_url(world, "revise-evidence", 1)).content.decode()
    assert [is_open for is_open, _ in _folds(said).values()] == [True, False, True]


def test_the_link_of_a_missing_indicator_lands_on_a_box_that_is_seen(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["inspector"])

    said = client.post(_url(world, "record-evidence"), _typed(indicators=[])).content.decode()

    link = re.search(r'href="#([\w-]+)">Choose at least one indicator', said)
    assert link is not None
    first = said.partition("Evaluated in this inspection</legend>")[2].partition("</fieldset>")[0]
    assert f'id="{link[1]}"' in first


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("associate", 200),
        ("service_manager", 403),
        ("support_officer", 403),
        ("volunteer", 403),
        ("coordinator", 403),
        ("other_lead", 404),
    ],
)
def test_record_evidence_by_person(
    world: World, client: StrictClient, person: str, status: int
) -> None:
    assert (
        client.as_(world.people[person]).get(_url(world, "record-evidence")).status_code == status
    )


def test_filters_narrow_the_list_and_its_files(world: World, client: StrictClient) -> None:
    a_passage(world, text="Apples", source_type="records", indicators=("1.1",), questions=(1,))
    a_passage(world, text="Brambles", source_type="data", direction="weakness", questions=(2,))
    a_passage(world, text="Cherries", source_type="records", questions=(2,))
    client.as_(world.people["inspector"])

    for query, there in [
        ({"source": "records"}, {"Apples", "Cherries"}),
        ({"indicator": "2.1"}, {"Brambles", "Cherries"}),
        ({"question": "2", "direction": "weakness"}, {"Brambles"}),
        ({"indicator": "nonsense", "page": "-4"}, {"Apples", "Brambles", "Cherries"}),
        ({"question": "5"}, set()),
    ]:
        said = client.get(_url(world, "evidence"), query).content.decode()
        assert {word for word in ("Apples", "Brambles", "Cherries") if word in said} == there, query
        file = client.get(_url(world, "export-evidence", "csv"), query).content.decode("utf-8-sig")
        assert {row["What it says"] for row in csv.DictReader(io.StringIO(file))} == there, query


def test_order_oldest_first(world: World, client: StrictClient) -> None:
    a_passage(world, text="Apples")
    a_passage(world, text="Brambles")
    client.as_(world.people["inspector"])

    newest = client.get(_url(world, "evidence")).content.decode()
    oldest = client.get(_url(world, "evidence"), {"order": "oldest"}).content.decode()
    assert newest.index("Brambles") < newest.index("Apples")
    assert oldest.index("Apples") < oldest.index("Brambles")


def test_fifty_a_page(world: World, client: StrictClient) -> None:
    for number in range(51):
        a_passage(world, text=f"Passage {number}.")
    client.as_(world.people["inspector"])

    assert client.get(_url(world, "evidence")).content.decode().count('scope="row"') == 50
    assert (
        client.get(_url(world, "evidence"), {"page": "2"}).content.decode().count('scope="row"')
        == 1
    )


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@cmd", "\t=1", " =1"])
def test_no_file_starts_a_formula(world: World, client: StrictClient, words: str) -> None:
    a_passage(world, text=words, activity=words.strip() or "x")
    client.as_(world.people["inspector"])

    rows = list(
        csv.reader(
            io.StringIO(
                client.get(_url(world, "export-evidence", "csv")).content.decode("utf-8-sig")
            )
        )
    )
    assert rows[1][3] == f"'{words}"
    book = load_workbook(io.BytesIO(client.get(_url(world, "export-evidence", "xlsx")).content))
    cell = book.active.cell(row=2, column=4)
    assert (cell.value, cell.data_type) == (words, "s")
    assert client.get(_url(world, "export-evidence", "exe")).status_code == 404


def test_coverage_links_every_count_to_its_passages(world: World, client: StrictClient) -> None:
    a_passage(world, text="Apples", indicators=("1.1",), source_type="data")
    client.as_(world.people["inspector"])

    said = client.get(_url(world, "evidence-coverage")).content.decode()

    assert (
        "1 passage from ten kinds of source. One indicator is thin; 21 have no evidence yet."
        in said
    )
    assert "thin: one source" in said
    assert f'href="{_url(world, "evidence")}?indicator=1.1&amp;source=data"' in said
    assert (
        "3.1"
        not in client.get(_url(world, "evidence-coverage"), {"show": "evaluated"})
        .content.decode()
        .split("<main")[1]
    )


def test_revise_evidence_shows_both_when_somebody_saved_meanwhile(
    world: World, client: StrictClient
) -> None:
    a_passage(world, text="First words.")
    url = _url(world, "revise-evidence", 1)
    client.as_(world.people["lead"]).post(url, _typed(text="The lead's words.", based_on="1"))

    client.as_(world.people["inspector"])
    response = client.post(url, _typed(text="My own words.", based_on="1"))

    said = response.content.decode()
    assert response.status_code == 409
    assert "Isla Dunmore saved version 2" in said
    assert "The lead&#x27;s words." in said and "My own words." in said
    assert set(response.context["form"].theirs) == {"text"}
    assert EvidenceItem.objects.get().text == "The lead's words."
    again = client.post(url, _typed(text="The lead's words.", based_on="1"), follow=True)
    assert "E-001 is saved as version 2." in again.content.decode()
    done = client.post(
        url, _typed(text="My own words.", based_on="2"), follow=True
    ).content.decode()
    assert "E-001 is saved as version 3." in done
    assert "First words." in done and "Version 1" in done


def test_revise_evidence_is_refused_to_a_colleague_with_the_reason(
    world: World, client: StrictClient
) -> None:
    a_passage(world)

    response = client.as_(world.people["health_inspector"]).get(_url(world, "revise-evidence", 1))

    assert response.status_code == 403
    assert (
        "Only Ewan Sleat, who recorded E-001, or the inspection lead revises it."
        in response.content.decode()
    )


@pytest.mark.parametrize("name", ["evidence", "evidence-coverage"])
def test_pages_ask_the_same_of_one_and_of_three(
    world: World, client: StrictClient, name: str
) -> None:
    client.as_(world.people["inspector"])
    a_passage(world)
    client.get(_url(world, name))
    with CaptureQueriesContext(connection) as of_one:
        client.get(_url(world, name))
    for _ in range(2):
        a_passage(world, indicators=("2.1", "1.1"), questions=(1, 2), by="lead")
    with CaptureQueriesContext(connection) as of_three:
        client.get(_url(world, name))

    assert len(of_one) == len(of_three)


def test_list_and_table_take_three_queries_each(
    world: World, django_assert_num_queries: Any
) -> None:
    queries.framework_of(world.inspection)  # remembered by the inspection
    for more in (1, 2):
        for _ in range(more):
            a_passage(world, indicators=("2.1", "1.1"), questions=(1, 2), by="lead")
        with django_assert_num_queries(3):
            exports.evidence_csv(queries.evidence_list(world.inspection))
        with django_assert_num_queries(3):
            queries.coverage(world.inspection)
