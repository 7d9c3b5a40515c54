"""Whatever is stored has an answer: of what kind it is, how long it is kept, how it goes, and what a pack says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.test.utils import isolate_apps

from accounts.actions.offices import invite_office_holder
from accounts.keeping import close_accounts
from accounts.models import Agency, FormerAddress, Office, OfficeInvitation, User
from accounts.roles import Role
from accounts.tasks import forget_sessions
from core import retention
from core.disposal import answered, disposal_of, followers, job_of, known_about
from core.jobs.registry import registered
from core.models import Letter
from core.retention import LETS_GO, WORDLESS, Kept, Kind, LetGo, Period, answers, declared
from core.words import counted
from inspections.actions.leave import record_leave
from inspections.actions.offices import name_stand_in
from retention import queries
from retention.actions import disposal
from retention.exports import held_about
from retention.models import DisposalList
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.cast import PASSWORD
from workspace.example.world import World

# A field that points at a person and no answer of `bring_about` covers: why a number in the pack is enough, or nothing.
COUNTED = {
    "evaluations.EvidenceItem.author": (
        "Evidence speaks of what was seen, not of whoever wrote it down; the person reads their own in the system."
    ),
    "accounts.User_groups.user": "The product knows no groups: what somebody may is their roles.",
    "accounts.User_user_permissions.user": "The product gives no permission of Django's to anybody.",
}
# Tables that belong to no model, and why they say nothing about anybody.
WITHOUT_MODEL = {"django_migrations": "Which migrations have run, by name."}


def _silent(periods: dict[type[models.Model], Period]) -> Iterator[str]:
    """The models that end and do not say how."""
    for model, period in periods.items():
        how = LETS_GO[period]
        if how is LetGo.BY_LIST and not answered(model):
            yield f"{model._meta.label} goes by a list, and no keeping.py says how"
        if how is LetGo.BY_ITSELF and not job_of(model):
            yield f"{model._meta.label} goes by itself, and no keeping.py says by which job"


def _undeclared(every_model: Iterable[type[models.Model]]) -> list[str]:
    return [one for one in answers(every_model) if isinstance(one, str)]


def _is_person(field: models.Field[Any, Any]) -> bool:
    target = field.related_model if field.is_relation else None
    return target is not None and target._meta.label == settings.AUTH_USER_MODEL


def _says_nothing(every_model: Iterable[type[models.Model]]) -> Iterator[str]:
    """Fields that name a person or an address, of models of which a pack says nothing.

    Who did something (``_by``) is counted in the pack under "named besides", and what they did stands in the record.
    """
    told = {about.model for about in known_about()}
    for model in every_model:
        if model in told or hasattr(model, "history_id") or hasattr(model, "m2m_history_id"):
            continue
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            of_a_person = _is_person(field) and not field.name.endswith("_by")
            if of_a_person or isinstance(field, models.EmailField):
                yield f"{model._meta.label}.{field.name}"


def _stored() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


# ---------- Every model and field has an answer ----------


def test_everything_that_ends_says_how_it_goes() -> None:
    assert list(_silent(declared())) == []


def test_what_goes_by_itself_is_let_go_by_a_job_that_comes_round() -> None:
    for model, period in declared().items():
        if LETS_GO[period] is LetGo.BY_ITSELF:
            assert registered(job_of(model)).every is not None, model._meta.label


@isolate_apps()
def test_a_new_model_without_an_answer_is_found() -> None:
    """The checks of this file and of the house fail where they should."""

    class Badge(models.Model):
        holder = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
        telephone = models.CharField(max_length=20)

        class Meta:
            app_label = "inspections"

        def __str__(self) -> str:
            return self.telephone

    assert _undeclared([Badge]) == ["inspections.Badge is not declared in inspections/keeping.py."]
    assert [one.split(" goes by ")[1] for one in _silent({Badge: Period.OBTAINED})] == [
        "a list, and no keeping.py says how"
    ]
    assert [one.split(" goes by ")[1] for one in _silent({Badge: Period.SIGNED_IN})] == [
        "itself, and no keeping.py says by which job"
    ]
    assert list(_says_nothing([Badge])) == ["inspections.Badge.holder"]


@pytest.mark.parametrize(
    "model", [User, Session, UserSession, SocialAccount, EmailAddress, Authenticator]
)
def test_a_declaration_that_is_missing_or_short_is_found(
    model: type[models.Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of our models and of those that sign-in brings along."""
    whole = retention._DECLARED[model]
    monkeypatch.delitem(retention._DECLARED, model)
    assert _undeclared([model]) == [
        f"{model._meta.label} is not declared in {model._meta.app_label}/keeping.py."
    ]
    named = next(name for name in whole.kinds if not _wordless(model, name))
    short = {name: kind for name, kind in whole.kinds.items() if name != named}
    monkeypatch.setitem(retention._DECLARED, model, retention._Declaration(whole.period, short))
    assert _undeclared([model]) == [
        f"{model._meta.label}.{named} holds text: name it in keeping.py."
    ]


def _wordless(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), WORDLESS)


def test_every_field_of_every_model_has_exactly_one_answer() -> None:
    fields = {
        (model._meta.label, field.name)
        for model in _stored()
        for field in model._meta.local_fields + model._meta.local_many_to_many
    }
    kept = [one for one in answers(_stored()) if isinstance(one, Kept)]
    assert {(one.model, one.field) for one in kept} == fields
    assert len(kept) == len(fields)


def test_what_points_at_a_person_or_holds_an_address_is_never_ordinary() -> None:
    kinds = {
        (one.model, one.field): one.kind for one in answers(_stored()) if isinstance(one, Kept)
    }
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in _stored()
        for field in model._meta.local_fields
        if (
            _is_person(field) or isinstance(field, models.EmailField | models.GenericIPAddressField)
        )
        and kinds[(model._meta.label, field.name)] is Kind.ORDINARY
    ]
    assert wrong == []


@pytest.mark.django_db
def test_no_table_stands_beside_the_models() -> None:
    tables = set(connection.introspection.table_names())
    known = {model._meta.db_table for model in _stored()}
    assert tables - known == set(WITHOUT_MODEL)


# ---------- A pack forgets nothing ----------


def test_whatever_names_a_person_is_in_the_pack_or_says_why_not() -> None:
    assert set(_says_nothing(_stored())) == set(COUNTED)
    assert all(reason.endswith(".") for reason in COUNTED.values())


@pytest.mark.at_week(3)
def test_the_pack_says_leave_sessions_stand_ins_and_ways_to_sign_in(world: World) -> None:
    person, lead = world.people["inspector"], world.people["lead"]
    today = world.now.date()
    record_leave(
        person,
        starts_on=today + timedelta(days=7),
        ends_on=today + timedelta(days=9),
        words="A hospital appointment",
        by=person,
        at=world.now,
    )
    _signed_in(person)
    _everything_that_follows(person)
    chief = world.people["coordinator"]
    part = chief.memberships.get()
    stand_in = world.people["health_contributor"]
    name_stand_in(part, person=stand_in, starts_on=today, until=None, by=lead, at=world.now)

    held = held_about(person)
    parts = {part["title"]: part["rows"] for part in held["parts"]}
    (away,) = parts["Days away (the person reads their own words in the system)"]
    assert away["Starts on"] == f"{today + timedelta(days=7):%-d %B %Y}"
    assert "hospital" not in str(held)
    (session,) = parts["Where the person is signed in"]
    assert session["Ip"] == "127.0.0.1"
    assert UserSession.objects.get().session_key not in str(held)
    assert parts["Former addresses"][0]["Email"] == "before@glenmarrow.example"
    assert (
        '"department": "Children"'
        in parts["Signing in through an agency"][0]["What the agency said"]
    )
    (standing,) = [
        one["rows"]
        for one in held_about(stand_in)["parts"]
        if one["title"] == "Parts as a stand-in"
    ]
    assert standing[0]["For"] == f"Inspection co-ordinator, {world.inspection.reference}"
    assert chief.name not in str(standing)


@pytest.mark.at_week(0)
def test_the_pack_has_what_was_sent_to_a_former_address_while_it_was_theirs(world: World) -> None:
    """An address is sometimes taken over by somebody else, whose post is none of its former owner's, nor theirs the other's."""
    first, second = world.people["inspector"], world.people["lead"]
    shared, left_at = "before@glenmarrow.example", world.now - timedelta(days=10)
    FormerAddress.objects.create(person=first, email=shared, left_at=left_at)
    FormerAddress.objects.create(person=second, email=shared, left_at=world.now - timedelta(days=2))
    second.email = shared.upper()  # it came back to them
    second.save()
    for days, subject in ((12, "To the first"), (5, "To the second"), (1, "To the second again")):
        Letter.objects.create(
            key=subject,
            template="workspace/problem_reported",
            to="Before@Glenmarrow.example",
            subject=subject,
            body="Words",
            created_at=world.now - timedelta(days=days),
        )

    said = {person: str(held_about(person)) for person in (first, second)}

    assert "To the first" in said[first]
    assert "To the second" not in said[first]
    assert "To the second" in said[second]
    assert "To the second again" in said[second]
    assert "To the first" not in said[second]


# ---------- What follows a person goes with the account ----------


def _signed_in(person: User) -> StrictClient:
    """A window in which the person has signed in, as a browser would."""
    client = StrictClient()
    typed = {"login": person.email, "password": PASSWORD}
    assert client.post("/account/login/", typed)["Location"] == "/"
    return client


def _everything_that_follows(person: User) -> None:
    """One row of every model that goes with an account, but offices: who holds one is in use."""
    address = EmailAddress.objects.filter(user=person).first()
    assert address
    EmailConfirmation.create(address).save()
    FormerAddress.objects.create(
        person=person, email="before@glenmarrow.example", left_at=person.joined_at
    )
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    SocialAccount.objects.create(
        user=person, provider="health", uid="una", extra_data={"department": "Children"}
    )


@pytest.mark.at_week(0)
def test_an_account_takes_along_everything_that_follows_it(world: World) -> None:
    person = world.people["other_lead"]
    window = _signed_in(person)
    _everything_that_follows(person)
    followed = set(followers(User)) - {Office}
    owner = {model: "person" if model is FormerAddress else "user" for model in followed}
    assert all(model._base_manager.filter(**{owner[model]: person}).exists() for model in followed)

    close_accounts(disposal_of("accounts.user"), User.objects.filter(pk=person.pk))

    for model in followed:
        assert not model._base_manager.filter(**{owner[model]: person}).exists(), model
    assert not UserSession.objects.filter(user=person).exists()
    assert not EmailConfirmation.objects.exists()
    assert window.get("/")["Location"].startswith("/account/login/")


@pytest.mark.at_week(0)
def test_an_invitation_to_an_office_is_proposed_four_weeks_after_its_last_day(
    world: World,
) -> None:
    invite_office_holder(
        email="new@careinspectorate.example",
        name="Nan Newlands",
        designation="",
        agency=Agency.objects.care_inspectorate(),
        role=Role.SERVICE_MANAGER,
        by=world.people["programme_manager"],
        at=world.now,
    )
    day = world.now + timedelta(days=55)
    run_jobs(world.now)
    disposal.look_for_due(at=day)
    assert not DisposalList.objects.filter(items__kind="accounts.officeinvitation").exists()

    disposal.look_for_due(at=day + timedelta(days=2))
    found = DisposalList.objects.get(items__kind="accounts.officeinvitation")
    assert (
        counted(1, queries.words_of("accounts.officeinvitation")) == "one invitation to an office"
    )
    assert "Nan" not in "".join(found.items.values_list("title", flat=True))
    disposal.approve_disposal(
        found, seen=queries.digest_of(found), by=world.people["service_manager"], at=day
    )
    disposal.dispose(found, at=day + timedelta(days=2), heartbeat=lambda: None)
    assert not OfficeInvitation.objects.exists()


@pytest.mark.at_week(0)
def test_forget_sessions_leaves_no_trace_of_where_somebody_was_signed_in(world: World) -> None:
    window = _signed_in(world.people["lead"])
    forget_sessions(now=world.now)
    assert UserSession.objects.count() == 1
    assert window.get("/").status_code == 200

    forget_sessions(now=world.now + timedelta(hours=13))
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
