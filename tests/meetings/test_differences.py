"""What one side sees differently is kept in the record, in its own words."""

from __future__ import annotations

import pytest

from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from meetings import permissions, rules
from meetings.actions.differences import keep_difference
from meetings.actions.record import confirm_meeting_record
from meetings.models import Difference
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World

pytestmark = [pytest.mark.at_week(11, weekday=3)]
KEY = "end_phase_one"
WORDS = "The waits are shorter than the record says."


def _keep(world: World, who: str = "coordinator") -> Difference:
    return keep_difference(
        the(world, KEY), item=None, words=WORDS, by=world.people[who], at=world.now
    )


def test_keep_difference_stands_beside_the_record_and_clears_what_was_confirmed(
    world: World,
) -> None:
    meeting = the(world, KEY)
    confirm_meeting_record(
        meeting, version=meeting.record_version, by=world.people["lead"], at=world.now
    )
    difference = _keep(world)
    assert difference.side == "partnership"
    assert the(world, KEY).record_version == meeting.record_version + 1
    event = Event.objects.last()
    assert event is not None
    assert narrate(event).endswith(
        "kept on record what the partnership sees differently about M1 End of phase one, "
        "which cleared what the inspection team had confirmed."
    )
    assert _keep(world, "depute").side == "team"


def test_may_keep_difference(world: World) -> None:
    assert rules.may_keep_difference(the(world, KEY))
    assert not rules.may_keep_difference(the(world, "start_meeting"))


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("depute", True),
        ("coordinator", True),
        ("support_officer", False),
        ("chief_officer", False),
    ],
)
def test_can_keep_difference(world: World, who: str, may: bool) -> None:
    assert bool(permissions.can_keep_difference(world.people[who], the(world, KEY))) is may
    if not may:
        with pytest.raises(Refused, match="say what their side sees differently"):
            _keep(world, who)


def test_keep_difference_page(world: World, client: StrictClient) -> None:
    url = at(world, "keep-difference", KEY)
    item = the(world, KEY).agenda.shared()[1]
    client.as_(world.people["coordinator"])
    assert "The meeting as a whole" in said(client.get(url))
    assert "Write" in said(client.post(url, {"words": ""}))
    form = {"item": str(item.pk), "words": WORDS}
    assert client.post(url, form).url == at(world, "meeting-record", KEY)
    assert "already" in said(client.post(url, form, follow=True))
    assert Difference.objects.filter(words=WORDS).count() == 1
    words = said(client.get(at(world, "meeting-record", KEY)))
    assert f"Partnership, about “{item.words}”" in words
    assert client.as_(world.people["chief_officer"]).get(url).status_code == 403
    assert client.as_(world.people["other_coordinator"]).get(url).status_code == 404
