"""What one was told: the letters that went to oneself, so that nobody depends on an e-mail that arrives."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import queries, rules
from accounts.actions import letters as actions
from accounts.forms.letters import ChooseLettersForm
from accounts.models.proof import has_unproved_address
from core import mail
from core.letters import KINDS, title_of
from core.web import find_or_404, page, paginate, posted


@page("GET")
def told(request: HttpRequest) -> HttpResponse:
    """Every letter to oneself, newest first. Nothing before the address is shown to be one's own."""
    rows = paginate(request, queries.letters_to(request.user))
    context = {
        "title": "What you were told",
        "rows": rows,
        "is_unproved": has_unproved_address(request.user),
        "once_a_day": request.user.letters_once_a_day,
    }
    return render(request, "accounts/told.html", context)


@page("GET", marks="core_letter")
def told_letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter to oneself, with its words; from now on it counts as opened."""
    found = find_or_404(queries.letters_to(request.user), pk=letter)
    if request.method == "GET":
        mail.mark_opened(found, now=timezone.now())

    context = {
        "title": found.subject,
        "letter": found,
        "kind": title_of(found.template),
        "words": mail.words_of(found),
        "stand": mail.stands_of([found])[found.pk],
        "back_url": reverse("accounts:told"),
    }
    return render(request, "accounts/told_letter.html", context)


@page("GET", "POST")
def choose_letters(request: HttpRequest) -> HttpResponse:
    """Each message at once, or one letter a day with everything that can wait."""
    person = request.user
    rules.may_choose_letters(person, by=request.user).enforce()

    form = ChooseLettersForm(
        posted(request), initial={"once_a_day": str(person.letters_once_a_day)}
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_letters(person, **form.cleaned_data, by=request.user, at=timezone.now())
        how = (
            "What can wait comes with one letter a day, at 07:30."
            if form.cleaned_data["once_a_day"]
            else "Each message comes at once. What waited is on its way."
        )
        messages.success(request, how)
        return redirect("accounts:edit-details")

    context = {
        "title": "How your letters come",
        "form": form,
        "kinds": sorted(KINDS.values(), key=lambda kind: (not kind.waits, kind.title)),
        "back_url": reverse("accounts:edit-details"),
    }
    return render(request, "accounts/choose_letters.html", context)
