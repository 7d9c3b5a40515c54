"""The report by our pipeline against bare WeasyPrint on the same HTML: seconds, pages a second, ratio.

Ours is PDF/UA-1 with the finishing step; bare is WeasyPrint's own PDF of the same document. Best of three, in turn.
Target: at most 1.15 times bare, and within 1.25 with PDF/UA included.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

import pikepdf  # noqa: E402  # after Django is set up
from django.conf import settings  # noqa: E402

from core.pdf import pdf_available  # noqa: E402
from reports import exports  # noqa: E402
from tests.reports.sample import plain_source  # noqa: E402

ROUNDS = 3


def _seconds(draw: Callable[[], bytes]) -> tuple[float, bytes]:
    start = time.perf_counter()
    pdf = draw()
    return time.perf_counter() - start, pdf


def measure(paragraphs: int = 40) -> dict[str, float]:
    """Draw a long report both ways; the figures."""
    from weasyprint import HTML

    html = str(exports.report_html(plain_source(paragraphs=paragraphs)))
    base = (Path(settings.BASE_DIR) / "static").as_uri() + "/"

    def bare() -> bytes:
        return bytes(HTML(string=html, base_url=base).write_pdf())

    def ours() -> bytes:
        return exports.report_pdf(html)

    times: dict[str, list[float]] = {"bare": [], "ours": []}
    pages = 0
    for _ in range(ROUNDS):
        for name, draw in (("bare", bare), ("ours", ours)):
            seconds, pdf = _seconds(draw)
            times[name].append(seconds)
            pages = len(pikepdf.open(io.BytesIO(pdf)).pages)
    best = {name: min(found) for name, found in times.items()}
    return {
        "pages": pages,
        "bare_seconds": round(best["bare"], 2),
        "ours_seconds": round(best["ours"], 2),
        "pages_a_second": round(pages / best["ours"], 1),
        "ratio": round(best["ours"] / best["bare"], 2),
    }


def main() -> None:
    """Print the figures, or the one sentence that says why there are none."""
    available = pdf_available()
    if not available:
        print(available.sentence)
        return
    for name, value in measure().items():
        print(f"report {name.replace('_', ' ')}: {value}")


if __name__ == "__main__":
    main()
