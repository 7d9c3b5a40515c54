"""The product's addresses and one bare signed-in page, so that both are measured on the same server."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler403
from config.urls import urlpatterns as product

__all__ = ["handler403", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """The least that a signed-in page can do: session, person, one short answer."""
    return HttpResponse(f"<!DOCTYPE html><title>{request.user.name}</title>")


urlpatterns = [path("bench/bare/", bare), *product]
