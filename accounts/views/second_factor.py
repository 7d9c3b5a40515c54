"""A second proof for those whose role needs one: nothing else opens before it is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts import queries, rules
from accounts.emails import codes_left
from accounts.second_factors import STANDS
from core.verdicts import ALLOWED, Verdict
from core.web import is_autosave, page, what_was_typed

WANTED = "second_factor_wanted_for"
PROOFS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What opens before it is set up: setting it up, proving who one is for that, and leaving.
OPEN = frozenset(
    {
        "accounts:second-factor",
        "accounts:still-you",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_add_webauthn",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


class SecondFactorFirst:
    """Middleware: who must have a second proof and has none is led to the page that helps to set one up.

    A session that has one asks the database nothing. Of anybody else it asks their roles, at every page: a role may be given
    while they work.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None to go on; else the way to the second proof, with what was typed."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name == "mfa_remove_webauthn" and request.user.is_authenticated:
            return _keep_the_last(request, kwargs["pk"])
        if not getattr(view, "login_required", True) or name in OPEN:
            return None
        verdict = _may_go_on(request)
        if verdict:
            return None
        if is_autosave(request):
            return JsonResponse({"faults": [verdict.sentence], "versions": {}}, status=403)
        if request.method != "POST":
            request.session[WANTED] = request.get_full_path()
            return redirect("accounts:second-factor")
        return _show(request, verdict, status=403)


def _keep_the_last(request: HttpRequest, pk: int) -> HttpResponse | None:
    """allauth asks its adapter before it lets a code app go, and forgets to ask for a passkey."""
    passkey = Authenticator.objects.filter(pk=pk, user=request.user).first()
    if passkey is None or get_adapter().can_delete_authenticator(passkey):
        return None
    messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
    return redirect("mfa_list_webauthn")


def _may_go_on(request: HttpRequest) -> Verdict:
    """Allowed where there is a second proof or none is needed."""
    if not request.user.is_authenticated or request.session.get(STANDS):
        return ALLOWED
    verdict = rules.may_go_without_second_factor(request.user)
    if verdict:
        return ALLOWED
    if is_mfa_enabled(request.user, PROOFS):
        request.session[STANDS] = True
        return ALLOWED
    return verdict


@page("GET")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second proof is needed, and the two ways to set one up."""
    verdict = _may_go_on(request)
    if verdict:
        return redirect(request.session.pop(WANTED, "/"))

    return _show(request, verdict)


def _show(request: HttpRequest, verdict: Verdict, *, status: int = 200) -> HttpResponse:
    typed = what_was_typed(request) if request.method == "POST" else []
    context = {"title": "One more lock on your account", "verdict": verdict, "typed": typed}
    return render(request, "accounts/second_factor.html", context, status=status)


@receiver(authenticator_used, dispatch_uid="accounts.say_codes_left")
def say_codes_left(
    request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Whoever used a recovery code reads on the next page how many are left."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        left = codes_left(queries.proofs_of(user).codes_left or 0)
        messages.warning(request, f"You used a recovery code, which opens nothing more. {left}")
