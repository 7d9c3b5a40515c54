"""Raising a concern: by whom, when, once; who is told; and that its words stand nowhere else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from concerns.actions.concerns import raise_concern
from concerns.models import Concern
from core.models import Letter
from core.verdicts import Refused
from tests.client import StrictClient
from tests.concerns.raised import PLACE, SECRET, WHO, WORDS, raised
from tests.jobs import run_jobs
from workspace.example import cast
from workspace.example.world import World

RAISE = {person.key for person in cast.TEAM} | {"local_reader"}
TYPED = {"is_immediate": "no", "words": WORDS, "who": WHO, "place": PLACE}


def _url(world: World) -> str:
    return reverse("concerns:raise-concern", args=[world.inspection.reference])


@pytest.mark.at_week(14)
@pytest.mark.parametrize("key", [person.key for person in cast.EVERYBODY])
def test_raise_concern_is_for_the_team_and_local_readers(world: World, key: str) -> None:
    if key in RAISE:
        assert raised(world, by=key).number == 2
        return
    with pytest.raises(Refused, match=r"Only the inspectors, .* raise a concern\."):
        raised(world, by=key)


@pytest.mark.at_week(0)
def test_raise_concern_waits_for_the_notification(world: World) -> None:
    with pytest.raises(Refused, match=r"once the partnership has been notified.* ring .* 999\."):
        raised(world)


@pytest.mark.slow
@pytest.mark.at_week(36)
def test_raise_concern_is_there_after_publication_too(world: World) -> None:
    assert raised(world).number == 2


@pytest.mark.at_week(14)
def test_raise_concern_tells_the_lead_alone_and_no_letter_says_what(world: World) -> None:
    run_jobs()
    before = set(Letter.objects.values_list("pk", flat=True))
    raised(world)
    run_jobs()
    letters = Letter.objects.exclude(pk__in=before)
    assert [one.to for one in letters] == [world.people["lead"].email]
    assert letters[0].subject == "Glenmarrow: a concern waits for you"
    assert not any(word in letters[0].body for word in SECRET)
    assert "/concerns/2/" in letters[0].body


@pytest.mark.at_week(14)
def test_raise_concern_about_danger_tells_the_depute_and_the_service_manager(world: World) -> None:
    run_jobs()
    before = set(Letter.objects.values_list("pk", flat=True))
    raised(world, is_immediate=True)
    run_jobs()
    told = set(Letter.objects.exclude(pk__in=before).values_list("to", flat=True))
    assert told == {world.people[key].email for key in ("lead", "depute", "service_manager")}


@pytest.mark.at_week(14)
def test_the_record_holds_the_number_alone(world: World) -> None:
    raised(world, by="associate")
    event = Event.objects.newest_first()[0]
    assert narrate(event) == "Neil Orrin raised concern C-002."
    assert event.details == {"concern": "C-002"}


@pytest.mark.at_week(14)
def test_raise_concern_on_the_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["volunteer"])
    page = client.get(_url(world))
    assert "Ailsa Corran" in page.content.decode()
    token = page.context["form"]["form_token"].value()

    sent = TYPED | {"form_token": token}
    first = client.post(_url(world), sent, follow=True)
    assert "C-002 is raised. The inspection lead has been told." in first.content.decode()
    second = client.post(_url(world), sent, follow=True)
    assert "C-002 is raised already." in second.content.decode()
    assert Concern.objects.count() == 2
    assert not any(word in second.content.decode() for word in SECRET)


@pytest.mark.at_week(14)
def test_raise_concern_keeps_what_was_typed_and_its_token(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["local_reader"])
    token = str(uuid4())
    page = client.post(_url(world), {"words": WORDS, "form_token": token}).content.decode()
    assert "Choose whether somebody is in danger now." in page
    assert "Write who it is about, as well as you can: a name, a code or a description." in page
    assert WORDS in page
    assert token in page


@pytest.mark.at_week(14)
def test_the_same_form_by_two_who_raise_at_once_is_one_concern(world: World) -> None:
    token = uuid4()
    assert raised(world, form_token=token) == raised(world, form_token=token)
    assert raised(world, by="associate", form_token=token).number == 3


@pytest.mark.at_week(14)
def test_the_same_form_with_other_words_is_another_concern_and_loses_none(
    world: World, client: StrictClient
) -> None:
    """Somebody goes back, writes more, and sends again."""
    client.as_(world.people["volunteer"])
    sent = TYPED | {"form_token": str(uuid4())}
    more = sent | {"words": f"{WORDS} It happened twice."}
    for typed in (sent, more, more, sent):
        client.post(_url(world), typed)
    kept = Concern.objects.order_by("number").values_list("words", flat=True)[1:]
    assert list(kept) == [sent["words"], more["words"]]


@pytest.mark.at_week(14)
def test_raise_concern_asks_for_no_fresh_sign_in(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    with time_machine.travel(world.now + timedelta(hours=2), tick=True):
        assert client.get(_url(world)).status_code == 200


@pytest.mark.at_week(14)
def test_evidence_leads_to_raising_a_concern(world: World, client: StrictClient) -> None:
    client.as_(world.people["associate"])
    page = client.get(reverse("evaluations:record-evidence", args=[world.inspection.reference]))
    assert _url(world) in page.content.decode()


@pytest.mark.at_week(14)
def test_nothing_stays_of_a_concern_that_is_not_whole(world: World) -> None:
    before = Event.objects.count(), Letter.objects.count()
    with pytest.raises(Exception, match=r"who"):
        raise_concern(
            world.inspection,
            is_immediate=True,
            words=WORDS,
            who="",
            place="",
            form_token=uuid4(),
            by=world.people["inspector"],
            at=world.now,
        )
    assert (Event.objects.count(), Letter.objects.count()) == before
