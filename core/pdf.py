"""HTML to PDF, behind one function: tagged by PDF/UA-1, from disk only, the same bytes for the same input.

WeasyPrint is imported inside the function: where its system libraries are missing, the import fails, and
everything but the PDF must go on working.
"""

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings

from core.verdicts import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.dylib", "libgobject-2.0-0"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0"),
    ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0"),
    ("libfontconfig.so.1", "libfontconfig.dylib", "libfontconfig-1"),
)
INSTALL = (
    "apt-get install --no-install-recommends"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
)
MISSING = (
    "Reports can be read on screen, but PDF is off: the system library {library} is missing."
    " On Debian or Ubuntu run `{install}`."
)
PRINT_FLAG = 4
FONT_FILE = re.compile(r"roboto-latin-(?P<weight>\d00)-(?P<style>normal|italic)\.woff2")


class PdfUnavailable(RuntimeError):
    """This machine lacks a library that makes PDF. The message is the sentence to show."""


def pdf_available() -> Verdict:
    """Yes, or no with the one command that puts it right. A few milliseconds; nothing is imported."""
    library = missing_library()
    return refuse(MISSING.format(library=library, install=INSTALL)) if library else ALLOWED


def missing_library() -> str:
    """The first system library that makes PDF and is not on this machine, such as ``libpango-1.0``; empty when none is missing."""
    for names in LIBRARIES:
        if not any(_loads(name) for name in names):
            return names[0].partition(".so")[0]
    return ""


def render_pdf(html: str, *, css_files: Sequence[Path] = (), base_dir: Path | None = None) -> bytes:
    """The document as PDF/UA-1, with bookmarks from its headings.

    Pictures and fonts may be `data:` URLs or files below `base_dir` (the project's static files, unless another is
    given) and below the folders of the style sheets; anything else is left out and logged. Creation and
    change dates are those of `<meta name="dcterms.created">` and `dcterms.modified`, never the clock's.

    Raises PdfUnavailable, or ValueError for a document without a title or a language.
    """
    pdf_or_sentence = pdf_available()
    if not pdf_or_sentence:
        raise PdfUnavailable(pdf_or_sentence.sentence)
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    base = Path(base_dir or settings.STATICFILES_DIRS[0]).resolve()
    fetcher = _fetcher(base, *(path.resolve().parent for path in css_files))
    fonts = FontConfiguration()
    terms = {"font_config": fonts, "url_fetcher": fetcher}
    sheets = [CSS(string=_font_faces(base), base_url=base.as_uri(), **terms)]
    sheets += [CSS(filename=str(path), **terms) for path in css_files]
    source = HTML(string=html, base_url=f"{base.as_uri()}/", url_fetcher=fetcher)
    document = source.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    if not document.metadata.title or not document.metadata.lang:
        raise ValueError(
            "A PDF needs a title and a language, <title> and <html lang>; "
            f"this one has {document.metadata.title!r} and {document.metadata.lang!r}. "
            f"It is {len(html)} characters long and begins: {html.strip()[:120]!r}"
        )
    return finish(document.write_pdf(pdf_variant="pdf/ua-1"))


def finish(pdf: bytes) -> bytes:
    """Add what WeasyPrint leaves out, and make the file's id depend on its contents alone.

    Table headers get their scope, running heads become artifacts, links are printed with the page.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tagged = _tagged_content(document)
        for page in document.pages:
            _mark_artifacts(document, page, tagged[page.obj.objgen])
            for annotation in page.get("/Annots", ()):
                annotation.F = int(annotation.get("/F", 0)) | PRINT_FLAG
        for element, ancestors in _elements(document):
            if element.get("/S") == "/TH":
                attributes = element.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
                attributes.Scope = pikepdf.Name("/Column" if "/THead" in ancestors else "/Row")
                element.A = attributes
        finished = io.BytesIO()
        document.save(
            finished,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return finished.getvalue()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _fetcher(*roots: Path) -> "URLFetcher":
    """Reads `data:` URLs and files below the given folders; nothing else, ever."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class DiskFetcher(URLFetcher):
        """A fetcher that has never heard of the network."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The file or the data; ValueError for everything else, which WeasyPrint logs and leaves out."""
            if not url.lower().startswith("file:"):
                return super().fetch(url, headers)
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.netloc or not any(path.is_relative_to(root) for root in roots):
                raise ValueError("A file outside the folders that a document may use.")
            return URLFetcherResponse(url, path.read_bytes())

    return DiskFetcher(allowed_protocols=("data",))


def _font_faces(base: Path) -> str:
    """Roboto from the design system's folder, where it is installed; otherwise the machine's own sans-serif."""
    found = sorted((base / "vendor" / "roboto").rglob("*.woff2"))
    faces = [(FONT_FILE.fullmatch(path.name), path.as_uri()) for path in found]
    return "".join(
        f"@font-face {{ font-family: Roboto; font-weight: {face['weight']};"
        f' font-style: {face["style"]}; src: url("{uri}") }}\n'
        for face, uri in faces
        if face
    )


def _elements(document: pikepdf.Pdf) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every structure element with the kinds of its ancestors, in reading order."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(document.Root.StructTreeRoot, ())]
    while waiting:
        node, ancestors = waiting.pop()
        if "/S" in node:
            yield node, ancestors
            ancestors = (*ancestors, str(node.S))
        below = [kid for kid in _kids(node) if isinstance(kid, pikepdf.Dictionary)]
        waiting.extend(
            (kid, ancestors) for kid in reversed(below) if "/Type" not in kid or _is_element(kid)
        )


def _is_element(node: Any) -> bool:
    return bool(node.Type == "/StructElem")


def _kids(node: Any) -> Iterable[Any]:
    kids = node.get("/K", ())
    return kids if isinstance(kids, pikepdf.Array) else (kids,)


def _tagged_content(document: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """The numbers of the marked content that the structure speaks of, for each page."""
    tagged: dict[tuple[int, int], set[int]] = defaultdict(set)
    for element, _ in _elements(document):
        for kid in _kids(element):
            if isinstance(kid, int):
                tagged[element.Pg.objgen].add(kid)
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                page = kid.get("/Pg", element.get("/Pg"))
                tagged[page.objgen].add(int(kid.MCID))
    return tagged


def _mark_artifacts(document: pikepdf.Pdf, page: pikepdf.Page, tagged: set[int]) -> None:
    """Content outside the structure, such as page numbers, is no part of what is read aloud."""
    changed = False
    instructions: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        if _is_stray(instruction, tagged):
            begin = pikepdf.Operator("BMC")
            instruction = pikepdf.ContentStreamInstruction([pikepdf.Name.Artifact], begin)
            changed = True
        instructions.append(instruction)
    if changed:
        content = pikepdf.unparse_content_stream(instructions)
        page.Contents = document.make_stream(content)


def _is_stray(instruction: Any, tagged: set[int]) -> bool:
    if str(instruction.operator) != "BDC":
        return False
    properties = instruction.operands[1]
    numbered = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
    return numbered and int(properties.MCID) not in tagged
