"""People and their accounts, as an administrator sees and keeps them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import permissions, rules
from accounts.actions.accounts import open_account
from accounts.actions.agencies import add_agency
from accounts.actions.offices import give_office
from accounts.actions.people import close_account, move_person, reopen_account
from accounts.models import Agency, User, system_user
from accounts.roles import Role
from audit.models import Event
from core.verdicts import Refused
from inspections.actions.team import end_team_member, name_team_member
from inspections.models import Inspection, Membership
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.cast import PASSWORD
from workspace.example.world import World

DEEDS = ("give-office", "move-person", "close-account", "reopen-account")


def some_people(world: World, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        open_account(
            email=f"findme{number}@glenmarrow.example",
            name=f"Findme {number}",
            designation="Practitioner",
            agency=world.people["coordinator"].agency,
            password="three unlikely words",
            at=world.now,
        )


def _count(client: StrictClient, url: str) -> int:
    client.get(
        url
    )  # the first page of a session writes down that it is in use, the first reading goes on record
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.at_week(0)
def test_people_asks_the_same_of_one_and_of_three(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    some_people(world, 1)
    of_one = _count(client, "/people/?words=findme")
    some_people(world, 2, 1)
    # Twelve where the database is told how long the record may wait, else eleven.
    assert _count(client, "/people/?words=findme") == of_one <= 12


@pytest.mark.at_week(0)
def test_agencies_asks_the_same_of_one_and_of_three(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    before = _count(client, "/agencies/")
    for number in range(3):
        una = world.people["programme_manager"]
        add_agency(name=f"Aa {number}", kind="third_sector", by=una, at=world.now)
    assert _count(client, "/agencies/") == before == 5


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("", "Una Breck", "The clock"),
        ("?words=isla", "Isla Dunmore", "Una Breck"),
        ("?words=lead+dunmore", "Isla Dunmore", "Ross Tummel"),
        ("?words=LEAD%40glenmarrow", "Isla Dunmore", "Una Breck"),
        ("?state=office", "Effie Lorne", "Isla Dunmore"),
        ("?state=closed", "Nobody is like that.", "Isla Dunmore"),
        ("?words=zz&state=open", "Show everybody", "Isla Dunmore"),
        ("?agency=999999", "Una Breck", "The clock"),
        ("?page=nonsense", "Una Breck", "The clock"),
    ],
)
def test_people_are_found(
    world: World, client: StrictClient, query: str, found: str, not_found: str
) -> None:
    system_user()
    page = client.as_(world.people["programme_manager"]).get(f"/people/{query}").content.decode()
    main = page[page.index("<main") :]
    assert found in main
    assert not_found not in main


@pytest.mark.at_week(0)
def test_people_of_one_agency(world: World, client: StrictClient) -> None:
    agency = world.people["health_inspector"].agency
    client.as_(world.people["programme_manager"])
    page = client.get(f"/people/?agency={agency.pk}").content.decode()
    assert "1 person found" in page
    assert "Fiona Kell" in page


@pytest.mark.at_week(3)
def test_person_shows_where_somebody_works_and_nothing_of_it(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    isla = world.people["lead"]
    page = client.get(reverse("accounts:person", args=[isla.pk])).content.decode()
    assert "Inspection lead, <a" in page
    assert "Glenmarrow (JI-2026-001)" in page
    assert (
        "Isla Dunmore leads JI-2026-001 (Glenmarrow). The office goes to somebody else first"
        in page
    )
    assert "Isla Dunmore opened an account." in page
    assert "notified the partnership" not in page
    assert client.get(reverse("accounts:person", args=[system_user().pk])).status_code == 404


@pytest.mark.at_week(0)
def test_person_asks_the_same_whatever_they_do(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    url = reverse("accounts:person", args=[world.people["other_lead"].pk])
    client.get(url)
    bare = _count(client, url)
    for role in (Role.STRATEGIC_INSPECTOR, Role.ASSOCIATE_ASSESSOR):
        name_team_member(
            world.inspection,
            person=world.people["other_lead"],
            role=role,
            until=world.now.date() + timedelta(days=30),
            by=world.people["programme_manager"],
            at=world.now,
        )
    assert _count(client, url) == bare


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["lead", "service_manager", "coordinator", "other_lead"])
def test_people_are_kept_by_the_programme_manager_alone(
    world: World, client: StrictClient, key: str
) -> None:
    client.as_(world.people[key])
    page = client.get("/people/")
    assert page.status_code == 403
    assert "Only a programme manager sees the list of people and agencies." in page.content.decode()
    assert '"/people/"' not in client.get("/").content.decode()
    for deed in DEEDS:
        url = reverse(f"accounts:{deed}", args=[world.people["inspector"].pk])
        assert client.post(url).status_code == 403
    assert permissions.can_close_account(world.people[key], world.people["inspector"]).sentence == (
        "Only a programme manager closes an account."
    )
    assert world.people["inspector"].is_active


@pytest.mark.at_week(3)
def test_move_person_is_refused_while_a_part_depends_on_the_agency(world: World) -> None:
    una, kirsty = world.people["programme_manager"], world.people["health_contributor"]
    council = world.people["coordinator"].agency
    verdict = rules.may_move_person(kirsty, agency=council)
    assert verdict.sentence == (
        "Kirsty Nevis has a part on JI-2026-001 (Glenmarrow), as somebody of NHS Glenmarrow. End that part first, on the "
        "page “Team and partnership”; then move them, and name or invite them anew."
    )
    assert verdict.source == "R3"
    with pytest.raises(Refused):
        move_person(kirsty, agency=council, by=una, at=world.now)
    end_team_member(Membership.objects.get(person=kirsty), by=una, at=world.now)

    before = record.count()
    move_person(kirsty, agency=council, by=una, at=world.now)

    kirsty.refresh_from_db()
    assert kirsty.agency == council
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Una Breck moved Kirsty Nevis from NHS Glenmarrow to Glenmarrow Council."
    )


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("key", "agency", "sentence"),
    [
        ("other_lead", "Glenmarrow Council", ""),
        ("other_lead", "Care Inspectorate", "Ross Tummel belongs to Care Inspectorate already."),
        (
            "panel_chair",
            "Education Scotland",
            "Effie Lorne is chair of the Quality and Consistency Panel, which comes from the Care Inspectorate. "
            "End that office first.",
        ),
    ],
)
def test_may_move_person(world: World, key: str, agency: str, sentence: str) -> None:
    verdict = rules.may_move_person(world.people[key], agency=Agency.objects.get(name=agency))
    assert (bool(verdict), verdict.sentence) == (not sentence, sentence)


@pytest.mark.at_week(0)
def test_move_person_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    ross = world.people["other_lead"]
    url = reverse("accounts:move-person", args=[ross.pk])
    assert "Choose the agency." in client.post(url, {"agency": ""}).content.decode()
    same = client.post(url, {"agency": ross.agency_id}).content.decode()
    assert "belongs to Care Inspectorate already" in same
    agency = Agency.objects.get(name="Education Scotland")
    moved = client.post(url, {"agency": agency.pk}, follow=True).content.decode()
    assert "Ross Tummel belongs to Education Scotland now." in moved


@pytest.mark.at_week(3)
def test_close_account_ends_sign_in_and_every_part(world: World) -> None:
    una, ewan = world.people["programme_manager"], world.people["inspector"]
    his = StrictClient().as_(ewan)
    assert his.get(f"/inspections/{world.inspection.reference}/").status_code == 200
    before = record.count()

    close_account(ewan, by=una, at=world.now)

    assert his.get("/")["Location"].startswith("/account/login/")
    ewan.refresh_from_db()
    assert not ewan.is_active
    assert not Inspection.objects.visible_to(ewan).exists()
    ended = Event.objects.newest_first()[1]
    assert (ended.name, ended.inspection_reference) == (
        "inspections.team_member_ended",
        world.inspection.reference,
    )
    assert record.count() == before + 2
    assert record.last_sentence() == "Una Breck closed the account of Ewan Sleat."


@pytest.mark.at_week(3)
def test_close_account_that_fails_leaves_nothing_behind(world: World) -> None:
    una, ewan, before = (
        world.people["programme_manager"],
        world.people["inspector"],
        record.count(),
    )
    undone(lambda: close_account(ewan, by=una, at=world.now))
    assert User.objects.get(pk=ewan.pk).is_active
    assert Membership.objects.current(date(2025, 9, 19)).filter(person=ewan).exists()
    assert record.count() == before


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("key", "by", "sentence"),
    [
        ("inspector", "programme_manager", ""),
        ("coordinator", "programme_manager", ""),
        (
            "lead",
            "programme_manager",
            "Isla Dunmore leads JI-2026-001 (Glenmarrow). The office goes to somebody else first: choose "
            "“Hand over” beside their name on the page “Team and partnership”. Then close the account.",
        ),
        (
            "programme_manager",
            "programme_manager",
            "Nobody closes their own account. Ask another programme manager to close it.",
        ),
        (
            "programme_manager",
            "service_manager",
            "Una Breck is the only programme manager. Give that office to somebody else first.",
        ),
    ],
)
def test_may_close_account(world: World, key: str, by: str, sentence: str) -> None:
    verdict = rules.may_close_account(world.people[key], by=world.people[by])
    assert (bool(verdict), verdict.sentence) == (not sentence, sentence)


@pytest.mark.at_week(0)
def test_close_account_ends_offices_and_reopen_account_gives_none_back(
    world: World, client: StrictClient
) -> None:
    una, ross = world.people["programme_manager"], world.people["other_lead"]
    give_office(ross, role=Role.SERVICE_MANAGER, by=una, at=world.now)
    client.as_(una)
    close, reopen, about = (
        reverse(f"accounts:{name}", args=[ross.pk])
        for name in ("close-account", "reopen-account", "person")
    )
    assert "the office of Service manager" in client.get(close).content.decode()
    for sentence in ("Ross Tummel&#x27;s account is closed.", "is closed already."):
        assert sentence in client.post(close, follow=True).content.decode()
    assert not ross.offices.exists()
    assert "This account is closed" in client.get(about).content.decode()

    for sentence in ("Ross Tummel can sign in again.", "is open already."):
        assert sentence in client.post(reopen, follow=True).content.decode()

    ross.refresh_from_db()
    assert ross.is_active
    assert not ross.offices.exists()
    assert record.last_sentence() == "Una Breck opened the account of Ross Tummel again."
    with pytest.raises(Refused, match="open already"):
        reopen_account(ross, by=una, at=world.now)
    assert not rules.may_reopen_account(system_user())


@pytest.mark.at_week(0)
def test_administration_asks_who_is_there(client: StrictClient, db: None) -> None:
    for url in ("/people/", "/people/1/", "/agencies/", "/people/invite/"):
        assert client.get(url)["Location"].startswith("/account/login/")


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def _window(person: User) -> StrictClient:
    """A browser in which somebody has signed in with their password."""
    client = StrictClient(headers={"User-Agent": FIREFOX})
    typed = {"login": person.email, "password": PASSWORD}
    assert client.post("/account/login/", typed)["Location"] == "/"
    return client


@pytest.mark.at_week(3)
def test_close_account_ends_every_session_and_reopening_brings_none_back(world: World) -> None:
    una, ewan = world.people["programme_manager"], world.people["inspector"]
    own, thief, others = _window(ewan), _window(ewan), _window(world.people["lead"])
    # A new password gives this session another key, under which the list does not know it.
    new = "four loud lochs here"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert own.post(reverse("account_change_password"), typed).status_code == 302
    thief = StrictClient(headers={"User-Agent": FIREFOX})
    thief.cookies = own.cookies.copy()
    assert thief.get("/").status_code == 200

    close_account(ewan, by=una, at=world.now)

    for window in (own, thief):
        assert window.get("/")["Location"].startswith("/account/login/")
    assert not UserSession.objects.filter(user=ewan).exists()
    reopen_account(ewan, by=una, at=world.now)
    for window in (own, thief):
        assert window.get("/")["Location"].startswith("/account/login/")
    assert others.get("/").status_code == 200


@pytest.mark.at_week(3)
def test_a_reopened_account_asks_for_the_second_proof_it_had(world: World) -> None:
    una, ewan = world.people["programme_manager"], world.people["inspector"]
    TOTP.activate(ewan, generate_totp_secret())
    close_account(ewan, by=una, at=world.now)
    typed = {"login": ewan.email, "password": PASSWORD}
    assert StrictClient().post("/account/login/", typed, follow=True).context["user"].is_anonymous

    reopen_account(ewan, by=una, at=world.now)
    cache.clear()
    answer = StrictClient().post("/account/login/", typed)
    assert answer["Location"] == reverse("mfa_authenticate")


@pytest.mark.at_week(0)
def test_a_persons_page_leads_to_the_lost_device_for_who_may(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    person = world.people["lead"]
    page = client.get(f"/people/{person.pk}/").content.decode()
    way = f'href="{reverse("accounts:reset-second-factor")}?person={person.pk}"'
    assert way not in page
    assert f"{person.name} has no second proof" in page
    TOTP.activate(person, generate_totp_secret())
    assert way in client.get(f"/people/{person.pk}/").content.decode()
