"""What each side sees of the report, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from evaluations.actions.evaluation import confirm_evaluation
from evaluations.models import Evaluation
from reports import queries, rules
from reports.actions.accuracy import answer_comment, comment_on_draft, return_comments
from reports.actions.writing import remove_point
from reports.enums import CommentDecision, EditionKind
from reports.exports import paragraphs
from reports.models import FactComment, Point, Report
from reports.steps import text_url
from tests.client import StrictClient
from tests.documents.files import pdf
from tests.jobs import run_jobs


def _as(client: StrictClient, world: Any, key: str) -> StrictClient:
    return client.as_(world.people[key])


def _url(report: Report, name: str, *args: object) -> str:
    return reverse(f"reports:{name}", args=[report.inspection.reference, *args])


@pytest.mark.at_week(26)
def test_report_in_drafting(client: StrictClient, world: Any, report: Report) -> None:
    """The lead writes; the partnership sees nothing of it; a stranger does not learn that it exists; nor does the public."""
    lead = _as(client, world, "lead")
    room = lead.get(_url(report, "report"))
    assert room.status_code == 200
    assert b"Send the report to the panel" in room.content
    for name, args in (
        ("write-section", ("summary",)),
        ("write-narrative", (1,)),
        ("add-point", (1,)),
        ("revise-point", (report.points.all()[0].pk,)),
        ("remove-point", (report.points.all()[0].pk,)),
        ("preview", ()),
        ("send-report-to-panel", ()),
        ("attach-young-peoples-version", ()),
    ):
        assert lead.get(_url(report, name, *args)).status_code == 200, name
    for name in (
        "approve-report",
        "issue-draft",
        "finish-report",
        "schedule-publication",
        "decide-follow-up",
    ):
        refused = lead.get(_url(report, name))
        assert refused.status_code == 403, name
        assert f'<a href="{_url(report, "report")}">Go back to the report</a>' in (
            refused.content.decode()
        )
    assert lead.get(_url(report, "write-section", "nonsense")).status_code == 404
    assert lead.get(_url(report, "draft")).status_code == 404

    coordinator = _as(client, world, "coordinator")
    room = coordinator.get(_url(report, "report"))
    assert room.status_code == 200
    assert b"Being written" in room.content
    assert b"Most children in Glenmarrow" not in room.content
    for name in ("preview", "draft", "comments"):
        assert coordinator.get(_url(report, name)).status_code == 403, name

    stranger = _as(client, world, "other_lead")
    assert stranger.get(_url(report, "report")).status_code == 404
    client.logout()
    for name in ("published-report", "published-pdf", "published-young-peoples-version"):
        assert client.get(_url(report, name)).status_code == 404, name
    assert (
        b"No report has been published yet"
        in client.get(reverse("reports:published-reports")).content
    )


@pytest.mark.at_week(26)
def test_write_section_keeps_both_texts_when_two_people_write(
    client: StrictClient, world: Any, report: Report
) -> None:
    lead = _as(client, world, "lead")
    url = _url(report, "write-section", "summary")
    seen = report.sections.get(key="summary").version
    first = lead.post(url, {"text": "The first words.", "based_on": seen})
    assert first.status_code == 302
    late = lead.post(url, {"text": "The late words.", "based_on": seen})

    assert late.status_code == 409
    assert b"The first words." in late.content and b"The late words." in late.content
    said = f"You saved version {seen + 1} of “{late.context['spec'].title}” on "
    assert said in late.content.decode()
    assert b"Nothing was overwritten" in late.content
    assert report.sections.get(key="summary").text == "The first words."
    settled = lead.post(url, {"text": "Both words.", "based_on": seen + 1})
    assert settled.status_code == 302
    assert report.sections.get(key="summary").text == "Both words."
    too_long = lead.post(url, {"text": "x" * 60_001, "based_on": seen + 2})
    assert b"60001 characters are too many" in too_long.content.replace(b",", b"")

    question = _url(report, "add-point", 1)
    bare = lead.post(question, {"kind": "strength", "text": "A point."})
    assert b"A point without evidence cannot be published" in bare.content
    evidence = bare.context["form"].fields["evidence"].queryset[0].pk
    assert (
        lead.post(
            question, {"kind": "strength", "text": "A point.", "evidence": [evidence]}
        ).status_code
        == 302
    )
    events = Event.objects.count()
    lead.post(question, {"kind": "strength", "text": "A point.", "evidence": [evidence]})
    assert Event.objects.count() == events
    point = report.points.get(text="A point.")
    assert [item.pk for item in point.evidence.all()] == [evidence]
    below = point.order
    assert lead.post(_url(report, "order-points", point.pk)).status_code == 302
    point.refresh_from_db()
    assert point.order == below - 1
    lead.post(_url(report, "remove-point", point.pk))
    assert not report.points.filter(pk=point.pk).exists()


@pytest.mark.at_week(26)
def test_question_shows_its_narrative_as_the_report_prints_it(
    client: StrictClient, world: Any, report: Report
) -> None:
    lead = _as(client, world, "lead")
    for name in ("question", "write-narrative"):
        page = lead.get(_url(report, name, 2)).content.decode()
        assert ("<h3>Someone who stays</h3>" in page) == (name == "question")
    reader = _as(client, world, "inspector")
    page = reader.get(_url(report, "write-narrative", 2)).content.decode()
    assert "<h3>Someone who stays</h3>" in page
    assert "### Someone" not in page


@pytest.mark.at_week(20)
def test_begin_report_a_second_time_is_said_to_those_alone_who_see_the_report(
    client: StrictClient, world: Any
) -> None:
    url = reverse("reports:begin-report", args=[world.inspection.reference])
    _as(client, world, "lead").post(url)
    again = _as(client, world, "inspector").post(url, follow=True).content.decode()
    assert "The report has been begun already." in again
    for key in ("volunteer", "coordinator", "concerns_lead"):
        answer = _as(client, world, key).post(url)
        assert answer.status_code == 403
        assert "begun already" not in answer.content.decode()


@pytest.mark.at_week(20)
def test_a_section_that_nobody_wrote_is_not_saved_yet(client: StrictClient, world: Any) -> None:
    lead = _as(client, world, "lead")
    reference = world.inspection.reference
    lead.post(reverse("reports:begin-report", args=[reference]))
    for name, of in (("write-section", "key-facts"), ("write-narrative", 1)):
        url = reverse(f"reports:{name}", args=[reference, of])
        assert "Not saved yet" in lead.get(url).content.decode()
        lead.post(url, {"text": "Written.", "based_on": 0})
        assert "Saved on the server at" in lead.get(url).content.decode()


@pytest.mark.at_week(26)
def test_no_form_stands_beside_the_narrative_that_is_being_written(
    client: StrictClient, world: Any, report: Report
) -> None:
    """Moving a point, adding one or taking one out would lose what stands unsaved in the narrative's box."""
    lead = _as(client, world, "lead")
    narrative = _url(report, "write-narrative", 1)
    page = lead.get(narrative).content.decode()
    assert 'name="text"' in page and "/points/" not in page and "questions/1/add/" not in page
    question = lead.get(_url(report, "question", 1)).content.decode()
    assert f'href="{narrative}"' in question and 'name="text"' not in question
    assert "Change the narrative" in question


@pytest.mark.at_week(30)
def test_comment_on_draft_reaches_the_lead(
    client: StrictClient, world: Any, report: Report
) -> None:
    """The partnership reads the draft, comments on a paragraph, returns; the lead answers; a second click does nothing."""
    coordinator = _as(client, world, "coordinator")
    draft = coordinator.get(_url(report, "draft"))
    assert draft.status_code == 200
    assert b"Draft for factual accuracy" in draft.content
    comment = _url(report, "comment-on-draft", 2)
    empty = coordinator.post(comment, {"text": "It is 94 records."})
    assert empty.status_code == 200 and not report.comments.exists()
    sent = {"text": "It is 94 records.", "correction": "94", "evidence": "The sample list, page 1."}
    assert coordinator.post(comment, sent).status_code == 302
    events = Event.objects.deeds().count()
    twice = coordinator.post(comment, sent, follow=True)
    assert report.comments.count() == 1 and Event.objects.deeds().count() == events
    assert b'data-journal-saved="comment-on-draft:' in twice.content
    assert coordinator.get(_url(report, "comment-on-draft", 9999)).status_code == 404
    assert coordinator.get(_url(report, "preview")).status_code == 403
    officer = _as(client, world, "chief_officer")
    assert officer.get(_url(report, "draft")).status_code == 200
    assert officer.get(comment).status_code == 403
    contributor = _as(client, world, "health_contributor")
    assert contributor.get(_url(report, "draft")).status_code == 403

    lead = _as(client, world, "lead")
    late = lead.post(_url(report, "return-comments"))
    assert late.status_code == 403 and b"has until" in late.content
    coordinator = _as(client, world, "coordinator")
    assert coordinator.post(_url(report, "return-comments")).status_code == 302
    again = coordinator.post(_url(report, "return-comments"), follow=True)
    assert b"done already" in again.content
    lead = _as(client, world, "lead")
    held = lead.get(_url(report, "finish-report"))
    assert held.status_code == 403 and b"1 comment on facts waits for an answer" in held.content
    answer = _url(report, "answer-comment", report.comments.get().pk)
    assert lead.get(answer).status_code == 200
    assert lead.post(answer, {"decision": "accept", "reason": "So it is."}).status_code == 302
    events = Event.objects.count()
    lead.post(answer, {"decision": "accept", "reason": "So it is."})
    assert Event.objects.count() == events


def _accepted(world: Any, report: Report, paragraph: int) -> FactComment:
    """A comment on one paragraph of the draft, accepted by the lead; the partnership has no others."""
    coordinator, lead = world.people["coordinator"], world.people["lead"]
    draft = queries.current_edition(report, EditionKind.DRAFT)
    assert draft is not None
    row = paragraphs(draft.source)[paragraph - 1]
    said = {"text": "It is five.", "correction": "Five.", "evidence": "The plan, page 4."}
    comment = comment_on_draft(report, anchor=row["anchor"], **said, by=coordinator, at=world.now)
    return_comments(report, by=coordinator, at=world.now)
    return answer_comment(
        comment, decision=CommentDecision.ACCEPT, reason="So it is.", by=lead, at=world.now
    )


@pytest.mark.at_week(30)
def test_finish_report_waits_until_what_was_accepted_is_corrected(
    client: StrictClient, world: Any, report: Report
) -> None:
    comment = _accepted(world, report, 1)
    lead = _as(client, world, "lead")
    section = report.sections.get(key=comment.text_key)
    assert comment.answered_on_version == section.version
    held = lead.get(_url(report, "finish-report"))
    assert held.status_code == 403
    assert (
        f"Accepted, but the report still says what the draft said: paragraph 1, {comment.place}."
        in held.content.decode()
    )
    room = lead.get(_url(report, "report")).content.decode()
    assert "Correct what you accepted" in room
    where = _url(report, "write-section", section.key)
    assert f'href="{where}"' in lead.get(_url(report, "comments")).content.decode()
    page = lead.get(where).content.decode()
    assert "To correct here" in page and comment.text in page

    lead.post(
        where, {"text": f"{section.text}\n\nOne more paragraph.", "based_on": section.version}
    )
    assert lead.get(_url(report, "finish-report")).status_code == 403
    words = section.text.replace(section.text.split("\n\n")[0], "Now it says something else.")
    lead.post(where, {"text": words, "based_on": section.version + 1})
    assert "Corrected" in lead.get(_url(report, "comments")).content.decode()
    assert "To correct here" not in lead.get(where).content.decode()
    assert lead.post(_url(report, "finish-report")).status_code == 302


@pytest.mark.at_week(30)
def test_finish_report_takes_the_reason_why_no_words_change(
    client: StrictClient, world: Any, report: Report
) -> None:
    comment = _accepted(world, report, 1)
    lead = _as(client, world, "lead")
    answer = _url(report, "answer-comment", comment.pk)
    why = "The paragraph says so two lines below."
    bad = lead.post(answer, {"decision": "reject", "reason": "No.", "no_change_because": why})
    assert bad.status_code == 200 and b"Leave this empty." in bad.content
    lead.post(answer, {"decision": "part", "reason": "In part.", "no_change_because": why})
    assert why in lead.get(_url(report, "comments")).content.decode()
    assert lead.post(_url(report, "finish-report")).status_code == 302


@pytest.mark.at_week(30)
@pytest.mark.parametrize("kind", ["point", "question"])
def test_a_correction_is_made_where_its_paragraph_is_written(
    client: StrictClient, world: Any, report: Report, kind: str
) -> None:
    draft = queries.current_edition(report, EditionKind.DRAFT)
    assert draft is not None
    number = next(
        row["number"] for row in paragraphs(draft.source) if row["anchor"].startswith(f"{kind}-")
    )
    comment = _accepted(world, report, number)
    lead = _as(client, world, "lead")
    where = text_url(comment)
    assert f'href="{where}"' in lead.get(_url(report, "comments")).content.decode()
    assert b"To correct here" in lead.get(where).content
    assert not rules.corrections_made(report)

    text = queries.text_of(comment)
    assert text is not None
    if isinstance(text, Point):
        remove_point(text, by=world.people["lead"], at=world.now)
        assert text_url(comment) == _url(report, "report")
    else:
        lead.post(where, {"text": "Otherwise.", "based_on": text.version})
    assert rules.corrections_made(report)


@pytest.mark.at_week(36)
def test_published_report_is_for_everybody(
    client: StrictClient, world: Any, report: Report
) -> None:
    from core import jobs

    waiting = client.get(_url(report, "published-pdf"))
    jobs.run_due(world.now)
    page = client.get(_url(report, "published-report"))
    pdf = client.get(_url(report, "published-pdf"))

    assert waiting.status_code == 503 and waiting["Retry-After"]
    assert page.status_code == 200
    assert b"invented area" in page.content
    assert (
        b"4 on a scale from 1 to 6" in page.content or b"3 on a scale from 1 to 6" in page.content
    )
    assert pdf.status_code == 200
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    young = client.get(_url(report, "published-young-peoples-version"))
    assert young.status_code == 200
    assert b"".join(young.streaming_content)
    assert (
        report.inspection.reference.encode()
        in client.get(reverse("reports:published-reports")).content
    )
    assert client.get(_url(report, "report")).status_code == 302
    lead = _as(client, world, "lead")
    assert lead.get(_url(report, "report")).status_code == 200
    assert lead.get(_url(report, "write-section", "summary")).status_code == 200
    assert (
        lead.post(
            _url(report, "write-section", "summary"), {"text": "x", "based_on": 1}
        ).status_code
        == 403
    )


@pytest.mark.at_week(27)
def test_send_report_back_again_is_done_already(
    client: StrictClient, world: Any, report: Report
) -> None:
    chair = _as(client, world, "panel_chair")
    url = _url(report, "send-report-back")
    assert b"What must change" in chair.get(url).content
    assert chair.post(url, {"reason": "Say who was met."}).status_code == 302
    events = Event.objects.count()
    again = chair.post(url, {"reason": "Say who was met."}, follow=True)
    assert b"done already" in again.content
    assert Event.objects.count() == events


@pytest.mark.at_week(30)
def test_comments_that_the_lead_closes_say_so(world: Any, report: Report) -> None:
    assert report.comments_due_on is not None
    late = world.now + timedelta(days=60)
    return_comments(report, by=world.people["lead"], at=late, on_behalf=True)
    said = narrate(Event.objects.get(name="reports.comments_returned"))
    assert said == "Isla Dunmore closed the comments on facts for the partnership (0)."


@pytest.mark.at_week(26)
@pytest.mark.parametrize(
    ("name", "of", "event"),
    [
        ("write-section", "summary", "reports.section_written"),
        ("write-narrative", 2, "reports.narrative_written"),
    ],
)
def test_the_autosave_of_a_text_saves_each_time_and_stands_once_in_the_log(
    client: StrictClient, world: Any, report: Report, name: str, of: Any, event: str
) -> None:
    lead, url = _as(client, world, "lead"), _url(report, name, of)
    page = lead.get(url)
    assert "data-autosave" in page.content.decode()
    based_on = page.context["form"].initial["based_on"]
    before, versions = Event.objects.filter(name=event).count(), []
    for words in ("Most", "Most children", "Most children wait."):
        sent = {"text": words, "based_on": [based_on, *versions][-1]}
        saved = lead.post(url, sent, headers={"Accept": "application/json"})
        assert saved.status_code == 200 and saved.json()["saved_at"]
        versions.append(saved.json()["versions"]["based_on"])
    assert versions == [based_on + 1, based_on + 2, based_on + 3]
    assert Event.objects.filter(name=event).count() - before <= 1
    assert "Most children wait." in lead.get(url).content.decode()

    stale = {"text": "Something else.", "based_on": based_on}
    refused = lead.post(url, stale, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["versions"]) == (409, {})
    assert refused.json()["faults"][0].endswith("Save with the button below to see both texts.")
    shown = lead.post(url, stale)
    assert shown.status_code == 409
    assert shown.context["form"].theirs["text"].words == "Most children wait."
    assert "data-autosave" not in shown.content.decode()
    faulty = lead.post(
        url, {"text": "[" * 201, "based_on": 9}, headers={"Accept": "application/json"}
    )
    assert (faulty.status_code, len(faulty.json()["faults"])) == (400, 1)


@pytest.mark.at_week(26)
def test_revise_point_overwrites_neither_words_nor_threads(
    client: StrictClient, world: Any, report: Report
) -> None:
    lead, point = _as(client, world, "lead"), report.points.all()[0]
    url = _url(report, "revise-point", point.pk)
    seen = lead.get(url).context["form"]
    evidence = [item.pk for item in seen.fields["evidence"].queryset[:2]]
    theirs = {"text": point.text, "evidence": evidence, "based_on": point.version}
    assert lead.post(url, theirs).status_code == 302
    stale = lead.post(url, theirs | {"evidence": evidence[:1]})
    assert stale.status_code == 409
    assert set(stale.context["form"].theirs) == {"evidence"}
    assert {item.pk for item in point.evidence.all()} == set(evidence)
    knowing = {"evidence": evidence[:1], "based_on": stale.context["form"].data["based_on"]}
    assert lead.post(url, theirs | knowing).status_code == 302
    assert [item.pk for item in point.evidence.all()] == evidence[:1]


@pytest.mark.at_week(26)
def test_every_text_page_keeps_a_journal(client: StrictClient, world: Any, report: Report) -> None:
    """Nothing typed is lost when the session ends: each form is named for its text and its person."""
    lead = _as(client, world, "lead")
    point = report.points.all()[0]
    for name, of in (
        ("write-section", "summary"),
        ("write-narrative", 1),
        ("add-point", 1),
        ("revise-point", point.pk),
    ):
        page = lead.get(_url(report, name, of)).content.decode()
        assert f'data-journal="{name}:{report.inspection.reference}:{of}"' in page
        assert f'data-journal-user="{world.people["lead"].pk}"' in page
        assert "js/journal.js" in page


@pytest.mark.at_week(33)
def test_attach_young_peoples_version_takes_the_file_to_disk_once(
    world: Any, report: Report
) -> None:
    """The forgery token is asked for although the file came first; the same form again attaches nothing twice."""
    client = StrictClient(enforce_csrf_checks=True)
    lead = _as(client, world, "lead")
    url = _url(report, "attach-young-peoples-version")
    form = lead.get(url).context["form"]
    token = client.cookies["csrftoken"].value

    content = pdf(words="For young people")

    def send(**more: str) -> Any:
        file = SimpleUploadedFile("For young people.pdf", content)
        return lead.post(url, {"title": "What we found", **more, "file": file})

    key = str(form["key"].value())
    assert len(key) == 32
    assert send(key=key).status_code == 403
    versions, events = report.young_peoples_versions.count(), Event.objects.count()
    assert send(key=key, csrfmiddlewaretoken=token).status_code == 302
    attached = report.young_peoples_versions.count()
    events = Event.objects.count()
    assert send(key=key, csrfmiddlewaretoken=token).status_code == 302
    assert attached == versions + 1 == report.young_peoples_versions.count()
    assert Event.objects.count() == events
    assert send(csrfmiddlewaretoken=token, title="").status_code == 200
    assert send(csrfmiddlewaretoken=token, title="A better title").status_code == 302
    assert report.young_peoples_versions.count() == attached
    assert report.young_peoples_versions.all()[0].title == "A better title"


@pytest.mark.at_week(27)
def test_decide_follow_up_again_changes_nothing(
    client: StrictClient, world: Any, report: Report
) -> None:
    chair = _as(client, world, "panel_chair")
    for evaluation in Evaluation.objects.filter(inspection=world.inspection):
        confirm_evaluation(
            evaluation, level=2, reason="Tested.", by=world.people["panel_chair"], at=world.now
        )
    url = _url(report, "decide-follow-up")
    sent = {"progress_review": "yes", "timescale": "within a year", "reason": "It is weak."}
    assert chair.post(url, sent).status_code == 302
    events = Event.objects.count()
    assert chair.post(url, sent).status_code == 302
    assert Event.objects.count() == events
    assert chair.post(url, sent | {"timescale": "within six months"}).status_code == 302
    assert Event.objects.count() == events + 1


@pytest.mark.at_week(34)
def test_report_under_embargo_is_opened_from_its_room_by_the_partnerships_readers(
    client: StrictClient, world: Any, report: Report
) -> None:
    """The marked final copy and the version for young people, for those who speak for the partnership (R48)."""
    room = _as(client, world, "coordinator").get(_url(report, "report")).content.decode()
    assert "The final report, under embargo, is being drawn" in room
    run_jobs()
    embargoed = queries.current_edition(report, EditionKind.EMBARGOED)
    version = queries.young_peoples_version(report)
    assert embargoed and embargoed.document and version
    for key in ("coordinator", "chief_officer", "lead"):
        page = _as(client, world, key).get(_url(report, "report")).content.decode()
        for document in (embargoed.document, version.document):
            address = reverse("documents:document", args=[document.public_id])
            assert address in page, key
            copy = client.get(address)
            assert copy.status_code == 200, key
            assert b"".join(copy.streaming_content), key
    page = _as(client, world, "coordinator").get(_url(report, "report")).content.decode()
    assert "The final report, under embargo" in page
    for words in ("Send the report to the panel", "Settle the final text", "Move publication"):
        assert words not in page
