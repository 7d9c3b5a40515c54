"""One meeting with the partnership by its forms alone, from the first preparation to the record that both sides confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox

from audit.record import broken_links
from meetings.models import Meeting
from tests.client import StrictClient
from tests.jobs import run_jobs
from tests.journeys.walker import Walker
from workspace.example.world import World

KEY = "timetable_agreed"  # L1 Logistics, on the Wednesday of week 15


@pytest.mark.at_week(14)
def test_a_meeting_from_preparation_to_a_settled_record(world: World, client: StrictClient) -> None:
    walker, people = Walker(client), world.people
    walker.as_(people["support_officer"]).go("/").sees("Prepare L1 Logistics")
    walker.reference = world.inspection.reference
    walker.open("meetings:meeting", KEY).sees("Nobody has prepared this meeting yet.")
    walker.open("meetings:prepare-meeting", KEY)
    walker.send("Save time and place", begins="2 pm", link="https://meet.example/l1")
    walker.sees("Time and place of “L1 Logistics” are saved.")
    walker.open("meetings:set-agenda", KEY).send(
        "Save the agenda",
        words_new1="Rooms for week 17",
        words_new2="What we still doubt",
        audience_new2="internal",
    )
    walker.sees("What we still doubt", "Record it on that day or later, or move it first.")
    walker.as_(people["coordinator"]).open("meetings:meeting", KEY).sees("Rooms for week 17")
    assert "What we still doubt" not in walker.text

    with time_machine.travel(world.now + timedelta(days=6), tick=False):
        walker.as_(people["support_officer"])
        walker.open("meetings:record-attendance", KEY).send(
            "Save who was there",
            team=[str(people["support_officer"].pk)],
            partnership=[str(people["coordinator"].pk)],
        )
        walker.open("meetings:meeting-mode", KEY).sees("Rooms for week 17")
        point = Meeting.objects.get(step__key=KEY).agenda.shared().get()
        walker.open("meetings:write-meeting-record", KEY)
        walker.send("Save the record", **{f"record_{point.pk}": "Three rooms are booked."})
        walker.sees("is saved on the server", "Three rooms are booked.")
        walker.open("meetings:add-decision", KEY).send(
            "Add the decision",
            words="Send the list of rooms",
            person=str(people["coordinator"].pk),
            due_on="9 January 2026",
        )
        walker.sees("Morag Finlas finds it on their home page.")
        walker.send("Ask both sides to confirm it").sees("Both sides are asked to confirm")
        run_jobs()
        told = [one.to for one in outbox.outbox if "the record of L1 Logistics" in one.subject]
        assert [people["coordinator"].email] in told

        walker.as_(people["coordinator"]).open("meetings:keep-difference", KEY)
        walker.send("Keep it in the record", words="One of the rooms is not yet certain.")
        walker.sees("It is kept in the record", "One of the rooms is not yet certain.")
        walker.send("Confirm it", has_read="on").sees("You have confirmed the record")
        walker.as_(people["lead"]).open("meetings:meeting-record", KEY)
        walker.send("Confirm it", has_read="on").sees("nothing in it changes any more")
        run_jobs()
        walker.open("meetings:meeting-record", KEY).sees("The copy to keep (PDF)", "Anchor")
        walker.as_(people["coordinator"]).open("meetings:meeting", KEY)
        walker.send("Mark as done").sees("The decision is marked as done.")
    assert list(broken_links()) == []
