"""Pages for everybody, signed in or not: accessibility, privacy, how the method works, and getting help."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.web import page, posted
from inspections import queries as inspections
from workspace import queries
from workspace.actions.problems import report_problem as tell
from workspace.forms.problems import ReportProblemForm


@login_not_required
@page("GET")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "workspace/accessibility.html", {"title": "Accessibility statement"})


@login_not_required
@page("GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and for how long."""
    return render(request, "workspace/privacy.html", {"title": "Privacy"})


@login_not_required
@page("GET")
def method(request: HttpRequest) -> HttpResponse:
    """The method, phase by phase, as the data has it."""
    context = {
        "title": "How the method works",
        "method": queries.newest_method(),
        "phases": queries.method_by_phase(),
    }
    return render(request, "workspace/method.html", context)


@login_not_required
@page("GET")
def help(request: HttpRequest) -> HttpResponse:  # the page is called help
    """Whom to ask, and the commonest questions."""
    contacts = inspections.contacts_of(request.user) if request.user.is_authenticated else []
    return render(request, "workspace/help.html", {"title": "Get help", "contacts": contacts})


@page("GET", "POST")
def report_problem(request: HttpRequest) -> HttpResponse:
    """Tell those who run the system what went wrong, from any page."""
    came_from = request.GET.get("from", "")[:200]

    form = ReportProblemForm(posted(request), initial={"where": came_from})
    if request.method == "POST" and form.is_valid():
        tell(**form.cleaned_data, to=settings.SUPPORT_EMAIL, by=request.user, at=timezone.now())
        messages.success(
            request,
            "Thank you. Those who run the system have your words and will answer by e-mail.",
        )
        return redirect("workspace:home")

    return render(
        request, "workspace/report_problem.html", {"title": "Report a problem", "form": form}
    )
