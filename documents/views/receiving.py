"""Letting files come: what every page that takes a file does before its form sees it."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from core.verdicts import ALLOWED, Verdict, refuse
from documents import arrivals

TOO_MANY = refuse(
    "More than 100 files were sent at once. Send at most 100, and the others after them."
)


def receive(request: HttpRequest, *, one_file: bool) -> tuple[Verdict, int]:
    """Let the body of a request come, its files to disk: whether all of it arrived, and the status to answer with.

    The page that calls it checks the forgery token afterwards, because that check reads the body too.
    """
    verdict = arrivals.may_send(_length(request), one_file=one_file)
    if not verdict:
        _drain(request)
        return verdict, 413
    handler = arrivals.ArrivalHandler(request)
    request.upload_handlers = [handler]
    try:
        request.POST  # noqa: B018  # the body is read here
    except (arrivals.UploadBroke, UnreadablePostError, MultiPartParserError):
        return arrivals.broken(), 400
    except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig):
        return TOO_MANY, 400
    finally:
        handler.abandon()  # nothing, when every file came whole
    return ALLOWED, 200


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _drain(request: HttpRequest) -> None:
    """Read on and throw away, up to twice the limit, so that the sender's browser lives to see the
    answer.
    """
    left = 2 * arrivals.limit()
    while left > 0:
        try:
            block = request.read(arrivals.CHUNK)
        except OSError:
            return
        if not block:
            return
        left -= len(block)
