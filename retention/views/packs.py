"""A subject-access pack: asked for, and read by the two who may."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from retention import exports, permissions, queries, rules
from retention.actions import packs
from retention.forms.packs import MakeSubjectAccessPackForm
from retention.models import SubjectAccessPack

MADE_ALREADY = "This was collected already, for the same person, request and last day: here it is. Nothing was made twice."


@fresh_sign_in
@page("GET", "POST")
def make_subject_access_pack(request: HttpRequest) -> HttpResponse:
    """Choose a person by the e-mail address of their account."""
    permissions.can_make_subject_access_pack(request.user).enforce()

    form = MakeSubjectAccessPackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        person = User.objects.filter(email=cleaned.pop("email")).first()
        try:
            rules.may_make_subject_access_pack(person).enforce()
            assert person is not None  # the rule has just said so
            made = queries.same_pack(person, **cleaned, by=request.user)
            pack = packs.make_subject_access_pack(
                person, **cleaned, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            if made:
                messages.info(request, MADE_ALREADY)
            else:
                messages.success(request, "It is being collected. Look again in a minute.")
            return redirect(pack)

    context = {
        "title": "Collect what is held about a person",
        "form": form,
        "back_url": reverse("retention:keeping"),
    }
    return render(request, "retention/make_subject_access_pack.html", context)


@page("GET")
def subject_access_pack(request: HttpRequest, pack: int) -> HttpResponse:
    """Where the pack is opened, by the person it is about and by whoever made it; to others it does not exist."""
    rows = SubjectAccessPack.objects.select_related("person", "made_by", "document")
    found = find_or_404(rows, pk=pack)
    if not permissions.can_see_pack(request.user, found):
        raise Http404

    context = {
        "title": "What is held about you"
        if found.person_id == request.user.pk
        else f"What is held about {found.person}",
        "pack": found,
        "is_open": found.is_open(timezone.localdate()),
        "url": exports.document_url(found.document),
    }
    return render(request, "retention/subject_access_pack.html", context)
