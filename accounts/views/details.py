"""Your own details."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import rules
from accounts.actions import details as actions
from accounts.forms.details import EditDetailsForm
from core.web import page, posted


@page("GET", "POST")
def edit_details(request: HttpRequest) -> HttpResponse:
    """See one's name and address, and change designation and telephone number."""
    person = request.user
    rules.may_edit_details(person, by=request.user).enforce()
    back = _back_to(request)

    initial = {"designation": person.designation, "telephone": person.telephone}
    form = EditDetailsForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_details(person, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your details are saved.")
        return redirect(back or reverse("accounts:edit-details"))

    context = {"title": "Your details", "form": form, "person": person, "back_url": back}
    return render(request, "accounts/edit_details.html", context)


def _back_to(request: HttpRequest) -> str:
    """Where the person came from, if that is one of our own pages."""
    asked = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours and asked.startswith("/") else ""
