"""One joint inspection in a real browser, from planning to the published report, by each person in turn.

Glenmarrow does not exist; every word about it is invented. The same core is done once more without any script.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from inspections.models import Area, Inspection
from reports.tasks import publish_due_reports
from tests.browser.desk import Desk, link_in_last_letter
from tests.cast import everybody
from tests.documents import files
from tests.inspections.declared import named_and_let_in
from tests.jobs import run_jobs
from tests.scenes import NOTIFIED_ON, PLANNED_AT
from workspace.example import reporting, story
from workspace.example.world import World, begin

PASSWORD = "four green boats at anchor"
NEWCOMER = "senga.carrick@glenmarrow.example"
BY_FORM = ("lead", "inspector", "support_officer")
SEALING = ("lead", "inspector", "health_inspector")
GROUPS = ("1.1", "2.1", "2.2", "9.1-9.4")


def spoken(group: str) -> str:
    """A group as the pages say it: ``9.1 to 9.4``."""
    return group.replace("-", " to ")


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock of the story; ``clock.move_to(...)`` sets it for the server too, which runs in this process."""
    with time_machine.travel(PLANNED_AT, tick=True) as moved:
        yield moved


@pytest.fixture
def begun(reference_data: None, clock: Any) -> World:
    """Glenmarrow and its people, before anything is planned. The co-ordinator has no account yet."""
    world = begin(notified_on=NOTIFIED_ON, now=PLANNED_AT, planned_at=PLANNED_AT)
    world.people = everybody(PLANNED_AT)
    return world


@pytest.fixture
def desk(page: Page, live_server: Any, sign_in: Any) -> Desk:
    return Desk(page, live_server.url, sign_in)


@pytest.fixture
def plain_desk(browser: Browser, live_server: Any, sign_in: Any) -> Iterator[Desk]:
    """A browser in which no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield Desk(context.new_page(), live_server.url, sign_in)
    context.close()


def at(clock: Any, world: World, week: int, weekday: int, hour: int = 10) -> datetime:
    """Move to this hour of that day of the counted week."""
    moment = world.moment(week, weekday, hour)
    clock.move_to(moment)
    world.now = moment
    return moment


# ---------- The deeds, each as somebody does it ----------


def plan(desk: Desk, world: World, area: str, on: str) -> Inspection:
    desk.as_(world.people["programme_manager"]).open("workspace:programme").press(
        "Plan an inspection"
    )
    desk.fill(
        area=str(Area.objects.get(name=area).pk),
        planned_for=on,
        chosen_because="rotation",
        chosen_words="Six years since the last inspection.",
        requested_on="3 March 2025",
        timetable_approved_on="1 May 2025",
    )
    desk.press("Plan this inspection").sees(f"The inspection of {area} is planned as")
    return Inspection.objects.get(area__name=area)


def name_team(desk: Desk, world: World, now: datetime) -> None:
    """Three by the form, the others by the same deed without it."""
    for person in story.cast.TEAM:
        named = world.people[person.key]
        if person.key not in BY_FORM:
            named_and_let_in(
                world.inspection,
                person=named,
                role=person.role,
                until=story.last_day(world, person.role),
                by=world.people["programme_manager"],
                at=now,
            )
            continue
        desk.open("inspections:team").press("Name somebody to the team")
        desk.fill(person=str(named.pk), role=person.role.value).press("Name this person")
        desk.sees(f"{named.name} is")
    for key in BY_FORM:
        desk.as_(world.people[key]).open("inspections:declare-interest")
        desk.fill(answer="nothing").press("Declare").sees("is open to you.")
    desk.as_(world.people["programme_manager"])


def fill_in_addressees(desk: Desk, world: World, *, leave_out: str = "") -> None:
    desk.as_(world.people["support_officer"]).open("inspections:name-addressees")
    for office, (name, mailbox) in story.ADDRESSEES.items():
        email = "" if office == leave_out else f"{mailbox}@glenmarrow.example"
        desk.fill(**{f"{office}-name": name, f"{office}-email": email})
    desk.press("Save the addressees").sees("The addressees are saved.")


def notify(desk: Desk, world: World) -> None:
    desk.as_(world.people["lead"]).open("inspections:notify-partnership").press(
        "Notify the partnership"
    )
    desk.sees("is notified. Five letters are on their way.")


def coordinator_joins(desk: Desk, world: World) -> User:
    """Invited by form, joined by the link of the letter."""
    desk.as_(world.people["support_officer"]).open("inspections:team").press("Invite somebody")
    desk.fill(
        name="Senga Carrick",
        email=NEWCOMER,
        designation="Inspection co-ordinator",
        agency=str(world.people["coordinator"].agency_id),
        role="inspection_coordinator",
    )
    desk.press("Send the invitation").sees(f"The invitation is on its way to {NEWCOMER}.")
    desk.nobody().page.goto(desk.url + link_in_last_letter(NEWCOMER))
    desk.sees(NEWCOMER).fill(password=PASSWORD, again=PASSWORD).press("Join")
    desk.sees("You have joined as")
    return User.objects.get(email=NEWCOMER)


def answer_everything(desk: Desk, *, autosaves: bool) -> None:
    for number in range(1, 6):
        desk.open("evaluations:answer-question", number)
        desk.fill(
            how_good=f"Children get help early; this is the answer to question {number}.",
            how_do_we_know="We count it each month and ask those concerned.",
            what_next="One rota from January.",
        )
        if autosaves and number == 1:
            desk.sees("Saved on the server at")
        desk.press("Save and continue").sees(
            f"Your answer to question {number} is saved on the server."
        )


def add_files(desk: Desk, *, scripted: bool) -> None:
    desk.open("evaluations:link-evidence", 2)
    several = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        for name, content in (
            ("audit.pdf", files.pdf()),
            ("notes.txt", b"notes"),
            ("empty.pdf", b""),
        )
    ]
    desk.fill(files=several).press("Add the files")
    desk.sees("“empty.pdf” is empty: it has no bytes.")
    if scripted:
        desk.sees("2 files were added. 1 was not")
    run_jobs()
    desk.open("evaluations:link-evidence", 2)
    for box in desk.page.locator("main [name=documents]").all():
        desk.tick(box)
    desk.press("Link the ticked files").sees("2 files are linked.", "audit.pdf")


def send_in(desk: Desk) -> None:
    desk.open("evaluations:submit-self-evaluation").sees("this is the answer to question 5")
    desk.fill(has_read=True).press("Send in the joint self-evaluation")
    desk.sees("The joint self-evaluation is received. This is your receipt.", "audit.pdf")


def record(desk: Desk, person: User, source: str, direction: str, words: str) -> None:
    desk.as_(person).open("evaluations:evidence").press("Record evidence")
    page = desk.page
    desk.fill(source_type=source, activity="Focus group, day 3", text=words, direction=direction)
    for name in ("indicators", "questions"):
        for box in page.locator(f"main [name={name}]").all():
            desk.tick(box)
    desk.press("Save this evidence").sees("is saved. You can record the next one.")


def seal(desk: Desk, person: User, group: str, level: int) -> None:
    desk.as_(person).open("evaluations:evaluation", group)
    desk.fill(level=level, rationale="The evidence points this way, and not one level higher.")
    desk.press("Save and go on to seal").press("Seal my evaluation")
    desk.sees(f"Your evaluation of {spoken(group)} is sealed.")


def move_on(desk: Desk, world: World, now: datetime, stands_at: str) -> None:
    """The support officer has kept the timetable; the lead opens the next phase."""
    story.steps_gone_by(world, now)
    desk.as_(world.people["lead"]).open("inspections:open-next-phase").confirm()
    desk.sees(f"The inspection stands at {stands_at} now.")
    world.inspection.refresh_from_db()


def confirm(desk: Desk, name: str, words: str, sentence: str) -> None:
    desk.open(name).press(words).sees(sentence)


# ---------- The stories ----------


def test_a_real_area_is_planned_and_keeps_its_real_holidays(desk: Desk, begun: World) -> None:
    inspection = plan(desk, begun, "Orkney Islands", "Monday 1 September 2025")
    desk.sees("Orkney Islands", "Planned; the partnership has not been notified yet.")
    expect(desk.page.locator(".app-bar")).to_have_count(0)
    desk.reference = inspection.reference
    desk.open("inspections:timetable").sees("This is how the dates would fall")


@pytest.mark.slow
def test_the_whole_job(desk: Desk, begun: World, clock: Any) -> None:
    world, people = begun, begun.people
    now = at(clock, world, -5, 0)
    inspection = world.planned = plan(desk, world, "Glenmarrow", "1 September 2025")
    desk.reference = inspection.reference
    name_team(desk, world, now)

    at(clock, world, 1, 0, 9)
    fill_in_addressees(desk, world, leave_out="council_chief_executive")
    desk.as_(people["lead"]).open("inspections:notify-partnership")
    desk.misses("Notify the partnership").sees(
        "The letters cannot go yet.", "Chief executive of the council"
    )
    fill_in_addressees(desk, world)
    notify(desk, world)
    run_jobs()
    desk.open("inspections:letters")
    expect(desk.page.locator("main .app-facts a")).to_have_count(5)

    at(clock, world, 2, 2, 11)
    coordinator = coordinator_joins(desk, world)
    now = at(clock, world, 2, 4)
    move_on(desk, world, now, "phase one")
    now = at(clock, world, 3, 1)
    _others_join(world, coordinator, now)

    at(clock, world, 6, 1)
    desk.nobody().page.goto(desk.url + "/")
    desk.fill(login=NEWCOMER, password=PASSWORD).press("Sign in").sees("Glenmarrow")
    answer_everything(desk, autosaves=True)
    add_files(desk, scripted=True)
    send_in(desk)
    run_jobs()
    desk.page.reload()
    expect(desk.page.locator("main a[href*='/documents/']").first).to_be_visible()

    now = at(clock, world, 11, 4, 16)
    move_on(desk, world, now, "phase two")
    at(clock, world, 13, 2)
    record(desk, people["inspector"], "records", "strength", "Most plans had clear aims.")
    record(
        desk, people["health_inspector"], "focus_group", "weakness", "The group told of waiting."
    )
    record(desk, people["lead"], "interview", "neutral", "Leaders described what comes next.")
    now = at(clock, world, 19, 4, 16)
    move_on(desk, world, now, "phase three")

    at(clock, world, 20, 1)
    desk.as_(people["lead"])
    desk.open("evaluations:open-evaluating").confirm().sees("Evaluating is open.")
    for evaluator in world.inspection.evaluators.exclude(
        person__in=[people[key] for key in SEALING]
    ):
        desk.open("evaluations:excuse-evaluator", evaluator.pk).fill(reason="Has left the team.")
        desk.press("Excuse").sees(f"Nobody waits for {evaluator.person.name} any more.")
    at(clock, world, 21, 3)
    for key, level in zip(SEALING, (4, 3, 5), strict=True):
        for group in GROUPS:
            seal(desk, people[key], group, level)
    at(clock, world, 22, 2)
    desk.as_(people["lead"])
    for group in GROUPS:
        desk.open("evaluations:propose-evaluation", group).fill(
            level=4, rationale="Most of it is good."
        )
        desk.press("Record the proposal").sees(f"The proposal for {spoken(group)} is on record.")
    desk.open("evaluations:share-evaluations").confirm()
    desk.sees("The partnership sees the four evaluations now, as provisional.")

    now = at(clock, world, 24, 0)
    reporting.write_it(world, now)
    desk.as_(people["lead"])
    _writes_one_question(desk)
    at(clock, world, 27, 3)
    desk.as_(people["lead"])
    confirm(
        desk,
        "reports:send-report-to-panel",
        "Send it to the panel",
        "The report is with the panel.",
    )
    at(clock, world, 28, 2)
    desk.as_(people["panel_chair"])
    for group in GROUPS:
        desk.open("evaluations:confirm-evaluation", group).fill(
            level=4, reason="Tested against precedent."
        )
        desk.press("Record the decision").sees(
            f"The panel's decision on {spoken(group)} is on record."
        )
    confirm(desk, "reports:approve-report", "Approve the draft", "The draft is approved.")
    at(clock, world, 30, 0)
    desk.as_(people["support_officer"])
    confirm(desk, "reports:issue-draft", "Issue the draft", "The draft is with the partnership.")
    run_jobs()

    at(clock, world, 31, 4)
    desk.as_(coordinator).open("reports:draft").sees("Draft for factual accuracy")
    desk.open("reports:comment-on-draft", 1)
    desk.fill(text="This is of last year.", evidence="The plan, page 4.").press("Add this comment")
    desk.sees("Your comment on paragraph 1 is added.")
    confirm(
        desk,
        "reports:return-comments",
        "Return the comments",
        "The comments are with the inspection lead.",
    )

    at(clock, world, 33, 1)
    desk.as_(people["lead"]).open("reports:comments")
    desk.page.locator("main a[href$='/answer/']").click()
    desk.fill(decision="reject", reason="We say which year it is.").press("Save this answer")
    desk.sees("The comment on paragraph 1 is answered.")
    confirm(desk, "reports:finish-report", "Settle the final text", "The text is final")
    desk.open("reports:attach-young-peoples-version").fill(
        title="What we found",
        file={
            "name": "what-we-found.docx",
            "mimeType": "application/octet-stream",
            "buffer": files.docx(),
        },
    )
    desk.press("Attach this version").sees("The version for young people is attached.")
    run_jobs()
    at(clock, world, 34, 0, 9)
    desk.as_(people["lead"])
    day = world.day(35, 1)
    desk.open("reports:schedule-publication")
    desk.fill(day=f"{day.day} {day:%B %Y}", hour="09:30", reason="Agreed with the partnership.")
    desk.press("Schedule publication").sees("Publication is scheduled.")
    run_jobs()
    public = f"{desk.url}/reports/{world.inspection.reference}/"
    assert desk.nobody().page.goto(public).status == 404

    moment = world.moment(35, 1, 9) + timedelta(minutes=31)
    clock.move_to(moment)
    publish_due_reports(now=timezone.now())
    run_jobs()
    assert desk.page.goto(public).status == 200
    desk.sees("Glenmarrow", "Children come first", "What we found")
    pdf = desk.page.request.get(f"{public}report.pdf")
    assert pdf.status == 200 and pdf.body().startswith(b"%PDF-")
    assert desk.page.request.get(f"{public}young-people/").status == 200
    world.inspection.refresh_from_db()
    assert world.inspection.state == "published"


def _others_join(world: World, coordinator: User, now: datetime) -> None:
    """The rest of the partnership, by the co-ordinator's invitations."""
    here = {**world.people, "coordinator": coordinator}
    others = World(world.notified_on, now, world.area, here, world.inspection)
    story.partnership_joins(others, now)


def _writes_one_question(desk: Desk) -> None:
    """The rest of the report is written by the story; this much by hand."""
    desk.open("reports:write-narrative", 1)
    desk.fill(text="Children come first. What we read and heard agrees.").press(
        "Save the narrative"
    )
    desk.sees("The narrative of question 1 is saved.")
    desk.open("reports:add-point", 1)
    first = desk.page.locator("main [name=evidence]").first.get_attribute("value")
    desk.fill(kind="strength", text="Children come first in what is decided.", evidence=[first])
    desk.press("Add it to the report").sees("added to question 1.")


@pytest.mark.slow
def test_the_core_of_it_without_any_script(plain_desk: Desk, begun: World, clock: Any) -> None:
    desk, world = plain_desk, begun
    now = at(clock, world, -5, 0)
    world.planned = plan(desk, world, "Glenmarrow", "1 September 2025")
    desk.reference = world.inspection.reference
    name_team(desk, world, now)
    at(clock, world, 1, 0, 9)
    fill_in_addressees(desk, world)
    notify(desk, world)
    run_jobs()
    at(clock, world, 2, 2, 11)
    coordinator = coordinator_joins(desk, world)
    now = at(clock, world, 2, 4)
    move_on(desk, world, now, "phase one")
    now = at(clock, world, 3, 1)
    _others_join(world, coordinator, now)

    at(clock, world, 6, 1)
    desk.as_(coordinator)
    answer_everything(desk, autosaves=False)
    add_files(desk, scripted=False)
    send_in(desk)
    now = at(clock, world, 11, 4, 16)
    move_on(desk, world, now, "phase two")
    at(clock, world, 13, 2)
    record(desk, world.people["inspector"], "records", "strength", "Most plans had clear aims.")
    now = at(clock, world, 19, 4, 16)
    move_on(desk, world, now, "phase three")
    at(clock, world, 20, 1)
    desk.as_(world.people["lead"])
    desk.open("evaluations:open-evaluating").confirm().sees("Evaluating is open.")
    seal(desk, world.people["lead"], "2.1", 4)
