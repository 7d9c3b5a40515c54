"""Naming the team and inviting people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from accounts.enums import INSPECTORATES
from accounts.models import Agency, User
from accounts.roles import MEANING, TEAM_ROLES, Role
from core.forms import DeskDateField, DeskForm, HintedRadios, OpenNameField, SeenForm
from inspections.rules import looks_shared

NOT_IN_THE_LIST = (
    "Choose one of the people of this list. You are not in it: somebody else names you."
)
TEAM_CHOICES = [(role.value, role.label) for role in Role if role in TEAM_ROLES]


class NameTeamMemberForm(SeenForm, DeskForm):
    """A person of one of the four inspectorates, and what they are on this inspection."""

    submit = "Name this person"
    all_the_same = "Name this person all the same"

    person = forms.ModelChoiceField(
        User.objects.none(),
        empty_label="Choose a person",
        help_text="People of the four inspectorates. Somebody without an account is invited instead.",
    )
    role = forms.ChoiceField(
        choices=TEAM_CHOICES, widget=HintedRadios(hints={r.value: MEANING[r] for r in TEAM_ROLES})
    )
    until = DeskDateField(
        label="Last day of access",
        required=False,
        help_text="Access ends by itself after this day. Leave empty for the whole inspection.",
    )

    def __init__(
        self, *args: Any, by: User, last_days: Mapping[Role, date | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _propose(self, last_days)
        people = User.objects.filter(is_active=True, agency__kind__in=INSPECTORATES)
        self.fields["person"].queryset = people.exclude(pk=by.pk).select_related("agency")
        self.fields["person"].error_messages["invalid_choice"] = NOT_IN_THE_LIST
        self.fields["person"].label_from_instance = lambda person: f"{person.name}, {person.agency}"

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InvitePersonForm(SeenForm, DeskForm):
    """Whom to invite, for which agency, in which role."""

    submit = "Send the invitation"
    all_the_same = "Send the invitation all the same"

    name = forms.CharField(max_length=120)
    email = forms.EmailField(
        label="E-mail address",
        help_text="The person's own address. Shared inboxes can be told, people sign.",
    )
    designation = forms.CharField(
        max_length=120, required=False, help_text="For example “Head of children's services”."
    )
    agency = OpenNameField(named_from=Agency.objects.all(), empty_label="Choose an agency")
    role = forms.ChoiceField(
        choices=Role.choices
    )  # those whom one may invite, once it is known who asks
    until = DeskDateField(
        label="Last day of access",
        required=False,
        help_text="Access ends by itself after this day. Leave empty for the whole inspection.",
    )

    is_own = forms.BooleanField(
        label="This is one person's own address",
        required=False,
        help_text="It looks like an inbox that several people read. Shared inboxes can be told, people sign.",
    )
    field_order = ("name", "email", "is_own", "designation", "agency", "role", "until")

    def __init__(
        self,
        *args: Any,
        roles: list[Role],
        agencies: Any,
        last_days: Mapping[Role, date | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _propose(self, last_days)
        if not self.is_bound or not looks_shared(str(self.data.get("email", ""))):
            del self.fields["is_own"]
        self.fields["role"].choices = [
            ("", "Choose a role"),
            *((role.value, role.label) for role in roles),
        ]
        self.fields["agency"].queryset = agencies

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """An address that looks shared is taken once somebody says that it is not."""
        cleaned = super().clean()
        if "is_own" in self.fields and not cleaned.pop("is_own", False):
            self.add_error(
                "email",
                f"{cleaned.get('email', 'This address')} looks like a shared inbox. Write the person's own address, "
                "or tick that it is theirs alone.",
            )
        return cleaned


def _propose(form: DeskForm, last_days: Mapping[Role, date | None]) -> None:
    """Say for which roles a last day is needed, and which one the timetable proposes; write it where the role is known."""
    said = [
        f"{role.label.lower()}: {day.day} {day:%B %Y}" for role, day in last_days.items() if day
    ]
    if said:
        form.fields["until"].help_text += f" Needed for some; by the timetable: {'; '.join(said)}."
    chosen = form.initial.get("role")
    form.initial["until"] = next((day for role, day in last_days.items() if role == chosen), None)


class ChangeLastDayForm(DeskForm):
    """Until when, and why it changes."""

    submit = "Change the last day"

    until = DeskDateField(label="Last day of access", required=False)
    reason = forms.CharField(
        max_length=200,
        help_text="For example “two records are still to be read”. The log shows it.",
    )

    def __init__(
        self, *args: Any, proposed: date | None, may_stay_open: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = ["Access ends by itself after this day."]
        if proposed:
            words.append(f"By the timetable that is {proposed.day} {proposed:%B %Y}.")
        if may_stay_open:
            words.append("Leave it empty for the whole inspection.")
        self.fields["until"].help_text = " ".join(words)
