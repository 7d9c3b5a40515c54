"""What every page needs: its methods, its transaction, its guard, and finding things without telling what exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.core.paginator import Page, Paginator
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.forms import Field
from django.forms.utils import pretty_name
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import page_not_found

from core.forms import fields_of_page, words_chosen
from core.memo import reading
from core.templatetags.desk import clock
from core.verdicts import Explained, Refused, Way, refuse
from core.version_forms import VersionedForm

Found = TypeVar("Found", bound=Model)
View = Callable[..., HttpResponse]

# Sessions, rate limits and the cache are the frame's business: a page that only reads may still renew its session.
FRAME_TABLES = ("django_session", "core_cache")
RECORD_TABLES = ("audit_event", "audit_chainhead")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE")


class ReadingPageWrote(RuntimeError):
    """A page that only reads tried to change the database. It is a mistake of ours, not of the user's."""


def _guard_reading(*tables: str) -> Callable[..., Any]:
    """An execute wrapper that refuses every write but those to these tables."""

    def guard(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and not any(table in sql for table in tables):
            raise ReadingPageWrote(f"A page that only reads tried to write: {sql[:120]}")
        return execute(sql, params, many, context)

    return guard


def page(
    *methods: str, atomic: bool = True, records_reading: bool = False, marks: str = ""
) -> Callable[[View], View]:
    """State a view's methods. Reading is guarded at the database; writing is one transaction.

    ``atomic=False`` is for the few writing pages that manage their own transactions (a long upload must not hold one).
    ``records_reading=True`` is for the few reading pages whose reading goes on record: they write there and nowhere else.
    ``marks`` names the one table in which a page notes that its reader has opened what it shows.
    """
    beside = (*(RECORD_TABLES if records_reading else ()), *((marks,) if marks else ()))
    readable = _guard_reading(*FRAME_TABLES, *beside)
    allowed = frozenset(methods) | ({"HEAD"} if "GET" in methods else frozenset())

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                # Somebody whose session ran out before a button was pressed signs in and arrives at the button's own address.
                above = page_above(request.path_info) if request.method == "GET" else None
                if above is None:
                    return HttpResponseNotAllowed(sorted(allowed))
                messages.warning(request, NOT_DONE)
                return redirect(above.url)
            if request.method in ("GET", "HEAD"):
                with connection.execute_wrapper(readable), reading():
                    return view(request, *args, **kwargs)
            if not atomic:
                return view(request, *args, **kwargs)
            with transaction.atomic():
                return view(request, *args, **kwargs)

        wrapped.page_methods = frozenset(methods)  # type: ignore[attr-defined]  # read by the house tests
        wrapped.records_reading = records_reading  # type: ignore[attr-defined]  # and this
        return wrapped

    return decorate


NOT_DONE = (
    "Nothing was done: that is done by a button, and you came by a link, or had to sign in first. "
    "Press the button again."
)


class NothingHere(Http404):
    """A 404 that can say more than that, since the same is true whether the thing is missing or hidden."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing at all; None where its page is only opened, and nothing is wrong yet."""
    return request.POST if request.method == "POST" else None


def find_or_404(queryset: QuerySet[Found], **lookup: Any) -> Found:
    """The one row that matches, or the same 404 whether it is missing or hidden from this person."""
    try:
        return queryset.get(**lookup)
    except (queryset.model.DoesNotExist, ValueError, OverflowError) as missing:
        raise Http404 from missing


def find_or_say(sentence: str, queryset: QuerySet[Found], **lookup: Any) -> Found:
    """The one row that matches, or a 404 with this sentence, which must tell nothing of what exists."""
    try:
        return find_or_404(queryset, **lookup)
    except Http404 as missing:
        raise NothingHere(sentence) from missing


def paginate(request: HttpRequest, rows: Any, *, size: int = 50) -> Page[Any]:
    """The page asked for by ``?page=``; the nearest real one when that is nonsense. Sends ``size`` rows at most."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


NEAREST: Any = object()


def refused(
    request: HttpRequest,
    exception: Exception | None = None,
    *,
    above: Above | None = NEAREST,
    way: Way | None = None,
) -> HttpResponse:
    """Status 403 with the reason: what is missing and where it can be put right.

    The way back leads to the nearest page above, unless another is given, or none; ``way`` leads on to what can be done now.
    """
    verdict = exception.verdict if isinstance(exception, Refused) else None
    if is_autosave(request) and verdict is not None:
        return JsonResponse({"faults": [verdict.sentence], "versions": {}}, status=403)
    typed = what_was_typed(request, at_least=WORTH_KEEPING) if verdict is not None else []
    above = page_above(request.path_info) if above is NEAREST else above
    context = {"verdict": verdict, "typed": typed, "above": above, "way": way}
    return render(request, "403.html", context, status=403)


_explanations: list[Callable[[Any, str], Explained | None]] = []


def explain_missing(ask: Callable[[Any, str], Explained | None]) -> None:
    """Bring what says, of a person and an address, why they do not find what they work on or once worked on; else nothing."""
    if ask not in _explanations:
        _explanations.append(ask)


_watching: list[Callable[[Any, str], None]] = []


def watch_missing(note: Callable[[Any, str], None]) -> None:
    """Bring what hears of a person and an address at which they were told that nothing is there. It stops no page."""
    if note not in _watching:
        _watching.append(note)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 404, the same whether a thing is missing or hidden.

    Only somebody who takes part or once did learns more, and loses no word that they typed: to them it is a refusal with its
    reason (403).
    """
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        for ask in _explanations:
            if found := ask(person, request.path_info):
                refusal = Refused(refuse(found.sentence))
                return refused(request, refusal, above=None, way=found.way)
        for note in _watching:
            note(person, request.path_info)
    if isinstance(exception, NothingHere):
        return render(request, "404.html", {"sentence": exception.sentence}, status=404)
    return page_not_found(request, exception)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Status 403 for a form whose page no longer belongs to this browser's cookies; what was typed is shown to copy.

    What another site sent is not shown: nobody typed it here.
    """
    is_from_elsewhere = reason.startswith(("Origin", "Referer"))
    typed = [] if is_from_elsewhere else what_was_typed(request)
    context = {"typed": typed, "form_page": form_page(request)}
    return render(request, "403_csrf.html", context, status=403)


class SignInFirst(LoginRequiredMiddleware):
    """Every page needs a session but those that say they do not (``login_not_required``).

    Who opens a page without one is sent to sign in. Who sends a form without one is told so with status 401, and shown what
    they typed; an autosave is sent on as before, since the journal knows what that means.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponse:
        if request.method != "POST" or is_autosave(request):
            return super().handle_no_permission(request, view_func)
        query = urlencode({"next": form_page(request)})
        context = {
            "typed": what_was_typed(request),
            "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{query}",
        }
        return render(request, "401.html", context, status=401)


def form_page(request: HttpRequest) -> str:
    """The address of the page on which this form stands: where the browser says it was, or else where it was sent."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return request.get_full_path()
    is_ours = url_has_allowed_host_and_scheme(came_from.path, allowed_hosts=None)
    if came_from.netloc != request.get_host() or not is_ours:
        return request.get_full_path()
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


@dataclass(frozen=True, slots=True)
class Above:
    """The page in whose room another one stands: its address, and its name in words."""

    url: str
    words: str


def page_above(path: str) -> Above | None:
    """The nearest page above this address that only reads, for the way back: the report, above sending it to the panel."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 1, -1):
        url = f"/{'/'.join(parts[:length])}/"
        try:
            match = resolve(url)
        except Resolver404:
            continue
        if getattr(match.func, "page_methods", frozenset()) == {"GET"}:
            return Above(url, re.sub("(?<!self)-", " ", match.url_name or ""))
    return None


WORTH_KEEPING = 20  # characters: a sentence somebody wrote, not a choice or a date
NOT_WRITTEN = (
    "csrfmiddlewaretoken",
    "key",
    "next",
    "digest",
    "again",
    "seen",
    "from",
    "code",
    "opening",
    "form_token",
)
LINE = 60  # characters on one line of a box


@dataclass(frozen=True, slots=True)
class Typed:
    """One value of a form that was not taken: its name in words, what was typed, and how many lines that needs."""

    name: str
    words: str
    rows: int


def what_was_typed(request: HttpRequest, *, at_least: int = 1) -> list[Typed]:
    """What somebody wrote in a form that was not taken, so that the answer loses none of it.

    Under the labels of the page's own form, and what was chosen in the words that stood beside it. No passwords, no files, and no
    numbers of rows that were chosen where their names are not open: nobody could read them.
    """
    match = request.resolver_match
    bare = {name: name.rpartition("-")[2] for name in request.POST}
    fields = fields_of_page(match.func, set(bare.values())) if match else {}
    return [
        _typed(name, fields.get(bare[name]), value)
        for name, values in request.POST.lists()
        for value in values
        if len(value.strip()) >= at_least
        and not _is_not_written(name)
        and not (value.isdigit() and not words_chosen(fields.get(bare[name]), value))
    ]


def _typed(name: str, field: Field | None, value: str) -> Typed:
    words = words_chosen(field, value) or value
    before, _, last = name.rpartition("-")
    label = str(field.label or pretty_name(last)) if field else ""
    if label and before:
        label = f"{pretty_name(before.replace('-', '_'))}: {label}"
    rows = sum(1 + len(line) // LINE for line in words.splitlines())
    return Typed(label or pretty_name(name.replace("-", "_")), words, min(12, rows))


def _is_not_written(name: str) -> bool:
    """Whether the page itself put this field into its form, or it must not be shown."""
    return not name or name in NOT_WRITTEN or "passw" in name.lower() or name.endswith("based_on")


def is_autosave(request: HttpRequest) -> bool:
    """Whether a form was sent by itself while somebody types (``static/js/journal.js``), which asks for JSON."""
    return request.method == "POST" and "application/json" in request.headers.get("Accept", "")


def answer_to_autosave(
    form: VersionedForm, versions: Mapping[str, int], *, besides: str = ""
) -> JsonResponse:
    """What the autosave needs: the versions as they are now by name of field, or one sentence for each fault.

    Status 409 where somebody saved meanwhile: ``versions`` then holds those of the texts that were saved nevertheless,
    which ``besides`` says in a sentence.
    """
    if form.newer:
        faults = [
            f"{newer.sentence} Save with the button below to see both texts."
            for newer in form.newer
        ]
        faults += [besides] if besides else []
        return JsonResponse({"faults": faults, "versions": dict(versions)}, status=409)
    if not form.is_valid():
        faults = [str(fault) for faults in form.errors.values() for fault in faults]
        return JsonResponse({"faults": faults}, status=400)
    return JsonResponse({"saved_at": clock(timezone.now()), "versions": dict(versions)})


NOTHING_OF_THE_DEVICE = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no page of ours asks for camera, microphone or place, so none may."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        return response

    return middleware


KEPT_BY_NOBODY = "private, no-store"


def keep_nothing(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no browser and nothing between keeps what a signed-in person sees, so that going back after signing out
    shows nothing; nor a refusal, which shows what was typed. What everybody may read is left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (401, 403) or _is_personal(request, response):
            response.setdefault("Cache-Control", KEPT_BY_NOBODY)
        return response

    return middleware


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it asks who is there, or is a public page that carries the name of somebody signed in."""
    match = request.resolver_match
    if match is None or getattr(match.func, "login_required", True):
        return True
    is_page = response.get("Content-Type", "").startswith("text/html")
    return is_page and hasattr(request, "user") and request.user.is_authenticated


class SmallFiles(FileUploadHandler):
    """What every page does with files unless it asks for more: keep at most 2 MiB of a request, in memory.

    Anybody can post a file to any page, signed in or not, and the check against forgery reads the body first. So nothing is
    written to disk here, and what goes beyond is dropped. ``size`` stays the true one, so that a form can say what was too large.
    """

    LIMIT = 2 * 1024 * 1024  # bytes of one request

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = self.LIMIT - getattr(self, "held", 0)
        self.kept.write(raw_data[: max(room, 0)])
        self.held = getattr(self, "held", 0) + min(len(raw_data), max(room, 0))

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
