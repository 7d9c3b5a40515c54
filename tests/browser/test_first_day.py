"""The co-ordinator's first day in a real browser: she joins, signs in here and elsewhere, and gives work to others.

Four machines: her own, which holds a passkey; another one, which does not; the contributor's; the stand-in's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page, expect

from accounts.models import Agency, User
from audit.record import broken_links
from evaluations.actions.evidence import record_evidence
from evaluations.enums import Direction, SourceType
from evaluations.models import Indicator, Question
from inspections.models import Inspection
from tests.accounts.test_second_factor import code_now
from tests.browser.desk import Desk, link_in_last_letter, look
from tests.house import addresses
from tests.inspections.beside import otherglen
from workspace.example import cast
from workspace.example.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.at_week(2, weekday=1)]
COORDINATOR, NURSE = "rona.brae@glenmarrow.example", "una.skene@glenmarrow.example"
PASSWORD = "four green boats at anchor"
COUNCILS = "What only the council has written."
TEAMS = "What the team alone has noted."
UNFINISHED = "The second half, which is typed and not saved."
RECEIVED = "Help comes early."

Open = Callable[[], Desk]
See = Callable[[Desk, str], None]


@pytest.fixture
def machine(
    browser: Browser, live_server: Any, sign_in: Any, world: World, settings: Any
) -> Iterator[Open]:
    """Another machine each time: a browser that knows nobody yet. Real accounts need a second proof on all of them."""
    cache.clear()  # tries are counted there
    settings.SECOND_FACTOR_REQUIRED = True
    with ExitStack() as open_ones:

        def another() -> Desk:
            context = browser.new_context()
            open_ones.callback(context.close)
            found = Desk(context.new_page(), live_server.url, sign_in)
            found.reference = world.inspection.reference
            return found

        yield another


@pytest.fixture
def own(page: Page, finger: Any, machine: Open, live_server: Any, sign_in: Any) -> Desk:
    """The co-ordinator's own machine, which keeps passkeys."""
    return Desk(page, live_server.url, sign_in)


@pytest.fixture
def see(request: Any) -> See:
    """Nothing is wrong with the page that is open, at both widths; the window is wide again then."""

    def at_both_widths(desk: Desk, name: str) -> None:
        look(desk, request, name)
        desk.page.set_viewport_size({"width": 1280, "height": 900})

    return at_both_widths


# ---------- Joining and signing in ----------


def invite(desk: Desk, name: str, email: str, agency: Agency, role: str) -> None:
    desk.open("inspections:team").press("Invite somebody")
    desk.fill(name=name, email=email, agency=str(agency.pk), role=role)
    desk.press("Send the invitation").sees(f"The invitation is on its way to {email}.")


def join(desk: Desk, *, as_: str) -> None:
    """With a password, on the page that the letter or the code has opened."""
    desk.fill(password=PASSWORD, again=PASSWORD).press("Join")
    desk.sees(f"You have joined as {as_}.")


def set_up_a_passkey(desk: Desk, see: See) -> None:
    desk.sees("One more lock on your account", "As inspection co-ordinator you read")
    see(desk, "one-more-lock")
    desk.press("Set up a passkey").fill(name="Work laptop").press("Set up the passkey")
    desk.sees("Your recovery codes", "10 codes of 10 left")
    see(desk, "recovery-codes")
    desk.press("I have kept them: go on")
    expect(desk.page.locator("h1")).to_have_text("Overview")


def set_up_a_code_app(desk: Desk, see: See) -> str:
    """By the page of one's account; gives the key that the telephone keeps."""
    desk.page.locator(".app-header__who a").click()
    desk.press("Passkeys, codes, sessions and your e-mail address").press("Set up a code app")
    secret = desk.page.locator(".app-key").inner_text()
    desk.fill(code=code_now(secret)).press("Start using it")
    desk.sees("What opens your account", "Work laptop", "In use", "10 codes left")
    see(desk, "signing-in")
    return secret


def sign_out(desk: Desk) -> None:
    desk.press("Sign out", within=".app-header")
    expect(desk.page.locator(".app-header__who")).to_have_text("Sign in")


def sign_in_with_password(desk: Desk, email: str, password: str) -> Desk:
    desk.page.goto(f"{desk.url}{reverse('account_login')}")
    return desk.fill(login=email, password=password).press("Sign in")


def sign_in_with_a_code(desk: Desk, secret: str, see: See) -> None:
    """A wrong code opens nothing, nor does an address typed by hand in place of a code."""
    sign_in_with_password(desk, COORDINATOR, PASSWORD).sees("Your password was right.")
    desk.fill(code="000000").press("Sign in").sees("That is not the code that is right now.")
    see(desk, "wrong-code")
    team = desk.url + reverse("inspections:team", args=[desk.reference])
    desk.page.goto(team)
    expect(desk.page.locator("h1")).to_have_text("Your second proof")
    desk.fill(code=code_now(secret, steps=1)).press("Sign in")
    expect(desk.page.locator(".app-header__who")).to_contain_text("Rona Brae")


def join_with_a_code(desk: Desk, support: Desk, see: See) -> None:
    """The support officer reads out a code; it is typed once wrongly."""
    support.open("inspections:team").press("Make a code to read out to Una Skene")
    support.press("Make a code to read out").sees("Read it out now")
    see(support, "code-to-read-out")
    code = support.page.locator("#code").inner_text()

    desk.page.goto(f"{desk.url}{reverse('account_login')}")
    desk.press("join with it").fill(email=NURSE, code="2222 2222 2222").press("Go on")
    desk.sees("do not go together")
    see(desk, "wrong-joining-code")
    desk.fill(email=NURSE, code=code).press("Go on").sees(
        "invites Una Skene as contributor of an agency."
    )
    see(desk, "invited")
    join(desk, as_="contributor of an agency")


# ---------- What a contributor sees ----------


def offered(desk: Desk) -> dict[str, str]:
    """Whatever the links of this person's pages lead to, from the home page on: every address with all its words."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        try:
            answer = desk.page.goto(desk.url + path, wait_until="domcontentloaded")
        except Error:  # a file, which is not opened but taken
            found[path] = desk.page.context.request.get(desk.url + path).text()
            continue
        assert answer, path
        assert answer.status == 200, f"A link leads to {path}, which answers {answer.status}."
        found[path] = desk.page.content()
        waiting += _links_of(desk)
        assert len(found) < 400, "The links go on for ever."
    return found


def _links_of(desk: Desk) -> list[str]:
    """Where the links of this page lead on this site. The report of a problem is one page, whichever page it is about."""
    links = desk.page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    plain = (urldefrag(link).url.partition("?from=")[0] for link in links)
    return [link.removeprefix(desk.url) for link in plain if link.startswith(desk.url + "/")]


def of_one_inspection() -> list[str]:
    """The names of all pages that need no more than an inspection's reference."""
    return [
        name
        for name, address in addresses.named().items()
        if address.parts == ("reference",) and "GET" in address.methods
    ]


def is_refused(desk: Desk, path: str, *, else_leads_to: Collection[str] = ()) -> None:
    """Typed by hand it opens nothing and a sentence says so; or it leads back to a page that is offered anyway."""
    answer = desk.page.goto(desk.url + path, wait_until="domcontentloaded")
    assert answer, path
    if answer.status == 200 and urlsplit(answer.url).path in else_leads_to:
        return
    assert answer.status in (403, 404), f"{path} answers {answer.status}."
    assert desk.page.locator("main .app-head__now").inner_text().endswith("."), path


def sees_own_part_and_nothing_else(desk: Desk, elsewhere: Inspection) -> None:
    """Neither by any link nor by any address."""
    pages = offered(desk)
    others = [question.text for question in Question.objects.exclude(number=2)]
    for words in (COUNCILS, TEAMS, elsewhere.reference, elsewhere.area.name, *others):
        assert [path for path, page in pages.items() if words in page] == [], words
    opened = {urlsplit(path).path for path in pages}
    for name in of_one_inspection():
        path = reverse(name, args=[desk.reference])
        if path not in opened:
            is_refused(desk, path, else_leads_to=opened)
        is_refused(desk, reverse(name, args=[elsewhere.reference]))
    for number in (1, 3, 4, 5):
        for name in ("answer-question", "link-evidence"):
            is_refused(desk, reverse(f"evaluations:{name}", args=[desk.reference, number]))


# ---------- Giving work to others ----------


def give(desk: Desk, number: int, agency: str) -> None:
    desk.open("evaluations:give-parts")
    box = desk.page.locator(f"main [name=question_{number}]").and_(
        desk.page.get_by_label(agency, exact=True)
    )
    desk.tick(box).press("Give out the questions").sees("The questions are given out.")


def note_of_the_team(world: World) -> None:
    record_evidence(
        world.inspection,
        source_type=SourceType.FOCUS_GROUP,
        activity="Focus group",
        text=TEAMS,
        direction=Direction.STRENGTH,
        indicators=Indicator.objects.all()[:1],
        questions=Question.objects.filter(number=2),
        by=world.people["lead"],
        at=world.now,
    )


def stands_in(desk: Desk, person: User, see: See) -> None:
    """Signs in, sees for whom, and gives out a part in the co-ordinator's place."""
    sign_in_with_password(desk, person.email, cast.PASSWORD)
    desk.open("workspace:overview").sees("You stand in for Rona Brae as inspection co-ordinator.")
    see(desk, "overview-of-a-stand-in")
    desk.open("evaluations:answer-question", 5)
    expect(desk.page.locator("main [name=how_good]")).to_have_value(COUNCILS)
    give(desk, 3, "NHS Glenmarrow")


def hand_over(desk: Desk, to: User) -> None:
    desk.open("inspections:team").press(
        "Hand over the office of Rona Brae as inspection co-ordinator"
    )
    desk.fill(person=str(to.pk)).press("Hand over the office")
    desk.sees(f"{to.name} is inspection co-ordinator now.")


def loses_no_word(desk: Desk, see: See) -> None:
    """The page was open when the office went to somebody else."""
    desk.fill(how_do_we_know=UNFINISHED)
    said = desk.page.locator("[data-journal-said]")
    expect(said).to_contain_text("Your part in this inspection", timeout=10_000)
    expect(said).to_contain_text("Press the button below to see it all and copy it.")
    see(desk, "office-gone-mid-edit")
    desk.press("Save and continue").sees("Your part in this inspection as inspection co-ordinator")
    shown = desk.page.locator("main textarea").evaluate_all("all => all.map(one => one.value)")
    assert {COUNCILS, UNFINISHED} <= set(shown)
    see(desk, "office-gone")


# ---------- The story ----------


def test_the_first_day(own: Desk, machine: Open, world: World, see: See) -> None:
    elsewhere = otherglen(world, on=date(2025, 11, 3))
    note_of_the_team(world)
    council = Agency.objects.get(name="Glenmarrow Council")
    board = Agency.objects.get(name="NHS Glenmarrow")
    support = machine().as_(world.people["support_officer"])

    # She joins by the letter, sets up a passkey and a code app, and signs in with the passkey.
    invite(support, "Rona Brae", COORDINATOR, council, "inspection_coordinator")
    own.page.goto(own.url + link_in_last_letter(COORDINATOR))
    join(own, as_="inspection co-ordinator")
    set_up_a_passkey(own, see)
    secret = set_up_a_code_app(own, see)
    sign_out(own)
    own.press("Sign in with a passkey").sees("Rona Brae")

    # On another machine she signs in with a code, invites the board's contributor and gives the board its part.
    other = machine()
    sign_in_with_a_code(other, secret, see)
    invite(other, "Una Skene", NURSE, board, "contributor")
    give(other, 2, "NHS Glenmarrow")
    other.open("evaluations:answer-question", 5).fill(how_good=COUNCILS)
    other.press("Save and continue").sees("is saved on the server")

    # The contributor joins by a code that is read out, and sees the board's part alone.
    nurse = machine()
    join_with_a_code(nurse, support, see)
    sees_own_part_and_nothing_else(nurse, elsewhere)
    nurse.open("evaluations:answer-question", 2).fill(how_good=RECEIVED)
    nurse.press("Save and continue").sees("is saved on the server")

    # A stand-in gives another part in her place; then the office goes on while her own page is open.
    stand_in, successor = world.people["concerns_lead"], world.people["coordinator"]
    other.open("inspections:team").press("Name a stand-in for Rona Brae as inspection co-ordinator")
    other.fill(person=str(stand_in.pk)).press("Name the stand-in")
    other.sees(f"{stand_in.name} stands in for Rona Brae.")
    stands_in(machine(), stand_in, see)
    lead = machine().as_(world.people["lead"])
    lead.open("inspections:log").sees("Ailsa Corran, for Rona Brae")
    own.reference = world.inspection.reference
    own.open("evaluations:answer-question", 5)
    hand_over(other, successor)
    loses_no_word(own, see)
    assert list(broken_links()) == []


# ---------- The same, without a mouse and without a script ----------


def stops_at(desk: Desk, words: str) -> Desk:
    """Go from stop to stop by the keyboard until the one whose words begin so."""
    asked = "one => one.labels?.length ? one.labels[0].textContent : one.textContent"
    for _ in range(40):
        desk.page.keyboard.press("Tab")
        here = desk.page.locator(":focus")
        if here.count() and " ".join(here.evaluate(asked).split()).startswith(words):
            return desk
    raise AssertionError(f"The keyboard never comes to “{words}” on {desk.page.url}.")


def test_a_passkey_and_a_code_app_are_set_up_by_the_keyboard_alone(
    own: Desk, world: World, machine: Open
) -> None:
    own.as_(world.people["inspector"]).open("accounts:signing-in")
    keys = own.page.keyboard
    stops_at(own, "Set up a passkey")
    keys.press("Enter")
    own.sees("Your fingerprint, your face or the PIN")
    stops_at(own, "Name")
    keys.type("Work laptop")
    stops_at(own, "Set up the passkey")
    keys.press("Enter")
    own.sees("Your recovery codes")
    own.open("accounts:signing-in")
    stops_at(own, "Set up a code app")
    keys.press("Enter")
    own.sees("Read the square with the app")
    secret = own.page.locator(".app-key").inner_text()
    stops_at(own, "Code")
    keys.type(code_now(secret))
    keys.press("Enter")
    own.sees("Your code app is in use.")


def test_without_a_script_one_joins_and_signs_in_by_a_code(
    browser: Browser, machine: Open, world: World, live_server: Any, sign_in: Any
) -> None:
    support = machine().as_(world.people["support_officer"])
    council = Agency.objects.get(name="Glenmarrow Council")
    invite(support, "Rona Brae", COORDINATOR, council, "inspection_coordinator")
    context = browser.new_context(java_script_enabled=False)
    plain = Desk(context.new_page(), live_server.url, sign_in)
    plain.page.goto(plain.url + link_in_last_letter(COORDINATOR))
    join(plain, as_="inspection co-ordinator")
    plain.press("Set up a passkey").sees("they need JavaScript").press("Set up a code app")
    secret = plain.page.locator(".app-key").inner_text()
    plain.fill(code=code_now(secret)).press("Start using it").sees("Your recovery codes")
    plain.press("I have kept them: go on")
    sign_out(plain)
    sign_in_with_password(plain, COORDINATOR, PASSWORD).sees("Your password was right.")
    for number in range(6):
        plain.fill(code=f"00000{number}").press("Sign in")
    plain.sees("Too many wrong tries. Nothing is taken for five minutes")
    context.close()
