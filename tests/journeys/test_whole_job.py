"""One joint inspection from planning to the published report, through the forms alone: what no page offers is not sent.

Glenmarrow does not exist. The same job is clicked in a real browser in `tests/browser/test_whole_job.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import PASSING_ROLES
from audit.record import broken_links
from evaluations.models import EvidenceItem, Indicator, Question
from inspections.enums import StepState
from inspections.models import Inspection
from inspections.rules import DONE_BY_DEED
from reports.models import FactComment
from reports.wording import section_specs
from tests.cast import everybody
from tests.client import StrictClient
from tests.documents import files
from tests.jobs import run_jobs
from tests.journeys.walker import Walker
from tests.scenes import NOTIFIED_ON, PLANNED_AT
from workspace.example import cast, story
from workspace.example.world import World, begin

NEWCOMER = "senga.carrick@glenmarrow.example"
SEALING = ("lead", "inspector", "health_inspector")
GROUPS = ("1.1", "2.1", "2.2", "9.1-9.4")
POINTS = ("key_message", "strength", "area_for_development")


def spoken(group: str) -> str:
    """A group as the pages say it: ``9.1 to 9.4``."""
    return group.replace("-", " to ")


class Job:
    """The story so far: who walks, in which world, at what hour."""

    def __init__(self, walker: Walker, world: World, clock: Any) -> None:
        self.walker, self.world, self.clock = walker, world, clock

    def at(self, week: int, weekday: int, hour: int = 10) -> datetime:
        self.world.now = self.world.moment(week, weekday, hour)
        self.clock.move_to(self.world.now)
        return self.world.now

    def as_(self, key: str) -> Walker:
        return self.walker.as_(self.world.people[key])

    def support_officer_keeps_the_timetable(self) -> None:
        """Each step that has passed and that a person marks is marked, by its button."""
        walker = self.as_("support_officer")
        waiting = (*DONE_BY_DEED, "action_plan_due", "disposal_due")
        gone = self.world.inspection.steps.filter(
            state=StepState.UPCOMING, ends_on__lt=timezone.localdate()
        ).exclude(key__in=waiting)
        for key, title in list(gone.values_list("key", "title")):
            url = reverse("inspections:complete-step", args=[walker.reference, key])
            answer = walker.client.post(url, follow=True)
            assert f"“{title}” is marked as done." in unescape(answer.content.decode())

    def moves_on(self, stands_at: str) -> None:
        self.support_officer_keeps_the_timetable()
        self.as_("lead").open("inspections:open-next-phase").send("Move on to")
        self.walker.sees(f"The inspection stands at {stands_at} now.")
        self.world.inspection.refresh_from_db()


@pytest.fixture
def job(client: StrictClient, reference_data: None) -> Iterator[Job]:
    with time_machine.travel(PLANNED_AT, tick=True) as clock:
        world = begin(notified_on=NOTIFIED_ON, now=PLANNED_AT, planned_at=PLANNED_AT)
        world.people = everybody(PLANNED_AT)
        yield Job(Walker(client), world, clock)


def plan_and_name(job: Job) -> None:
    walker, people = job.as_("programme_manager"), job.world.people
    walker.open("inspections:plan-inspection").send(
        "Plan this inspection",
        area=job.world.area.pk,
        planned_for="Monday 1 September 2025",
        chosen_because="rotation",
        chosen_words="Six years since the last inspection.",
        requested_on="3 March 2025",
        timetable_approved_on="1/5/2025",
    )
    walker.sees("The inspection of Glenmarrow is planned as")
    job.world.planned = Inspection.objects.get(area=job.world.area)
    walker.reference = job.world.inspection.reference
    for person in cast.TEAM:
        walker.open("inspections:name-team-member")
        walker.send(
            "Name this person",
            person=people[person.key].pk,
            role=person.role.value,
            until="12 June 2026" if person.role in PASSING_ROLES else "",
        )
        walker.sees(f"{person.name} is")
    for person in cast.TEAM:
        walker = job.as_(person.key).open("inspections:declare-interest")
        walker.send("Declare", answer="nothing").sees("is open to you.")


def notify(job: Job) -> None:
    walker, blank = job.walker, "chief_constable"
    for left_out in (blank, ""):
        boxes = {}
        for office, (name, mailbox) in story.ADDRESSEES.items():
            boxes[f"{office}-name"] = "" if office == left_out else name
            boxes[f"{office}-email"] = f"{mailbox}@glenmarrow.example"
        job.as_("support_officer").open("inspections:name-addressees")
        walker.send("Save the addressees", **boxes).sees("The addressees are saved.")
        page = job.as_("lead").open("inspections:notify-partnership")
        if left_out:
            page.sees("The letters cannot go yet.", "Chief Constable")
    walker.send("Notify the partnership").sees("Five letters are on their way.")
    run_jobs()
    assert walker.open("inspections:letters").text.count("/documents/") == 5


def join(job: Job, *, by: str, key: str, email: str) -> User:
    """Invited by form, joined by the link of the letter."""
    person = next(one for one in cast.PARTNERSHIP if one.key == key)
    walker = job.as_(by).open("inspections:invite-person")
    walker.send(
        "Send the invitation",
        name=person.name,
        email=email,
        designation=person.designation,
        agency=job.world.people[key].agency_id,
        role=person.role.value,
    )
    run_jobs()
    letter = next(one for one in reversed(mail.outbox) if email in one.to)
    link = re.search(r"https?://[^/\s]+(/join/\S+)", letter.body)
    assert link
    walker.nobody().go(link[1])
    walker.send("Join", password=cast.PASSWORD + " more", again=cast.PASSWORD + " more")
    walker.sees("You have joined as")
    return User.objects.get(email=email)


def self_evaluation(job: Job, coordinator: User) -> None:
    walker = job.walker.as_(coordinator)
    for number in range(1, 6):
        walker.open("evaluations:answer-question", number).send(
            "Save and continue",
            how_good=f"This is the answer to question {number}.",
            how_do_we_know="We count it each month.",
            what_next="One rota from January.",
        )
        walker.sees(f"Your answer to question {number} is saved on the server.")
    several = [
        SimpleUploadedFile("audit.pdf", files.pdf()),
        SimpleUploadedFile("notes.txt", b"notes"),
    ]
    walker.open("evaluations:link-evidence", 2).send("Add the files", files=several)
    run_jobs()
    walker.open("evaluations:link-evidence", 2).send("Link the ticked files").sees(
        "2 files are linked."
    )
    walker.open("evaluations:submit-self-evaluation").sees("This is the answer to question 5")
    walker.send("Send in the joint self-evaluation", has_read="on").sees("This is your receipt.")
    run_jobs()
    walker.open("evaluations:receipt").sees("audit.pdf", "/documents/")


def evidence(job: Job) -> None:
    of = job.world.inspection.framework_key
    indicators = list(Indicator.objects.filter(framework__key=of).values_list("pk", flat=True))
    questions = list(Question.objects.filter(framework__key=of).values_list("pk", flat=True))
    kinds = (("inspector", "records"), ("health_inspector", "focus_group"), ("lead", "interview"))
    for key, kind in kinds:
        job.as_(key).open("evaluations:record-evidence").send(
            "Save this evidence",
            source_type=kind,
            activity="On site, day 3",
            text=f"What {kind} showed.",
            direction="strength",
            indicators=indicators,
            questions=questions,
        )
        job.walker.sees("is saved. You can record the next one.")


def evaluate(job: Job) -> None:
    walker = job.as_("lead").open("evaluations:open-evaluating").send("Open evaluating")
    walker.sees("Evaluating is open.")
    circle = [job.world.people[key] for key in SEALING]
    for evaluator in job.world.inspection.evaluators.exclude(person__in=circle):
        walker.open("evaluations:excuse-evaluator", evaluator.pk).send(
            "Excuse", reason="Has left the team."
        )
    for key, level in zip(SEALING, (4, 3, 5), strict=True):
        for group in GROUPS:
            job.as_(key).open("evaluations:evaluation", group)
            walker.send(
                "Save and go on to seal", level=level, rationale="It points this way.", seal="yes"
            )
            walker.send("Seal my evaluation").sees(f"Your evaluation of {spoken(group)} is sealed.")
    job.as_("lead")
    for group in GROUPS:
        walker.open("evaluations:propose-evaluation", group)
        walker.send("Record the proposal", level=4, rationale="Most of it is good.", dissent="")
        walker.sees(f"The proposal for {spoken(group)} is on record.")
    walker.open("evaluations:share-evaluations").send("Share all four").sees("as provisional.")


def write_report(job: Job) -> None:
    walker = job.as_("lead").open("reports:begin-report").send("Begin the report")
    for spec in section_specs():
        if spec.required and not spec.default:
            walker.open("reports:write-section", spec.key)
            walker.send("Save this section", text=f"What stands under {spec.title}.").sees(
                "is saved."
            )
    passage = EvidenceItem.objects.filter(inspection=job.world.inspection).first()
    assert passage
    for number in range(1, 6):
        walker.open("reports:write-narrative", number)
        walker.send("Save the narrative", text=f"What we say on question {number}.")
        for kind in POINTS:
            walker.open("reports:add-point", number)
            walker.send(
                "Add it to the report", kind=kind, text=f"Point on {number}.", evidence=[passage.pk]
            )
            walker.sees(f"added to question {number}.")


def settle_report(job: Job, coordinator: User) -> None:
    walker = job.walker
    job.at(27, 3)
    job.as_("lead").open("reports:send-report-to-panel").send("Send it to the panel")
    job.at(28, 2)
    job.as_("panel_chair")
    for group in GROUPS:
        walker.open("evaluations:confirm-evaluation", group)
        walker.send("Record the decision", level=4, reason="Tested against precedent.")
    walker.open("reports:approve-report").send("Approve the draft").sees("The draft is approved.")
    job.at(30, 0)
    job.as_("support_officer").open("reports:issue-draft").send("Issue the draft")
    walker.sees("The draft is with the partnership.")
    run_jobs()
    job.at(31, 4)
    walker.as_(coordinator).open("reports:draft").open("reports:comment-on-draft", 1)
    walker.send("Add this comment", text="This is of last year.", evidence="The plan, page 4.")
    walker.open("reports:return-comments").send("Return the comments").sees(
        "with the inspection lead."
    )
    job.at(33, 1)
    comment = FactComment.objects.get(report__inspection=job.world.inspection)
    job.as_("lead").open("reports:answer-comment", comment.pk)
    walker.send("Save this answer", decision="reject", reason="We say which year it is.")
    walker.open("reports:finish-report").send("Settle the final text").sees("The text is final")
    walker.open("reports:attach-young-peoples-version").send(
        "Attach this version",
        title="What we found",
        file=SimpleUploadedFile("found.docx", files.docx()),
    )
    walker.sees("The version for young people is attached.")
    run_jobs()
    job.at(34, 0)
    job.as_("lead").open("reports:schedule-publication")
    walker.send("Schedule publication", hour="09:30", reason="").sees("Publication is scheduled.")
    run_jobs()


@pytest.mark.slow
def test_the_whole_job_by_its_forms(job: Job, client: StrictClient) -> None:
    job.at(-5, 0)
    plan_and_name(job)
    job.at(1, 0, 9)
    notify(job)
    job.at(2, 2, 11)
    coordinator = join(job, by="support_officer", key="coordinator", email=NEWCOMER)
    job.at(2, 4)
    job.moves_on("phase one")
    job.world.people["coordinator"] = coordinator
    join(job, by="coordinator", key="concerns_lead", email="concerns.desk@glenmarrow.example")
    job.at(6, 1)
    self_evaluation(job, coordinator)
    job.at(11, 4, 16)
    job.moves_on("phase two")
    job.at(13, 2)
    evidence(job)
    job.at(19, 4, 16)
    job.moves_on("phase three")
    job.at(22, 2)
    evaluate(job)
    job.at(24, 0)
    write_report(job)
    settle_report(job, coordinator)

    public = f"/reports/{job.walker.reference}/"
    assert job.walker.nobody().client.get(public).status_code == 404
    step = job.world.inspection.steps.get(key="publication")
    job.clock.move_to(timezone.make_aware(datetime(*step.starts_on.timetuple()[:3], 9, 31)))
    run_jobs()
    job.walker.go(public).sees("What stands under Summary.", "Point on 5.", "What we found")
    pdf = b"".join(client.get(f"{public}report.pdf").streaming_content)
    assert pdf.startswith(b"%PDF-")
    job.world.inspection.refresh_from_db()
    assert job.world.inspection.state == "published"
    assert list(broken_links()) == []
