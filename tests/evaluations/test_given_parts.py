"""Who writes which answer: the co-ordinator gives the questions to agencies, and an agency sees its own part."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import Capability, Role
from accounts.ties import gaps_of
from core.models import Letter
from core.verdicts import Refused
from documents.actions.documents import keep_generated
from documents.models import Document
from evaluations import permissions, queries, rules
from evaluations.actions.given_parts import give_parts
from evaluations.actions.self_evaluation import (
    Typed,
    answer_question,
    link_evidence,
    submit_self_evaluation,
)
from evaluations.enums import AnswerPart
from evaluations.models import Answer, EvidenceLink, Framework, GivenPart, Question
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.invited import invite
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.self_evaluation import word_file
from workspace.example.world import World

pytestmark = pytest.mark.at_week(3)

SECRET = "What only the police have written."
LONG = "A long sentence that somebody of the board has just typed into this box."


def question(number: int) -> Question:
    return Question.objects.get(number=number)


def agency(world: World, key: str) -> Agency:
    found = world.people[key].agency
    assert found is not None
    return found


def give(world: World, **agencies: tuple[str, ...]) -> list[str]:
    """``give(world, q4=("police_contributor",))``, by the co-ordinator, now."""
    return give_parts(
        world.inspection,
        parts={
            question(int(name[1:])): [agency(world, key) for key in keys]
            for name, keys in agencies.items()
        },
        by=world.people["coordinator"],
        at=timezone.now(),
    )


def write(world: World, number: int, *, by: str, text: str = SECRET) -> None:
    answer_question(
        world.inspection,
        question=question(number),
        texts={part: Typed(text=text, version=0) for part in AnswerPart},
        by=world.people[by],
        at=timezone.now(),
    )


def add_file(world: World, name: str, *, by: str) -> Document:
    return keep_generated(
        word_file(name.removesuffix(".docx"), "Figures."),
        name=name,
        holder_type=queries.FILES_OF_SELF_EVALUATION,
        holder_id=world.inspection.reference,
        inspection=world.inspection.reference,
        by=world.people[by],
        at=timezone.now(),
    )


def url(world: World, name: str, *args: Any) -> str:
    return reverse(f"evaluations:{name}", args=[world.inspection.reference, *args])


def _opens(client: StrictClient, document: Document) -> int:
    answer = client.get(reverse("documents:document", args=[document.public_id]))
    if answer.streaming:
        list(answer.streaming_content)  # the test client closes the file with its last piece
    return answer.status_code


def who(world: World, may: Any) -> set[str]:
    return {key for key, person in world.people.items() if may(person)}


# ---------- The deed ----------


def test_give_parts(world: World) -> None:
    before = record.count()
    changes = give(world, q1=("police_contributor",), q4=("police_contributor",))
    assert changes == [
        "question 4 to Police Scotland, Glenmarrow Division",
        "question 1 back from NHS Glenmarrow",
    ]
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Morag Finlas gave out the joint self-evaluation: question 4 to Police Scotland, "
        "Glenmarrow Division and question 1 back from NHS Glenmarrow."
    )
    taken = GivenPart.objects.get(taken_back_at__isnull=False)
    assert (taken.taken_back_by, taken.question.number) == (world.people["coordinator"], 1)
    run_jobs()
    letters = Letter.objects.filter(template="evaluations/parts_given", body__contains="question 4")
    assert [letter.to for letter in letters] == [world.people["police_contributor"].email]


def test_give_parts_tells_those_who_lose_one(world: World) -> None:
    give(world, q1=("police_contributor",))
    run_jobs()
    letter = Letter.objects.get(template="evaluations/parts_taken_back")
    assert letter.to == world.people["health_contributor"].email
    assert "NHS Glenmarrow no longer writes question 1 of the joint" in letter.subject
    assert "What you wrote there is kept" in letter.body
    assert not Letter.objects.filter(
        template="evaluations/parts_given", body__contains="question 1 of", to=letter.to
    ).exists()


def test_give_parts_takes_nothing_back_that_was_given_meanwhile(world: World) -> None:
    """A page that was open for a while shows what stood then; a stand-in gave question 4 since."""
    health, police = agency(world, "health_contributor"), agency(world, "police_contributor")
    standing = queries.given_parts(world.inspection)
    seen = {(number, one.pk) for number, given in standing.items() for one in given}
    give(world, q4=("police_contributor",))
    changes = give_parts(
        world.inspection,
        parts={question(1): [police], question(4): [health]},
        seen=seen,
        by=world.people["coordinator"],
        at=timezone.now(),
    )
    assert changes == ["question 4 to NHS Glenmarrow", "question 1 back from NHS Glenmarrow"]
    assert set(queries.given_parts(world.inspection)[4]) == {health, police}


def test_give_parts_is_of_the_framework_of_the_inspection(world: World) -> None:
    own = question(1)
    other = Framework.objects.create(key="2031", title="Another")
    foreign = Question.objects.create(framework=other, number=1, text="Another?")
    verdict = rules.may_give_parts(world.inspection, questions=[own, foreign])
    assert "belongs to another quality framework" in verdict.sentence
    assert rules.may_give_parts(world.inspection, questions=[own])


def test_give_parts_asks_who_does_it(world: World) -> None:
    before = record.count()
    with pytest.raises(Refused, match=Capability.GIVE_PARTS.value):
        give_parts(
            world.inspection,
            parts={question(4): []},
            by=world.people["police_contributor"],
            at=timezone.now(),
        )
    assert record.count() == before


def test_give_parts_page_keeps_the_ticks_where_a_rule_refuses(
    world: World, client: StrictClient
) -> None:
    """The agency leaves the area between the page's look at the agencies and the deed."""
    police = agency(world, "police_contributor")
    client.as_(world.people["coordinator"])
    left: list[bool] = []

    def leave(execute: Any, sql: str, *rest: Any) -> Any:
        if "evaluations_givenpart" in sql and not left:
            left.append(True)
            police.areas.clear()
        return execute(sql, *rest)

    before = record.count()
    with connection.execute_wrapper(leave):
        response = client.post(url(world, "give-parts"), {"question_4": [str(police.pk)]})
    page = response.content.decode()
    assert (response.status_code, left) == (200, [True])
    assert f"{police} is not of the partnership of Glenmarrow. Choose one of its agencies." in page
    assert re.search(rf'name="question_4"[^>]*value="{police.pk}"[^>]*checked', page)
    assert record.count() == before


def test_give_parts_twice_is_once(world: World) -> None:
    give(world, q4=("police_contributor",))
    run_jobs()
    before = record.count(), Letter.objects.count()
    assert give(world, q4=("police_contributor",)) == []
    run_jobs()
    assert (record.count(), Letter.objects.count()) == before


def test_give_parts_to_an_agency_of_any_name(world: World) -> None:
    police = agency(world, "police_contributor")
    police.name = ("Health and Social\u00ad Care Partnership " * 5)[:119]
    police.save()
    world.inspection.area.name = "Argyll and Bute and Glenmarrow"
    world.inspection.area.save()
    give(world, q1=("police_contributor",), q2=("police_contributor",), q3=("police_contributor",))
    run_jobs(world.now)
    of_police = Letter.objects.filter(to=world.people["police_contributor"].email)
    letter = of_police.filter(template="evaluations/parts_given").latest("pk")
    assert len(letter.subject) <= 200
    assert letter.subject.isprintable()
    assert letter.subject.startswith("Argyll and Bute and Glenmarrow: Health and Social Care ")


def test_give_parts_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), GivenPart.objects.count(), Letter.objects.count()
    undone(lambda: give(world, q4=("police_contributor",)))
    with pytest.raises(Refused, match="Otherglen Council is not of the partnership of Glenmarrow"):
        give(world, q4=("other_coordinator",))
    assert (record.count(), GivenPart.objects.count(), Letter.objects.count()) == before


def test_a_part_is_given_once_whatever_the_code_does(world: World) -> None:
    part = GivenPart.objects.in_force()[0]
    part.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        part.save()


def test_can_give_parts(world: World) -> None:
    assert who(world, lambda one: permissions.can_give_parts(one, world.inspection)) == {
        "coordinator"
    }


def test_may_give_parts_not_once_it_is_sent_in(world: World) -> None:
    send_in(world)
    verdict = rules.may_give_parts(world.inspection)
    assert "It is kept as it was sent." in verdict.sentence


def send_in(world: World) -> None:
    for number in range(1, 6):
        write(world, number, by="coordinator")
    submit_self_evaluation(
        world.inspection,
        digest=queries.self_evaluation_stands(world.inspection).digest,
        by=world.people["coordinator"],
        at=timezone.now(),
    )


# ---------- Who sees and writes what ----------


def test_can_answer_question_that_is_given_to_ones_agency(world: World) -> None:
    def writers(number: int) -> set[str]:
        return who(
            world,
            lambda one: permissions.can_answer_question(one, world.inspection, question(number)),
        )

    assert writers(1) == {"coordinator", "police_contributor", "health_contributor"}
    assert writers(2) == {"coordinator", "health_contributor"}
    assert writers(5) == {"coordinator"}
    verdict = permissions.can_answer_question(
        world.people["police_contributor"], world.inspection, question(2)
    )
    assert verdict.sentence == (
        "Question 2 is not given to Police Scotland, Glenmarrow Division. "
        "Morag Finlas gives out the questions: ask there."
    )


def test_can_read_answer_of_others_only_once_it_is_no_draft(world: World) -> None:
    write(world, 5, by="coordinator")

    def readers() -> set[str]:
        return who(
            world,
            lambda one: permissions.can_read_answer(one, world.inspection, question(5)),
        )

    coordinators = {"coordinator", "participation_coordinator"}
    assert readers() == coordinators
    for number in range(1, 5):
        write(world, number, by="coordinator")
    assert readers() == coordinators | {"chief_officer"}
    submit_self_evaluation(
        world.inspection,
        digest=queries.self_evaluation_stands(world.inspection).digest,
        by=world.people["coordinator"],
        at=timezone.now(),
    )
    assert readers() >= coordinators | {"chief_officer", "reporter_contributor", "lead"}


def test_a_contributor_sees_their_part_and_nothing_else(world: World, client: StrictClient) -> None:
    write(world, 5, by="coordinator")
    theirs = add_file(world, "Police figures.docx", by="police_contributor")
    own = add_file(world, "Board figures.docx", by="health_contributor")
    linked = add_file(world, "Shared figures.docx", by="coordinator")
    link_evidence(
        world.inspection,
        question=question(2),
        documents=[linked],
        by=world.people["coordinator"],
        at=timezone.now(),
    )
    client.as_(world.people["health_contributor"])

    room = client.get(url(world, "self-evaluation")).content.decode()
    assert "Given to NHS Glenmarrow" in room
    assert "Question 5" not in room and "question 5" not in room
    assert "Board figures.docx" in room and "Shared figures.docx" in room
    assert "Police figures.docx" not in room

    refused = client.get(url(world, "answer-question", 5))
    assert refused.status_code == 403
    assert "Question 5 is not given to NHS Glenmarrow." in refused.content.decode()
    assert SECRET not in refused.content.decode()
    own_page = client.get(url(world, "answer-question", 2)).content.decode()
    assert 'name="how_good"' in own_page
    assert client.get(url(world, "link-evidence", 5)).status_code == 403
    assert client.get(url(world, "submit-self-evaluation")).status_code == 403

    upload = reverse(
        "documents:upload-documents",
        args=[queries.FILES_OF_SELF_EVALUATION, world.inspection.reference],
    )
    shown = client.get(upload).content.decode()
    assert "Board figures.docx" in shown and "Police figures.docx" not in shown
    found = {one.name: _opens(client, one) for one in (theirs, own, linked)}
    assert found == {
        "Police figures.docx": 404,
        "Board figures.docx": 200,
        "Shared figures.docx": 200,
    }


def test_a_contributor_of_another_agency_gets_nowhere_near_a_draft(
    world: World, client: StrictClient
) -> None:
    """By no address: neither its page, its versions and their comparison, what is saved as one types, nor a file of it."""
    for text in (SECRET, f"{SECRET} And more."):
        version = 0 if text == SECRET else 1
        answer_question(
            world.inspection,
            question=question(2),
            texts={part: Typed(text=text, version=version) for part in AnswerPart},
            by=world.people["health_contributor"],
            at=timezone.now(),
        )
    theirs = add_file(world, "Board figures.docx", by="health_contributor")
    link_evidence(
        world.inspection,
        question=question(2),
        documents=[theirs],
        by=world.people["health_contributor"],
        at=timezone.now(),
    )
    versions = url(world, "answer-versions", 2, "how_good")
    client.as_(world.people["health_contributor"])
    assert SECRET in client.get(versions).content.decode()

    client.as_(world.people["police_contributor"])
    answer = url(world, "answer-question", 2)
    typed = {"how_good": LONG, "how_good_based_on": 2}
    unlink = url(world, "unlink-evidence", 2, EvidenceLink.objects.get(document=theirs).pk)
    asked = {
        "the page": client.get(answer),
        "sending": client.post(answer, typed),
        "the autosave": client.post(answer, typed, headers={"Accept": "application/json"}),
        "its versions": client.get(versions),
        "two of them compared": client.get(versions, {"older": 1, "newer": 2}),
        "linking": client.post(url(world, "link-evidence", 2), {"documents": [theirs.pk]}),
        "unlinking": client.post(unlink),
    }
    assert {what: one.status_code for what, one in asked.items()} == dict.fromkeys(asked, 403)
    assert not [what for what, one in asked.items() if SECRET in one.content.decode()]
    room = client.get(
        url(world, "receipt"), follow=True
    )  # there is no receipt before it is sent in
    assert room.redirect_chain[-1][0] == url(world, "self-evaluation")
    assert SECRET not in room.content.decode()
    assert "Board figures" not in room.content.decode()
    assert _opens(client, theirs) == 404
    stands = Answer.objects.filter(question=question(2)).values_list("text", flat=True)
    assert set(stands) == {f"{SECRET} And more."}


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("coordinator", 200),
        ("participation_coordinator", 200),
        ("health_contributor", 200),
        ("police_contributor", 403),
        ("reporter_contributor", 403),
        ("chief_officer", 403),
        ("lead", 403),
    ],
)
def test_earlier_versions_stay_with_their_agency_after_sending_in(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    """What was sent in is for all of the partnership to read; what stood there before is still a draft."""
    for number in range(1, 6):
        write(world, number, by="coordinator")
    submit_self_evaluation(
        world.inspection,
        digest=queries.self_evaluation_stands(world.inspection).digest,
        by=world.people["coordinator"],
        at=timezone.now(),
    )
    client.as_(world.people[key])
    assert client.get(url(world, "answer-question", 2)).status_code == 200
    assert client.get(url(world, "answer-versions", 2, "how_good")).status_code == status


def test_a_part_taken_back_in_mid_edit_loses_no_word(world: World, client: StrictClient) -> None:
    address = url(world, "answer-question", 2)
    client.as_(world.people["health_contributor"])
    assert client.get(address).status_code == 200
    give(world, q2=())
    response = client.post(address, {"how_good": LONG, "how_good_based_on": 0})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Question 2 is not given to NHS Glenmarrow. Morag Finlas gives out" in page
    assert LONG in page
    assert not queries.self_evaluation_stands(world.inspection).words


def test_an_agency_to_which_nothing_is_given_is_told_whom_to_ask(
    world: World, client: StrictClient
) -> None:
    give(world, q3=("health_contributor",))
    client.as_(world.people["reporter_contributor"])
    page = client.get(url(world, "self-evaluation")).content.decode()
    assert (
        "No question has been given to Children&#x27;s Reporter, Glenmarrow yet. "
        "Morag Finlas gives out the questions: ask there."
    ) in page
    assert "Joint self-evaluation: question" not in client.get("/").content.decode()


def test_home_names_the_part_of_ones_agency(world: World, client: StrictClient) -> None:
    write(world, 2, by="health_contributor")
    page = client.as_(world.people["health_contributor"]).get("/").content.decode()
    assert "Joint self-evaluation: questions 1, 2 and 3" in page
    assert "Given to your agency. Three of nine parts are written." in page
    police = client.as_(world.people["police_contributor"]).get("/").content.decode()
    assert "Joint self-evaluation: question 1" in police
    assert "Nothing is written yet." in police


# ---------- The page ----------


def test_give_parts_page(world: World, client: StrictClient) -> None:
    address = url(world, "give-parts")
    client.as_(world.people["coordinator"])
    page = client.get(address).content.decode()
    assert page.count("checked") == 5
    assert "Nobody yet, " in page and "?role=contributor" in page
    police = str(agency(world, "police_contributor").pk)
    seen = re.findall(r'name="seen" value="([^"]*)"', page)
    typed = {"question_4": [police], "question_5": [police], "seen": seen}
    done = client.post(address, typed, follow=True).content.decode()
    assert (
        "The questions are given out. Changed: question 4 to Police Scotland, Glenmarrow Division"
        in done
    )
    assert "question 1 back from NHS Glenmarrow" in done
    assert "Whoever has joined from these agencies as a contributor is told by e-mail." in done
    assert {n: [a.kind for a in given] for n, given in queries.given_parts(world.inspection).items()} == {
        4: ["police"],
        5: ["police"],
    }  # fmt: skip
    again = client.post(address, typed, follow=True)
    assert "Nothing changed" in again.content.decode()
    bad = client.post(address, {"question_1": ["999999"]})
    assert bad.status_code == 200
    assert "Select a valid choice" in bad.content.decode()


@pytest.mark.parametrize(("key", "status"), [("health_contributor", 403), ("other_lead", 404)])
def test_give_parts_page_refuses(world: World, client: StrictClient, key: str, status: int) -> None:
    assert client.as_(world.people[key]).get(url(world, "give-parts")).status_code == status


def test_the_room_of_a_contributor_asks_the_same_however_much_is_given(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["police_contributor"])
    counted = []
    for keys in ({}, {"q2": ("police_contributor",), "q3": ("police_contributor",)}):
        give(world, **keys)  # type: ignore[arg-type]
        client.get(url(world, "self-evaluation"))
        with CaptureQueriesContext(connection) as asked:
            client.get(url(world, "self-evaluation"))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_whoever_has_no_agency_has_no_part(world: World) -> None:
    nobody = User(name="Nobody", agency=None)
    assert queries.numbers_given_to(nobody, world.inspection) == frozenset()


def test_give_parts_says_who_is_invited_to_write(world: World, client: StrictClient) -> None:
    page_of = reverse("evaluations:give-parts", args=[world.inspection.reference])
    nobody = next(one.agency for one in queries.writers_of(world.inspection) if not one.people)
    client.as_(world.people["coordinator"])
    invite_link = reverse("inspections:invite-person", args=[world.inspection.reference])
    filled = f"{invite_link}?role=contributor&amp;agency={nobody.pk}"
    assert filled in client.get(page_of).content.decode()
    invite(world, name="Shona Bain", role=Role.CONTRIBUTOR, agency=nobody)
    page = client.get(page_of).content.decode()
    assert "<strong>Shona Bain</strong>, invited today" in page
    assert filled not in page


def test_close_account_of_the_only_contributor_says_what_nobody_writes(
    world: World, client: StrictClient
) -> None:
    """Beforehand on the page, and to the co-ordinator by letter; not where somebody else of the agency writes too."""
    give(world, q1=("police_contributor",), q3=("police_contributor",))
    person = world.people["police_contributor"]
    said = f"{person.agency} will have nobody left to write questions 1 and 3 of the joint self-evaluation"
    client.as_(world.people["programme_manager"])
    address = reverse("accounts:close-account", args=[person.pk])
    assert said in client.get(address).content.decode()
    health = reverse("accounts:close-account", args=[world.people["coordinator"].pk])
    assert "nobody left to write" not in client.get(health).content.decode()
    client.post(address)
    run_jobs()
    letter = Letter.objects.get(template="evaluations/nobody_left_to_write")
    assert letter.to == world.people["coordinator"].email
    assert f"nobody of {person.agency} writes questions 1 and 3 any more" in letter.subject


def test_end_the_part_of_the_only_contributor_says_what_nobody_writes(
    world: World, client: StrictClient
) -> None:
    """As closing the account does: the page says it of this inspection alone, and a letter goes once."""
    give(world, q1=("police_contributor",))
    person = world.people["police_contributor"]
    part = world.inspection.memberships.get(person=person)
    client.as_(world.people["coordinator"])
    address = reverse("inspections:end-team-member", args=[world.inspection.reference, part.pk])
    said = f"{person.agency} will have nobody left to write question 1 of the joint self-evaluation"
    assert said in client.get(address).content.decode()
    assert gaps_of(person, reference="JI-2027-009") == []
    client.post(address)
    run_jobs()
    assert Letter.objects.filter(template="evaluations/nobody_left_to_write").count() == 1
