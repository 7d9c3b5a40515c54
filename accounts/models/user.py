"""People. They sign in with an e-mail address; others know them by name and designation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.utils import timezone

from accounts.enums import AgencyKind
from accounts.models.agency import Agency
from accounts.roles import Role
from audit.record import record

CLOCK_EMAIL = "clock@system.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes people. There is no open sign-up: this is called by an invitation, a command or the example."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A programme manager, made at the terminal and on record. There is no user above all rules."""
        fields.setdefault("agency", Agency.objects.care_inspectorate())
        user = self.create_user(email, password, **fields)
        user.offices.create(role=Role.PROGRAMME_MANAGER)
        record("accounts.office_taken_at_terminal", by=user, at=timezone.now(), subject=user)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person, in one agency. ``is_active`` ends sign-in; roles are held apart, on inspections or as offices."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    designation = models.CharField(
        max_length=120, blank=True, help_text="What the person is, as a letter would say it."
    )
    telephone = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(default=False, editable=False)
    letters_once_a_day = models.BooleanField(
        default=False, help_text="What can wait comes with one letter a day, at 07:30."
    )
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name"]

    @property
    def name_and_designation(self) -> str:
        """``Isla Dunmore, Strategic inspector``; the name alone where no designation is known."""
        return ", ".join(filter(None, [self.name, self.designation]))

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


def system_user() -> User:
    """The clock: who is recorded when time itself does something. It cannot sign in."""
    agency, _ = Agency.objects.get_or_create(
        name="The system", defaults={"kind": AgencyKind.SYSTEM}
    )
    user, _ = User.objects.get_or_create(
        email=CLOCK_EMAIL,
        defaults={"name": "The clock", "is_active": False, "agency": agency, "password": "!"},
    )
    return user
