"""The small markup of report texts: paragraphs, lists, emphasis, links, tables, quotations and headings. Nothing else.

Text becomes HTML paragraph by paragraph, because every paragraph has an anchor to which a comment or a thread leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
SCHEMES = {"https", "http", "mailto"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": True}).enable(
        ["smartquotes", "replacements"]
    )


def blocks(text: str, *, heading: int = 3) -> list[str]:
    """The text as a list of clean pieces of HTML, one a paragraph, list, table, quotation or heading.

    ``heading`` is the level (3 or 4) that the first kind of heading in the text gets; a deeper one gets the next.
    Anything that is not in the small markup comes out as the characters that were typed.
    """
    parser = _parser()
    tokens = parser.parse(text or "")
    _level_headings(tokens, heading)
    _scope_headers(tokens)
    tokens = _tight_lists(tokens)
    env: dict[str, object] = {}
    return [_clean(parser.renderer.render(piece, parser.options, env)) for piece in _pieces(tokens)]


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    ).strip()


def _pieces(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block at the outermost level."""
    piece: list[Token] = []
    depth = 0
    for token in tokens:
        piece.append(token)
        depth += token.nesting
        if depth == 0:
            yield piece
            piece = []


def _level_headings(tokens: Sequence[Token], first: int) -> None:
    """No heading skips a level, and none stands beside the titles of the report itself."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    if not headings:
        return
    highest = min(token.tag for token in headings)
    for token in headings:
        token.tag = f"h{first if token.tag == highest else first + 1}"


def _scope_headers(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "th_open":
            token.attrs = {"scope": "col"}


def _tight_lists(tokens: Sequence[Token]) -> list[Token]:
    """Items of a list hold their words directly; a second paragraph in one begins on a new line.

    A paragraph inside an item would cost the item its body in the tags of the PDF.
    """
    tight: list[Token] = []
    firsts: list[bool] = []
    for token in tokens:
        if token.type == "list_item_open":
            firsts.append(True)
        elif token.type == "list_item_close":
            firsts.pop()
        elif firsts and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = True
            if token.type == "paragraph_open" and not firsts[-1]:
                tight.append(Token("hardbreak", "br", 0))
            firsts[-1] = False
        tight.append(token)
    return tight


def is_heading(html: str) -> bool:
    """Whether this piece is a heading: it takes no paragraph number."""
    return html[:3] in ("<h3", "<h4", "<h5")


def plain(html: str) -> str:
    """The words of a piece, without markup, for a quotation beside a comment."""
    return " ".join(unescape(nh3.clean(html, tags=set())).split())
