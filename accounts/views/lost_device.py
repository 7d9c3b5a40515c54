"""The way in for somebody who lost their device: through a second person, on record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import permissions
from accounts.actions import second_factor as actions
from accounts.forms.lost_device import WAYS, ResetSecondFactorForm
from accounts.models import User
from accounts.views.fresh import fresh_sign_in
from core.verdicts import refuse
from core.web import page, posted


@fresh_sign_in
@page("GET", "POST")
def reset_second_factor(request: HttpRequest) -> HttpResponse:
    """Say whose, how one made sure of them, and why."""
    permissions.can_reset_second_factors(request.user).enforce()

    form = ResetSecondFactorForm(posted(request), initial={"email": _address_of(request)})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        person = User.objects.filter(email__iexact=typed["email"], is_active=True).first()
        verdict = (
            permissions.can_reset_second_factor(request.user, person)
            if person
            else refuse(permissions.NOT_YOURS)
        )
        if verdict and person:
            actions.reset_second_factor(
                person,
                known_by=dict(WAYS)[typed["known_by"]],
                reason=typed["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request,
                f"{person.name} signs in with the password now, and sets up a new second proof. We have told them.",
            )
            return redirect("mfa_index")
        form.add_error("email", verdict.sentence)

    context = {
        "title": "Somebody lost their device",
        "form": form,
        "back_url": reverse("mfa_index"),
        "back_words": "Back to signing in",
    }
    return render(request, "accounts/reset_second_factor.html", context)


def _address_of(request: HttpRequest) -> str:
    """The address of the person whom the link named, where it is one whom the reader works beside; else nothing.

    The link names a person by number: an address in a link would stand in every log on the way.
    """
    number = request.GET.get("person", "")
    person = User.objects.filter(pk=number).first() if number.isdecimal() else None
    if person is None:
        return ""
    verdict = permissions.can_reset_second_factor(request.user, person)
    return "" if verdict.sentence == permissions.NOT_YOURS else person.email
