"""HTML to PDF: tagged, titled, the same bytes again, and never a look outside its folders."""

import base64
import ctypes
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import page
import pdfua
import pikepdf
import pytest

from core import pdf

ROOT = Path(__file__).resolve().parents[2]
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
STYLE = """
@page { size: A4; @top-left { content: "Glenmarrow" } @bottom-right { content: counter(page) } }
section { break-before: page }
"""
DOCUMENT = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Joint inspection of Glenmarrow</title>
<meta name="dcterms.created" content="2026-06-09T09:30:00Z"><style>{style}</style></head>
<body><h1>Glenmarrow</h1><p>See <a href="https://example.org/">the method</a> and
<a href="#evaluations">our evaluations</a>.</p>
<section id="evaluations"><h2>Evaluations</h2>
<div><table><caption>Two evaluations</caption>
<thead><tr><th scope="col">Indicator</th><th scope="col">Evaluation</th></tr></thead>
<tbody><tr><th scope="row">1.1</th><td>Good</td></tr><tr><th scope="row">2.1</th><td>Weak</td></tr>
</tbody></table></div>{more}</section></body></html>"""


@pytest.fixture(scope="module", autouse=True)
def pdf_or_skip() -> None:
    """Without the system's libraries these tests are skipped, with the sentence that says why."""
    verdict = pdf.pdf_available()
    if not verdict:
        pytest.skip(verdict.sentence)


def render(more: str = "", **terms: Any) -> bytes:
    """The document of this file, with something more at its end."""
    return pdf.render_pdf(DOCUMENT.format(style=STYLE, more=more), **terms)


def opened(more: str = "", **terms: Any) -> pikepdf.Pdf:
    """The same, open for a look inside."""
    return pikepdf.open(io.BytesIO(render(more, **terms)))


def test_two_checkers_of_pdf_ua_find_nothing(tmp_path):
    document = render()
    report = page.validate_pdf_bytes(document)
    assert (report.rules.total, [failure.message for failure in report.failures]) == (104, [])
    path = tmp_path / "report.pdf"
    path.write_bytes(document)
    assert [finding.message for finding in pdfua.validate(str(path)).findings] == []


def test_the_checkers_do_bite():
    with pikepdf.open(io.BytesIO(render())) as document:
        del document.Root.StructTreeRoot
        broken = io.BytesIO()
        document.save(broken)
    assert not page.is_pdf_compliant_bytes(broken.getvalue())


def test_title_language_marker_and_bookmarks_are_there():
    document = opened()
    assert str(document.Root.Lang) == "en-GB"
    assert str(document.docinfo.Title) == "Joint inspection of Glenmarrow"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert b'pdfuaid:part="1"' in document.Root.Metadata.read_bytes()
    with document.open_outline() as outline:
        (top,) = outline.root
        assert (top.title, [below.title for below in top.children]) == (
            "Glenmarrow",
            ["Evaluations"],
        )


def test_table_headers_say_what_they_head():
    document = opened()
    heads = [node for node, _ in pdf._elements(document) if node.S == "/TH"]
    assert [str(head.A.Scope) for head in heads] == ["/Column", "/Column", "/Row", "/Row"]


def test_running_heads_and_page_numbers_are_not_read_aloud():
    for sheet in opened().pages:
        operators = [
            str(instruction.operator) for instruction in pikepdf.parse_content_stream(sheet)
        ]
        assert operators.count("BMC") == 2
        assert operators.count("BMC") + operators.count("BDC") == operators.count("EMC")


def test_links_are_printed_with_the_page():
    document = opened()
    annotations = [note for sheet in document.pages for note in sheet.get("/Annots", ())]
    assert [int(note.F) & pdf.PRINT_FLAG for note in annotations] == [4, 4]


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path):
    script = (
        "import sys, tests.core.test_pdf as t; import django; django.setup();"
        "open(sys.argv[1], 'wb').write(t.render())"
    )
    made = []
    for seed in ("1", "2"):
        path = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        command = [sys.executable, "-c", script, str(path)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=60)
        made.append(path.read_bytes())
    assert made[0] == made[1] == render()


def test_the_only_date_is_the_documents_own():
    document = opened()
    assert str(document.docinfo.CreationDate) == "D:20260609093000Z"
    assert "/ModDate" not in document.docinfo


def pictures(document: pikepdf.Pdf) -> int:
    """How many pictures the document holds."""
    return len({name for sheet in document.pages for name in sheet.get_images()})


def test_a_picture_may_be_data_or_a_file_below_the_folder(tmp_path):
    inside = tmp_path / "static"
    inside.mkdir()
    (inside / "one.png").write_bytes(pixel())
    (tmp_path / "secret.png").write_bytes(pixel())
    (inside / "way-out.png").symlink_to(tmp_path / "secret.png")
    for source, drawn in [
        (PIXEL, 1),
        ("one.png", 1),
        ((inside / "one.png").as_uri(), 1),
        ("../secret.png", 0),
        ("way-out.png", 0),
        ((tmp_path / "secret.png").as_uri(), 0),
        ("//elsewhere.example/one.png", 0),
    ]:
        made = opened(f'<p><img alt="A dot" src="{source}"></p>', base_dir=inside)
        assert pictures(made) == drawn, source


@pytest.mark.parametrize("url", ["http://{}/", "https://{}/", "ftp://{}/x", "file://{}/etc/hosts"])
def test_nothing_is_ever_asked_of_the_network(url, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda *_: asked.append(url))
    address = url.format("127.0.0.1:9")
    made = opened(f'<p><img alt="x" src="{address}"></p><link rel="stylesheet" href="{address}">')
    assert (pictures(made), asked) == (0, [])


def pixel() -> bytes:
    """The bytes of the dot."""
    return base64.b64decode(PIXEL.partition(",")[2])


def test_a_style_sheet_from_disk_is_used_and_may_name_its_neighbours(tmp_path):
    (tmp_path / "dot.png").write_bytes(pixel())
    sheet = tmp_path / "print.css"
    sheet.write_text('h1 { background: url("dot.png") } section { break-before: auto }')
    made = opened(css_files=[sheet])
    assert (len(made.pages), len(opened().pages)) == (2, 2)
    assert b"/Pattern" in made.pages[0].obj.Resources.unparse(resolved=True)


@pytest.mark.parametrize(
    "html",
    ["<html lang=en><body><p>No title</p>", "<title>No language</title><p>Hello</p>", ""],
)
def test_a_document_without_title_or_language_is_refused(html):
    with pytest.raises(ValueError, match="needs a title and a language") as refused:
        pdf.render_pdf(html)
    assert f"It is {len(html)} characters long and begins: {html!r}" in str(refused.value)


def test_without_a_system_library_the_sentence_names_the_command(monkeypatch):
    load = ctypes.CDLL

    def without_pango(name: str, *rest: Any) -> Any:
        if "pango-1.0" in name:
            raise OSError(name)
        return load(name, *rest)

    monkeypatch.setattr(ctypes, "CDLL", without_pango)
    with pytest.raises(pdf.PdfUnavailable, match=r"libpango-1\.0 is missing\. .*apt-get install"):
        pdf.render_pdf("<html lang=en><title>T</title>")
