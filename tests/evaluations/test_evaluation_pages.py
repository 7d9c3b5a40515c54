"""The pages of evaluating: the happy path, the refused colleague, the bad form, the second click, two windows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from evaluations import queries
from evaluations.actions.evaluation import confirm_evaluation, settle_evaluations
from evaluations.models import Evaluation, Evaluator, PanelDecision, SealedEvaluation
from tests.client import StrictClient
from tests.evaluations.sealing import CIRCLE, all_shared, opened, proposed, sealed, written
from workspace.example.world import World

pytestmark = pytest.mark.at_week(20, weekday=0)


def _url(world: World, name: str, *args: Any) -> str:
    return reverse(f"evaluations:{name}", args=[world.inspection.reference, *args])


def _main(client: StrictClient, url: str) -> str:
    """What stands in the page's own part."""
    return client.get(url).content.decode().split("<main")[1].split("</main>")[0]


def test_open_evaluating_from_the_room(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    assert "Evaluating is not open yet." in client.get(_url(world, "evaluations")).content.decode()
    assert (
        "Open evaluating for 7 people"
        in client.get(_url(world, "open-evaluating")).content.decode()
    )

    response = client.post(_url(world, "open-evaluating"), follow=True)
    again = client.post(_url(world, "open-evaluating"), follow=True)

    assert "Nobody of 7 has sealed yet." in response.content.decode()
    assert "Evaluating is open already." in again.content.decode()
    assert Evaluation.objects.count() == 4


def test_open_evaluating_is_refused_to_an_inspector_with_the_reason(
    world: World, client: StrictClient
) -> None:
    response = client.as_(world.people["inspector"]).post(_url(world, "open-evaluating"))

    assert response.status_code == 403
    assert "Only the inspection lead opens evaluating." in response.content.decode()
    assert not Evaluation.objects.exists()


def test_write_and_seal_in_the_browser(world: World, client: StrictClient) -> None:
    opened(world)
    client.as_(world.people["inspector"])
    page = client.get(_url(world, "evaluation", "2.1")).content.decode()
    assert "Major strengths" in page and "You have not." in page

    saved = client.post(
        _url(world, "write-evaluation", "2.1"),
        {"level": "4", "rationale": "Adults stay.", "based_on": "0", "seal": "yes"},
        follow=True,
    )
    assert "2.1 has no evidence yet" not in saved.content.decode()
    sealed_page = client.post(_url(world, "seal-evaluation", "2.1"), {"based_on": "1"}, follow=True)
    again = client.post(_url(world, "seal-evaluation", "2.1"), {"based_on": "1"}, follow=True)

    assert "One of seven has sealed." in sealed_page.content.decode()
    assert "You have sealed 2.1 already." in again.content.decode()
    own = SealedEvaluation.objects.get()
    assert (own.level, own.rationale, own.is_sealed) == (4, "Adults stay.", True)

    client.post(_url(world, "unseal-evaluation", "2.1"))
    own.refresh_from_db()
    assert not own.is_sealed


def test_a_half_done_draft_is_kept_and_not_sealed(world: World, client: StrictClient) -> None:
    opened(world)
    client.as_(world.people["inspector"])

    response = client.post(
        _url(world, "write-evaluation", "2.1"),
        {"rationale": "Not sure yet.", "based_on": "0", "seal": "yes"},
        follow=True,
    )

    assert "Choose a level from 1 to 6 before you seal." in response.content.decode()
    assert SealedEvaluation.objects.get().rationale == "Not sure yet."


def test_a_bad_level_and_too_long_a_reason_lose_nothing(world: World, client: StrictClient) -> None:
    opened(world)
    client.as_(world.people["inspector"])

    response = client.post(
        _url(world, "write-evaluation", "2.1"),
        {"level": "4.5", "rationale": "x" * 10_001, "based_on": "0"},
    )

    said = response.content.decode()
    assert response.status_code == 200
    assert "Choose a level from 1 to 6. There are no halves." in said
    assert "10001 characters are too many" in said
    assert "x" * 10_001 in said
    assert not SealedEvaluation.objects.exists()


def test_two_windows_show_both_texts_and_overwrite_neither(
    world: World, client: StrictClient
) -> None:
    evaluation = opened(world)
    written(world, evaluation, "inspector", level=3, why="From the first window.")
    client.as_(world.people["inspector"])
    typed = {"level": "5", "rationale": "From the second window.", "based_on": "0"}

    response = client.post(_url(world, "write-evaluation", "2.1"), typed)

    said = response.content.decode()
    assert response.status_code == 409
    assert "From the first window." in said and "From the second window." in said
    assert SealedEvaluation.objects.get().rationale == "From the first window."

    client.post(_url(world, "write-evaluation", "2.1"), {**typed, "based_on": "1"})
    assert SealedEvaluation.objects.get().rationale == "From the second window."


def test_the_autosave_answers_with_the_new_version(world: World, client: StrictClient) -> None:
    opened(world)
    client.as_(world.people["inspector"])
    url, typed = (
        _url(world, "write-evaluation", "2.1"),
        {"level": "5", "rationale": "Typing", "based_on": "0"},
    )

    first = client.post(url, typed, HTTP_ACCEPT="application/json")
    repeated = client.post(url, typed, HTTP_ACCEPT="application/json")
    stale = client.post(url, {**typed, "rationale": "Other"}, HTTP_ACCEPT="application/json")

    assert (first.status_code, first.json()["versions"]) == (200, {"based_on": 1})
    assert repeated.json()["versions"] == {"based_on": 1}
    assert (stale.status_code, stale.json()) == (
        409,
        {
            "faults": [
                "You saved version 1 of your evaluation of 2.1 on Monday 2 February 2026 at 18:00, after you opened "
                "this page. Nothing was overwritten. Save with the button below to see both texts."
            ],
            "versions": {},
        },
    )
    refused = client.post(url, {**typed, "level": "9"}, HTTP_ACCEPT="application/json")
    assert (refused.status_code, refused.json()["faults"]) == (
        400,
        ["Choose a level from 1 to 6. There are no halves."],
    )


def test_write_evaluation_while_typing_stands_once_in_the_log(
    world: World, client: StrictClient
) -> None:
    opened(world)
    client.as_(world.people["inspector"])
    for version, words in enumerate(("Most", "Most children", "Most children wait.")):
        typed = {"level": "3", "rationale": words, "based_on": str(version)}
        client.post(_url(world, "write-evaluation", "2.1"), typed, HTTP_ACCEPT="application/json")
    own = SealedEvaluation.objects.get()
    assert (own.rationale, own.version) == ("Most children wait.", 3)
    assert Event.objects.filter(name="evaluations.evaluation_written").count() == 1


def test_seal_evaluation_of_an_older_version_shows_what_is_saved(
    world: World, client: StrictClient
) -> None:
    evaluation = opened(world)
    written(world, evaluation, "inspector", why="One.")
    written(world, evaluation, "inspector", why="Two.")
    client.as_(world.people["inspector"])
    url = _url(world, "seal-evaluation", "2.1")
    response = client.post(url, {"based_on": "1"})
    said = response.content.decode()
    assert response.status_code == 409
    assert "You saved version 2 of your evaluation of 2.1" in said and "Two." in said
    assert not SealedEvaluation.objects.get().is_sealed
    assert (
        client.post(url, {"based_on": response.context["form"].data["based_on"]}).status_code == 302
    )
    assert SealedEvaluation.objects.get().is_sealed


def test_propose_evaluation_shows_both_when_somebody_saved_meanwhile(
    world: World, client: StrictClient
) -> None:
    evaluation = opened(world)
    sealed(world, evaluation, *CIRCLE)
    url = _url(world, "propose-evaluation", "2.1")
    theirs = {"level": "4", "rationale": "Theirs.", "dissent": "", "based_on": "0"}
    assert client.as_(world.people["lead"]).post(url, theirs).status_code == 302
    mine = theirs | {"level": "3", "rationale": "Mine.", "dissent": "Health holds 2."}
    response = client.post(url, mine)
    said = response.content.decode()
    assert response.status_code == 409
    assert "You saved version 1 of the proposal for 2.1" in said
    assert "Theirs." in said and "Mine." in said and "Health holds 2." in said
    shown = response.context["form"].theirs
    assert {name: one.words for name, one in shown.items()} == {
        "level": "4 Good",
        "rationale": "Theirs.",
        "dissent": "Nothing is written.",
    }
    evaluation.refresh_from_db()
    assert evaluation.rationale == "Theirs."
    assert client.post(url, theirs).status_code == 302, "The same again is no collision."
    assert Event.objects.filter(name="evaluations.evaluation_proposed").count() == 1
    assert client.post(url, mine | {"based_on": "1"}).status_code == 302
    evaluation.refresh_from_db()
    assert (evaluation.rationale, evaluation.version) == ("Mine.", 2)


def test_somebody_outside_the_circle_is_told_so(world: World, client: StrictClient) -> None:
    opened(world)

    response = client.as_(world.people["service_manager"]).post(
        _url(world, "write-evaluation", "2.1"), {"level": "4", "rationale": "x", "based_on": "0"}
    )

    assert response.status_code == 403
    assert "Only the inspectors seal an evaluation of their own." in response.content.decode()


def test_evaluations_offers_to_excuse_others_and_not_oneself(
    world: World, client: StrictClient
) -> None:
    opened(world)
    client.as_(world.people["lead"])
    page = client.get(_url(world, "evaluations")).content.decode()
    offered = {
        one.person.name
        for one in Evaluator.objects.select_related("person")
        if _url(world, "excuse-evaluator", one.pk) in page
    }
    assert "Isla Dunmore" not in offered
    assert len(offered) == Evaluator.objects.count() - 1


def test_excuse_evaluator_needs_a_reason(world: World, client: StrictClient) -> None:
    opened(world)
    evaluator = Evaluator.objects.get(person=world.people["inspector"])
    url = _url(world, "excuse-evaluator", evaluator.pk)
    client.as_(world.people["lead"])

    assert "Write the reason." in client.post(url, {"reason": " "}).content.decode()
    done = client.post(url, {"reason": "Has left."}, follow=True)
    again = client.post(url, {"reason": "Has left."}, follow=True)

    assert "excused by Isla Dunmore" in done.content.decode()
    assert "Ewan Sleat is excused already." in again.content.decode()


def test_from_the_reveal_to_the_panel_in_the_browser(world: World, client: StrictClient) -> None:
    evaluation = opened(world)
    for one in world.inspection.evaluations.select_related("group"):
        sealed(world, one, *CIRCLE)
        if one != evaluation:
            proposed(world, one)
    client.as_(world.people["lead"])
    proposal = {
        "level": "4",
        "rationale": "Strengths outweigh.",
        "dissent": "Health holds 3.",
        "based_on": "0",
    }

    said = client.post(
        _url(world, "propose-evaluation", "2.1"), proposal, follow=True
    ).content.decode()
    assert "Health holds 3." in said
    assert "All 7 have sealed." in client.get(_url(world, "evaluations")).content.decode()
    shared = client.post(_url(world, "share-evaluations"), follow=True).content.decode()
    assert "Shared as provisional" in shared
    assert (
        "shared already"
        in client.post(_url(world, "share-evaluations"), follow=True).content.decode()
    )

    client.as_(world.people["panel_chair"])
    empty = client.post(_url(world, "confirm-evaluation", "2.1"), {"level": "3", "reason": ""})
    assert "Write the reason." in empty.content.decode()
    decided = {"level": "3", "reason": "Waits weigh more."}
    said = client.post(
        _url(world, "confirm-evaluation", "2.1"), decided, follow=True
    ).content.decode()
    assert "Waits weigh more." in said and "before:" in said
    client.post(
        _url(world, "confirm-evaluation", "2.1"), {"level": "6", "reason": "Again."}, follow=True
    )
    assert PanelDecision.objects.get().after == 3


def test_confirm_evaluation_is_for_the_panel_chair(world: World, client: StrictClient) -> None:
    all_shared(world)

    response = client.as_(world.people["lead"]).post(
        _url(world, "confirm-evaluation", "2.1"), {"level": "6", "reason": "Ours."}
    )

    assert response.status_code == 403
    assert (
        "Only the chair of the Quality and Consistency Panel confirms" in response.content.decode()
    )
    assert not PanelDecision.objects.exists()


def test_the_partnership_sees_provisional_until_it_is_final(
    world: World, client: StrictClient
) -> None:
    evaluations = all_shared(world)
    client.as_(world.people["chief_officer"])
    url = _url(world, "evaluations")

    shared = _main(client, url)
    assert shared.count("<b>4</b> Good") == 4
    assert shared.count(", provisional") == 4
    assert "may still change" in shared
    for evaluation in evaluations:
        confirm_evaluation(
            evaluation, level=2, reason="Tested.", by=world.people["panel_chair"], at=world.now
        )
    assert _main(client, url) == shared
    assert client.get(_url(world, "evaluation", "2.1")).status_code == 302

    settle_evaluations(world.inspection, by=world.people["lead"], at=world.now)
    settled = _main(client, url)
    assert settled.count("<b>2</b> Weak") == 4
    assert settled.count(", final") == 4 and "provisional</" not in settled
    assert "They are final." in settled and "may still change" not in settled


@pytest.mark.parametrize("person", ["local_reader", "health_contributor"])
def test_others_of_the_partnership_never_see_them(
    world: World, client: StrictClient, person: str
) -> None:
    all_shared(world)

    assert client.as_(world.people[person]).get(_url(world, "evaluations")).status_code == 403


def test_the_room_asks_the_same_however_many_have_sealed(
    world: World, client: StrictClient, django_assert_num_queries: Any
) -> None:
    evaluation = opened(world)
    client.as_(world.people["lead"])
    client.get(_url(world, "evaluations"))
    asked = []
    for keys in (CIRCLE[:1], CIRCLE[1:3]):
        sealed(world, evaluation, *keys)
        with CaptureQueriesContext(connection) as captured:
            client.get(_url(world, "evaluations"))
        asked.append(len(captured))
        with django_assert_num_queries(5):
            queries.evaluation_board(world.inspection, world.people["lead"])

    assert asked[0] == asked[1]
