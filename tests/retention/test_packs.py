"""Everything held about a person, for that person: complete, and nobody else's."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import Office, User
from accounts.roles import Capability
from audit.models import Event
from core.mail import FORGOTTEN
from core.models import Letter
from core.verdicts import Refused
from documents.models import Document
from evaluations.models import EvidenceItem, SealedEvaluation
from inspections.enums import InterestAnswer, InterestDecision
from inspections.models import Declaration, Invitation
from retention.actions.packs import make_subject_access_pack
from retention.exports import ANOTHER, held_about, pack_archive
from retention.models import SubjectAccessPack
from retention.permissions import can_see_pack
from retention.tasks import remove_packs
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.world import World


def _made(world: World, who: str = "inspector") -> SubjectAccessPack:
    return make_subject_access_pack(
        world.people[who],
        request="SAR 2026/031",
        last_on=world.now.date() + timedelta(days=30),
        by=world.people["programme_manager"],
        at=world.now,
    )


@pytest.mark.at_week(36)
def test_the_pack_holds_what_speaks_of_the_person_and_nobody_else(world: World) -> None:
    person = world.people["inspector"]
    held = held_about(person)
    words = json.dumps(held, ensure_ascii=False)

    titles = {part["title"] for part in held["parts"]}
    assert {"The account", "Parts on inspections", "Evaluating"} <= titles
    assert person.email in words
    assert world.inspection.reference in words
    assert {"evidence", "membership"} <= {one["what"] for one in held["named"]}
    others = [one for key, one in world.people.items() if key != "inspector"]
    assert not [other.name for other in others if other.name in words]
    assert not [one.text for one in EvidenceItem.objects.all() if one.text in words]
    own = SealedEvaluation.objects.filter(inspector=person)
    assert own.exists()
    assert not [one.rationale for one in own if one.rationale in words]


@pytest.mark.at_week(14)
def test_a_letter_that_opens_something_is_in_the_pack_without_its_words(
    world: World, client: StrictClient
) -> None:
    """It waits to be sent, say while the mail server is away, and whoever made the pack reads the pack."""
    person = world.people["lead"]
    client.post(reverse("account_reset_password"), {"email": person.email})
    letter = Letter.objects.get(to=person.email, is_forgotten=True, sent_at__isnull=True)
    link = re.search(r"/password/reset/key/([^\s/]+)", letter.body)
    assert link
    pack = pack_archive(_made(world, "lead"))
    with zipfile.ZipFile(io.BytesIO(pack)) as file:
        words = "".join(file.read(name).decode() for name in file.namelist())
    assert letter.subject in words
    assert FORGOTTEN.strip() in words
    assert link[1] not in words
    for one in Letter.objects.filter(is_forgotten=True):
        assert one.body.strip() not in words or one.body == FORGOTTEN


@pytest.mark.at_week(14)
def test_make_subject_access_pack_is_opened_by_the_two_and_each_opening_is_on_record(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    url = reverse("retention:make-subject-access-pack")
    client.get(url)
    person = world.people["health_contributor"]
    last = f"{world.now + timedelta(days=20):%-d %B %Y}"
    nobody = client.post(url, {"email": "nobody@x.example", "request": "SAR 1", "last_on": last})
    assert "Nobody here has this e-mail address." in nobody.content.decode()
    given = {"email": person.email.upper(), "request": "SAR 1", "last_on": last}
    assert client.post(url, given).status_code == 302
    pack = SubjectAccessPack.objects.get()
    assert "It is being collected." in client.get(pack.get_absolute_url()).content.decode()

    run_jobs()
    pack.refresh_from_db()
    assert pack.document is not None
    letter = Letter.objects.get(template="retention/subject_access_pack_made")
    assert (letter.to, pack.get_absolute_url() in letter.body) == (person.email, True)
    file = reverse("documents:document", args=[pack.document.public_id])
    for who in ("programme_manager", "health_contributor"):
        client.as_(world.people[who])
        assert "Open the archive (ZIP)" in client.get(pack.get_absolute_url()).content.decode()
        archive = b"".join(client.get(file).streaming_content)
    with zipfile.ZipFile(io.BytesIO(archive)) as inside:
        assert inside.namelist() == ["What is held about you.html", "What is held about you.json"]
        assert person.email in inside.read(inside.namelist()[0]).decode()
        assert json.loads(inside.read(inside.namelist()[1]))["person"] == person.name
    assert Event.objects.filter(name="documents.document_read").count() == 2
    for who in ("service_manager", "lead", "coordinator"):
        client.as_(world.people[who])
        assert client.get(file).status_code == 404
        assert client.get(pack.get_absolute_url()).status_code == 404


@pytest.mark.at_week(14)
def test_names_and_addresses_of_others_are_taken_out_of_letters_and_decisions(
    world: World,
) -> None:
    """A letter to Tam Reid says who decided what he declared, and gives their telephone number; the decision names them too."""
    person, decider = world.people["inspector"], world.people["service_manager"]
    decider.telephone = "01632 960 123"
    decider.save()
    body = (
        f"{decider.name.upper()} has decided on what {person.name} declared. "
        f"Ring {decider.telephone} or write to {decider.email}.\n"
    )
    Letter.objects.create(
        key="decided", template="inspections/interest_decided", to=person.email,
        subject=f"{decider.name} has decided", body=body, created_at=world.now,
    )  # fmt: skip
    invited = Invitation.objects.create(
        inspection=world.inspection, email="new.person@example.org", name="Effie Newlands",
        role="contributor", agency=person.agency, invited_by=decider, invited_at=world.now,
        expires_at=world.now, secret_hash="f" * 64,
    )  # fmt: skip
    made = Declaration.objects.create(
        inspection=world.inspection, person=person, declared_at=world.now, answer=InterestAnswer.SOMETHING,
        words=f"I know {invited.name}.", decision=InterestDecision.APART, decided_by=decider,
        terms=f"Ask {decider.name} first.", decided_at=world.now,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(pack_archive(_made(world)))) as file:
        for name in file.namelist():
            words = file.read(name).decode()
            said = f"{ANOTHER} has decided on what {person.name} declared. Ring {ANOTHER} or write to {ANOTHER}."
            assert said in words
            assert f"Ask {ANOTHER} first." in words
            assert f"I know {ANOTHER}." in words
            for word in (decider.name, decider.email, decider.telephone, invited.name):
                assert word.lower() not in words.lower()
    assert made.terms == f"Ask {decider.name} first."


@pytest.mark.at_week(14)
def test_the_same_request_from_a_second_tab_leads_to_the_pack_that_is_made(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    url = reverse("retention:make-subject-access-pack")
    client.get(url)
    given = {
        "email": world.people["lead"].email,
        "request": "SAR 1",
        "last_on": f"{world.now + timedelta(days=20):%-d %B %Y}",
    }
    first = client.post(url, given)
    second = client.post(url, given, follow=True)
    assert second.redirect_chain[0][0] == first["Location"]
    assert "This was collected already" in second.content.decode()
    assert SubjectAccessPack.objects.count() == 1
    assert client.post(url, given | {"request": "SAR 2"}).status_code == 302
    assert SubjectAccessPack.objects.count() == 2


@pytest.mark.at_week(14)
def test_a_pack_is_removed_after_its_last_day(world: World) -> None:
    pack = _made(world)
    run_jobs(world.now)
    pack.refresh_from_db()
    path = pack.document.file.name
    assert default_storage.exists(path)
    remove_packs(now=world.now + timedelta(days=30))
    assert default_storage.exists(path)

    remove_packs(now=world.now + timedelta(days=31))
    remove_packs(now=world.now + timedelta(days=32))

    pack.refresh_from_db()
    assert pack.document is None
    assert pack.removed_at is not None
    assert not default_storage.exists(path)
    assert not Document.objects.filter(holder_type="retention.subjectaccesspack").exists()
    assert Event.objects.filter(name="retention.subject_access_pack_removed").count() == 1


@pytest.mark.at_week(14)
def test_the_same_pack_gives_the_same_bytes(world: World) -> None:
    pack = _made(world)
    assert pack_archive(pack) == pack_archive(pack)


@pytest.mark.at_week(3)
def test_make_subject_access_pack_is_refused_to_others(world: World) -> None:
    with pytest.raises(Refused, match="Only the programme manager"):
        make_subject_access_pack(
            world.people["lead"],
            request="SAR 1",
            last_on=world.now.date(),
            by=world.people["service_manager"],
            at=world.now,
        )


@pytest.mark.at_week(3)
def test_make_subject_access_pack_lasts_three_months_at_most(world: World) -> None:
    given: dict[str, Any] = {"request": "SAR 1", "by": world.people["programme_manager"], "at": world.now}  # fmt: skip
    with pytest.raises(Refused, match="within three months"):
        make_subject_access_pack(
            world.people["lead"], last_on=world.now.date() + timedelta(days=93), **given
        )


@pytest.mark.at_week(14)
def test_who_made_a_pack_reads_it_while_they_make_packs_and_no_longer(world: World) -> None:
    pack, maker = _made(world), world.people["programme_manager"]
    assert can_see_pack(maker, pack)
    Office.objects.filter(person=maker).delete()
    maker = User.objects.get(pk=maker.pk)
    assert can_see_pack(maker, pack).sentence == Capability.MAKE_SUBJECT_ACCESS_PACK.value
    assert can_see_pack(world.people["inspector"], pack)
