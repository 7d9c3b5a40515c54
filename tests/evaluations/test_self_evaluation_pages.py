"""The pages of the joint self-evaluation: writing as one types, nothing overwritten, sent once, receipt."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.jobs import run_due
from documents.actions.documents import keep_generated
from documents.models import Document
from evaluations import queries
from evaluations.actions.self_evaluation import Typed, answer_question, link_evidence
from evaluations.enums import AnswerPart
from evaluations.models import Answer, EvidenceLink, Question, SelfEvaluation
from tests.client import StrictClient
from tests.evaluations.test_given_parts import give
from workspace.example.self_evaluation import word_file
from workspace.example.world import World

pytestmark = pytest.mark.at_week(3)
BOXES = [part.value for part in AnswerPart]


def url(world: World, name: str, *args: object) -> str:
    return reverse(f"evaluations:{name}", args=[world.inspection.reference, *args])


def typed(text: str, version: int = 0, **more: object) -> dict[str, object]:
    return {box: text for box in BOXES} | {f"{box}_based_on": version for box in BOXES} | more


def write(
    world: World, *, number: int = 1, by: str = "health_contributor", text: str = "Theirs."
) -> None:
    question = Question.objects.get(number=number)
    texts = {part: Typed(text, 0) for part in AnswerPart}
    answer_question(
        world.inspection, question=question, texts=texts, by=world.people[by], at=timezone.now()
    )


def add_file(world: World, name: str) -> Document:
    return keep_generated(
        word_file(name, "Figures."),
        name=name,
        holder_type=queries.FILES_OF_SELF_EVALUATION,
        holder_id=world.inspection.reference,
        inspection=world.inspection.reference,
        by=world.people["coordinator"],
        at=timezone.now(),
    )


def send_all(world: World, client: Client) -> None:
    for number in range(1, 6):
        write(world, number=number, by="coordinator")
    stands = queries.self_evaluation_stands(world.inspection)
    answer = client.post(
        url(world, "submit-self-evaluation"), {"digest": stands.digest, "has_read": "on"}
    )
    assert answer.status_code == 302


# ---------- The room ----------


def test_the_room_says_how_far_it_is_and_when_it_is_due(world: World, client: StrictClient) -> None:
    write(world)
    page = (
        client.as_(world.people["coordinator"]).get(url(world, "self-evaluation")).content.decode()
    )
    assert "1 of 5 questions are answered in all three parts." in page
    assert "Due on Friday 31 October 2025 (week 8)" in page
    assert "Last changed by Kirsty Nevis" in page
    assert "Not written yet: question 2" in page


def test_the_room_shows_the_team_nothing_of_the_draft(world: World, client: StrictClient) -> None:
    write(world, text="A sentence of the draft.")
    add_file(world, "Draft figures.docx")
    client.as_(world.people["lead"])
    page = client.get(url(world, "self-evaluation")).content.decode()
    assert "The partnership has not sent its joint self-evaluation in yet." in page
    assert "Kirsty Nevis" not in page
    assert "Draft figures" not in page
    for name in ("answer-question",):
        refused = client.get(url(world, name, 1))
        assert refused.status_code == 403
        assert "A sentence of the draft." not in refused.content.decode()
    assert client.get(url(world, "submit-self-evaluation")).status_code == 403
    assert client.get(url(world, "receipt")).status_code == 403


@pytest.mark.parametrize("name", ["self-evaluation", "submit-self-evaluation", "receipt"])
def test_a_stranger_finds_nothing(world: World, client: StrictClient, name: str) -> None:
    client.as_(world.people["other_coordinator"])
    assert client.get(url(world, name)).status_code == 404
    assert client.get(url(world, "answer-question", 1)).status_code == 404
    assert client.post(url(world, "answer-question", 1), typed("x")).status_code == 404


def test_a_local_reader_is_refused_with_the_reason(world: World, client: StrictClient) -> None:
    refused = client.as_(world.people["local_reader"]).get(url(world, "self-evaluation"))
    assert refused.status_code == 403
    assert (
        "Only the partnership's co-ordinators, chief officers and contributors, the inspectors, the associate assessors, "
        "the support officer and the service manager see the self-evaluation."
        in unescape(refused.content.decode())
    )


def test_the_room_asks_the_same_few_queries_whatever_its_files(
    world: World, client: StrictClient
) -> None:
    write(world)
    client.as_(world.people["coordinator"]).get(url(world, "self-evaluation"))
    counted = []
    for names in (["A.docx"], ["B.docx", "C.docx"]):
        link_evidence(
            world.inspection,
            question=Question.objects.get(number=1),
            documents=[add_file(world, name) for name in names],
            by=world.people["coordinator"],
            at=timezone.now(),
        )
        with CaptureQueriesContext(connection) as queries_asked:
            client.get(url(world, "self-evaluation"))
        counted.append(len(queries_asked))
    assert counted[0] == counted[1] <= 60


# ---------- One question ----------


def test_answer_question_saves_and_goes_on_to_the_next(world: World, client: StrictClient) -> None:
    client.as_(world.people["coordinator"])
    answer = client.post(
        url(world, "answer-question", 1), typed("Most children get help in time.\r\n- a list")
    )
    assert answer["Location"] == url(world, "answer-question", 2)
    assert [a.text for a in Answer.objects.all()] == [
        "Most children get help in time.\n- a list"
    ] * 3
    again = client.post(url(world, "answer-question", 5), typed("Leaders.", stay="yes"))
    assert again["Location"] == url(world, "answer-question", 5)
    assert client.post(url(world, "answer-question", 5), typed("Leaders.", 1))["Location"] == url(
        world, "self-evaluation"
    )


def test_answer_question_shows_guidance_and_the_length_so_far(
    world: World, client: StrictClient
) -> None:
    write(world, text="word " * 450)
    page = (
        client.as_(world.people["coordinator"])
        .get(url(world, "answer-question", 1))
        .content.decode()
    )
    assert "now about 3.0" in page
    assert "Speak to how concerns are noticed" in page
    assert "Name no child, parent or member of staff." in page
    assert "Recognition and response to initial concerns" in page


def test_the_autosave_answers_with_the_new_versions(world: World, client: StrictClient) -> None:
    client.as_(world.people["coordinator"])
    answer = client.post(
        url(world, "answer-question", 1), typed("Mine."), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    assert answer.json()["versions"] == {f"{box}_based_on": 1 for box in BOXES}
    assert answer.json()["saved_at"]


def test_two_people_on_the_same_text_see_both_and_overwrite_nothing(
    world: World, client: StrictClient
) -> None:
    write(world, text="Written by a colleague.")
    client.as_(world.people["coordinator"])
    answer = client.post(url(world, "answer-question", 1), typed("Typed by me."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("Kirsty Nevis saved version 1 of “How good are we now?” on") == 2
    assert page.count("Nothing was overwritten.") == 2 * 3, "In the summary, and at each box."
    assert "data-autosave" not in page, "The next save is a decision."
    assert "data-unsaved" in page
    assert "Written by a colleague." in page
    assert page.count("Typed by me.") == 3
    assert set(Answer.objects.values_list("text", flat=True)) == {"Written by a colleague."}
    assert page.count('_based_on" value="1"') == 3
    assert (
        client.post(url(world, "answer-question", 1), typed("Brought together.", 1)).status_code
        == 302
    )
    assert set(Answer.objects.values_list("text", flat=True)) == {"Brought together."}


def test_the_autosave_never_overwrites_either(world: World, client: StrictClient) -> None:
    write(world)
    client.as_(world.people["coordinator"])
    answer = client.post(
        url(world, "answer-question", 1), typed("Mine."), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    assert answer.json()["faults"][0].startswith(
        "Kirsty Nevis saved version 1 of “How good are we now?” on "
    )
    assert answer.json()["faults"][0].endswith(
        "Nothing was overwritten. Save with the button below to see both texts."
    )
    assert set(Answer.objects.values_list("text", flat=True)) == {"Theirs."}


def test_a_second_save_after_a_conflict_overwrites_no_part_that_was_not_touched(
    world: World, client: StrictClient
) -> None:
    write(world)
    sent = typed("", how_good="Mine.", what_next="")
    client.as_(world.people["coordinator"])
    page = client.post(url(world, "answer-question", 1), sent)
    form = page.context["form"]
    assert page.status_code == 409
    assert [(form[box].value(), form[f"{box}_based_on"].value()) for box in BOXES] == [
        ("Mine.", "1"),
        ("Theirs.", "1"),
        ("Theirs.", "1"),
    ]
    again = {name: form[name].value() for name in form.fields}
    assert client.post(url(world, "answer-question", 1), again).status_code == 302
    assert dict(Answer.objects.values_list("part", "text")) == {
        "how_good": "Mine.", "how_do_we_know": "Theirs.", "what_next": "Theirs.",
    }  # fmt: skip


def test_a_save_with_a_conflict_says_which_parts_are_saved(
    world: World, client: StrictClient
) -> None:
    write(world)
    Answer.objects.filter(part="what_next").delete()
    client.as_(world.people["coordinator"])
    sent = typed("", how_good="Mine.", what_next="A rota.")
    json = {"Accept": "application/json"}
    answer = client.post(url(world, "answer-question", 1), sent, headers=json)
    assert answer.status_code == 409
    assert answer.json()["faults"][-1] == "“What do we plan to do next?” is saved."
    assert answer.json()["versions"] == {"what_next_based_on": 1}
    page = client.post(
        url(world, "answer-question", 1), sent | {"what_next": "One rota.", "what_next_based_on": 1}
    ).content.decode()
    assert "“What do we plan to do next?” is saved." in page
    assert page.count("Saved on the server at") == 2, "Not below words that are not saved."


def test_the_autosave_of_a_closed_self_evaluation_is_told_the_rule(
    world: World, client: StrictClient
) -> None:
    write(world)
    SelfEvaluation.objects.update(
        state="received", received_at=timezone.now(), received_by=world.people["coordinator"]
    )
    client.as_(world.people["coordinator"])
    answer = client.post(
        url(world, "answer-question", 1), typed("Mine."), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 403
    assert answer.json()["versions"] == {}
    assert answer.json()["faults"][0].startswith("The joint self-evaluation was sent in on ")
    page = client.get(url(world, "answer-question", 1)).content.decode()
    assert "data-journal-kept" in page


def test_a_save_that_came_too_late_is_given_back_under_the_names_of_its_parts(
    world: World, client: StrictClient
) -> None:
    write(world)
    SelfEvaluation.objects.update(
        state="received", received_at=timezone.now(), received_by=world.people["coordinator"]
    )
    client.as_(world.people["coordinator"])
    sent = typed("Written while it was being sent.")
    answer = client.post(url(world, "answer-question", 1), sent)
    page = answer.content.decode()
    assert answer.status_code == 403
    for name in ("How good are we now?", "How do we know?", "What do we plan to do next?"):
        assert re.search(rf'<label class="ds_label" for="typed-\d">{re.escape(name)}</label>', page)
    assert "What you typed: copy it from here" in page
    assert page.count("Written while it was being sent.</textarea>") == 3


def test_a_text_that_is_far_too_long_is_refused_in_a_sentence_and_kept_in_the_box(
    world: World, client: StrictClient
) -> None:
    text = "x" * 40_001
    answer = client.as_(world.people["coordinator"]).post(
        url(world, "answer-question", 1), typed(text)
    )
    page = answer.content.decode()
    assert "has 40,001 characters. Shorten it to 40,000 or fewer." in page
    assert text in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize("version", ["x", "-1"])
def test_nonsense_in_a_hidden_box_is_no_server_error(
    world: World, client: StrictClient, version: str
) -> None:
    answer = client.as_(world.people["coordinator"]).post(
        url(world, "answer-question", 1), typed("Mine.") | {"how_good_based_on": version}
    )
    assert answer.status_code == 200
    assert not Answer.objects.exists()


def test_a_chief_officer_reads_and_is_told_why_they_do_not_write(
    world: World, client: StrictClient
) -> None:
    for number in range(1, 6):
        write(world, number=number, by="coordinator")
    client.as_(world.people["chief_officer"])
    page = client.get(url(world, "answer-question", 1)).content.decode()
    assert "Theirs." in page
    assert "<textarea" not in page
    assert (
        "Only the inspection co-ordinator and contributors of the partnership write the answers."
        in page
    )
    assert client.post(url(world, "answer-question", 1), typed("Mine.")).status_code == 403


def test_there_is_no_sixth_question(world: World, client: StrictClient) -> None:
    assert (
        client.as_(world.people["coordinator"]).get(url(world, "answer-question", 6)).status_code
        == 404
    )


# ---------- Evidence ----------


def test_link_evidence_ticks_what_is_not_linked_yet_and_links_it(
    world: World, client: StrictClient
) -> None:
    document = add_file(world, "Audit.docx")
    client.as_(world.people["coordinator"])
    page = client.get(url(world, "link-evidence", 2)).content.decode()
    assert "Audit.docx" in page
    assert "checked" in page
    answer = client.post(url(world, "link-evidence", 2), {"documents": [document.pk]})
    assert answer["Location"] == url(world, "answer-question", 2)
    link = EvidenceLink.objects.get()
    assert "Audit.docx" in client.get(url(world, "answer-question", 2)).content.decode()
    assert "Every file" in client.get(url(world, "link-evidence", 2)).content.decode()
    for _ in range(2):
        taken = client.post(url(world, "unlink-evidence", 2, link.pk))
        assert taken["Location"] == url(world, "answer-question", 2)
    assert not EvidenceLink.objects.exists()


def test_link_evidence_without_a_tick_says_what_to_do(world: World, client: StrictClient) -> None:
    add_file(world, "Audit.docx")
    answer = client.as_(world.people["coordinator"]).post(url(world, "link-evidence", 2), {})
    assert "Tick at least one file, or add files first." in answer.content.decode()


def test_link_evidence_takes_no_file_of_another_place(world: World, client: StrictClient) -> None:
    letter = keep_generated(
        word_file("Letter", "x"),
        name="Letter.docx",
        holder_type="inspections.inspection",
        holder_id=str(world.inspection.pk),
        inspection=world.inspection.reference,
        by=world.people["lead"],
        at=timezone.now(),
    )
    add_file(world, "Audit.docx")
    client.as_(world.people["coordinator"]).post(
        url(world, "link-evidence", 2), {"documents": [letter.pk]}
    )
    assert not EvidenceLink.objects.exists()


def test_files_are_uploaded_to_the_self_evaluation_and_come_back_to_be_linked(
    world: World, client: StrictClient
) -> None:
    page = (
        client.as_(world.people["coordinator"]).get(url(world, "link-evidence", 2)).content.decode()
    )
    assert (
        reverse(
            "documents:upload-documents",
            args=["evaluations.selfevaluation", world.inspection.reference],
        )
        in page
    )
    assert f'name="next" value="{url(world, "link-evidence", 2)}"' in page


# ---------- Sending in ----------


def test_submit_self_evaluation_says_what_is_missing_and_offers_no_button(
    world: World, client: StrictClient
) -> None:
    write(world)
    client.as_(world.people["coordinator"])
    page = client.get(url(world, "submit-self-evaluation")).content.decode()
    assert "Not written yet: question 2" in page
    assert "No evidence is linked to question 1, 2, 3, 4, 5." in page
    assert 'name="digest"' not in page
    refused = client.post(url(world, "submit-self-evaluation"), {"digest": "x", "has_read": "on"})
    assert refused.status_code == 403
    assert not SelfEvaluation.objects.get().is_received


def test_submit_self_evaluation_gives_a_receipt_with_a_pdf(
    world: World, client: StrictClient
) -> None:
    document = add_file(world, "Audit.docx")
    client.as_(world.people["coordinator"])
    send_all(world, client)
    page = client.get(url(world, "receipt")).content.decode()
    assert f"Receipt {world.inspection.reference}-SE" in page
    assert document.sha256 in page
    assert "Question 5: What do we plan to do next?" in page
    assert "is being drawn" in page
    run_due(timezone.now())
    kept = SelfEvaluation.objects.get()
    assert str(kept.receipt.public_id) in client.get(url(world, "receipt")).content.decode()
    assert client.as_(world.people["lead"]).get(url(world, "receipt")).status_code == 200


def test_submit_self_evaluation_twice_leads_to_the_receipt(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["coordinator"])
    send_all(world, client)
    again = client.post(
        url(world, "submit-self-evaluation"), {"digest": "x", "has_read": "on"}, follow=True
    )
    assert again.redirect_chain == [(url(world, "receipt"), 302)]
    assert "has been sent in already" in again.content.decode()


def test_submit_self_evaluation_of_a_page_gone_stale_sends_nothing(
    world: World, client: StrictClient
) -> None:
    for number in range(1, 6):
        write(world, number=number, by="coordinator")
    client.as_(world.people["coordinator"])
    answer = client.post(
        url(world, "submit-self-evaluation"), {"digest": "0" * 64, "has_read": "on"}
    )
    assert answer.status_code == 409
    assert (
        "Somebody changed an answer or a file after this page was opened."
        in answer.content.decode()
    )
    assert queries.self_evaluation_stands(world.inspection).digest in answer.content.decode()
    assert not SelfEvaluation.objects.get().is_received


def test_submit_self_evaluation_wants_the_tick(world: World, client: StrictClient) -> None:
    for number in range(1, 6):
        write(world, number=number, by="coordinator")
    client.as_(world.people["coordinator"])
    digest = queries.self_evaluation_stands(world.inspection).digest
    answer = client.post(url(world, "submit-self-evaluation"), {"digest": digest})
    assert answer.status_code == 200
    assert "Tick “I have read all five answers" in answer.content.decode()
    assert not SelfEvaluation.objects.get().is_received


def test_a_contributor_does_not_send_it_in(world: World, client: StrictClient) -> None:
    for number in range(1, 6):
        write(world, number=number, by="coordinator")
    client.as_(world.people["health_contributor"])
    digest = queries.self_evaluation_stands(world.inspection).digest
    refused = client.post(
        url(world, "submit-self-evaluation"), {"digest": digest, "has_read": "on"}
    )
    assert refused.status_code == 403
    assert (
        "Only the inspection co-ordinator sends in the self-evaluation." in refused.content.decode()
    )


@pytest.mark.at_week(5)
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("health_contributor", "Back to your questions"),
        ("police_contributor", "Back to your question"),
        ("coordinator", "Back to the five questions"),
    ],
)
def test_answer_question_leads_back_to_the_questions_that_one_has(
    world: World, client: StrictClient, key: str, words: str
) -> None:
    give(world, q1=("health_contributor", "police_contributor"), q2=("health_contributor",))
    client.as_(world.people[key])
    url = reverse("evaluations:answer-question", args=[world.inspection.reference, 1])
    assert f">{words}</a>" in client.get(url).content.decode()
