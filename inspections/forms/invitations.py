"""Joining by invitation."""

from __future__ import annotations

from django import forms

from accounts.forms.chosen_password import ChosenPassword
from core.forms import DeskForm


class AcceptInvitationForm(ChosenPassword):
    """A password for somebody new. Somebody who has an account signs in instead and sees no boxes."""

    submit = "Join"


class WithdrawInvitationForm(DeskForm):
    """Why, if the log should say."""

    submit = "Withdraw the invitation"

    reason = forms.CharField(
        max_length=200,
        required=False,
        help_text="The log shows it; the person who was invited does not see it.",
    )
