"""The pencil: shapes as attributes, how wide words are, and a free place for a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BLUE, BLUE_DARK, NAVY, SKY, MIST = "#0065bd", "#00437e", "#002d54", "#d9effc", "#f2f8fc"
INK, INK_SOFT, PAPER, RED = "#1a1a1a", "#5e5e5e", "#ffffff", "#b81d04"
LINE, LINE_STRONG, LINE_FAINT, GAP = "#b3b3b3", "#767676", "#e3e6e8", "#f1f1f1"
FONT = "Roboto, Helvetica Neue, Arial, sans-serif"

# Advance widths of Roboto in thousandths of its size, the wider of regular and bold; what is not here counts as 575.
_WIDTHS = {
    "'": 175, " ": 250, "i": 265, "j": 260, "l": 265, "!": 271, "I": 292, ".": 290, ",": 246, ":": 282, ";": 263,
    "’": 229, "t": 338, "(": 350, ")": 351, "f": 358, "r": 366, "/": 413, "-": 394, "v": 506, "s": 516, "c": 523,
    "k": 534, "x": 509, "y": 503, "z": 509, "w": 751, "m": 877, "A": 672, "C": 654, "D": 656, "G": 682, "H": 713,
    "K": 636, "N": 713, "O": 689, "P": 645, "Q": 689, "R": 641, "S": 616, "T": 620, "U": 659, "V": 653, "M": 875,
    "W": 887, "%": 739, "B": 638,
}  # fmt: skip
_SLACK = 1.04  # a machine without Roboto draws a little wider


def width_of(words: str, size: float) -> float:
    """How wide the words are drawn, in user units; a little more rather than a little less."""
    return sum(_WIDTHS.get(letter, 575) for letter in words) / 1000 * size * _SLACK


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in user units: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, *, air: float = 0) -> bool:
        """Whether the two come closer than ``air`` beside each other, or overlap."""
        return (
            self.left < other.right + air
            and other.left < self.right + air
            and self.top < other.bottom
            and other.top < self.bottom
        )


def box_of(words: str, x: float, y: float, *, size: float, anchor: str = "start") -> Box:
    """The rectangle of words whose base line is at ``y``."""
    wide = width_of(words, size)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    return Box(left, y - size * 0.8, left + wide, y + size * 0.22)


@dataclass(slots=True)
class Sheet:
    """One picture being drawn. ``taken`` holds the boxes of its words, so that a label can look for a free place."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str,
        *,
        rx: float = 2,
        stroke: str = "",
        stroke_width: float = 1,
        dash: str = "",
    ) -> None:
        """A rectangle."""
        edge = f' stroke="{stroke}" stroke-width="{_n(stroke_width)}"' if stroke else ""
        edge += f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(w, 0.5))}" height="{_n(h)}" rx="{_n(rx)}" '
            f'fill="{fill}"{edge}/>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        stroke: str,
        *,
        width: float = 1,
        dash: str = "",
    ) -> None:
        """A line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" '
            f'stroke-width="{_n(width)}"{dashes}/>'
        )

    def path(self, d: str, *, fill: str = "none", stroke: str = "none", width: float = 0) -> None:
        """A path; ``d`` is ours, never a user's."""
        self.parts.append(
            f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{_n(width)}"/>'
        )

    def circle(
        self, x: float, y: float, r: float, fill: str, *, stroke: str = "none", width: float = 0
    ) -> None:
        """A circle."""
        self.parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{_n(width)}"/>'
        )

    def diamond(
        self, x: float, y: float, r: float, fill: str, *, stroke: str = "none", width: float = 0
    ) -> None:
        """A diamond, the mark of a meeting."""
        self.path(
            f"M{_n(x)} {_n(y - r)} L{_n(x + r)} {_n(y)} L{_n(x)} {_n(y + r)} L{_n(x - r)} {_n(y)} Z",
            fill=fill,
            stroke=stroke,
            width=width,
        )

    def text(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = 13,
        fill: str = INK,
        weight: int = 400,
        anchor: str = "start",
        claims: bool = True,
    ) -> Box:
        """Words with their base line at ``y``; the place they take is remembered unless ``claims`` is off."""
        box = box_of(words, x, y, size=size, anchor=anchor)
        if claims:
            self.taken.append(box)
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}" font-weight="{weight}" '
            f'text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )
        return box

    def is_free(self, box: Box, *, air: float = 4) -> bool:
        """Whether a box lies within the sheet and away from every word so far."""
        inside = box.left >= -0.5 and box.right <= self.width + 0.5
        return inside and not any(box.meets(other, air=air) for other in self.taken)

    def finish(self, *, title: str, description: str = "", css_class: str = "") -> SafeString:
        """The picture as safe SVG with its name and description."""
        told = f"{title}|{description}|{css_class}|{self.width}"
        mark = f"pic-{sha256(told.encode()).hexdigest()[:10]}"
        pointer = f' aria-describedby="{mark}"' if description else ""
        desc = f'<desc id="{mark}">{escape(description)}</desc>' if description else ""
        kind = f' class="{css_class}"' if css_class else ""
        size = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}" width="{_n(self.width)}" height="{_n(self.height)}"'
        return mark_safe(  # every word went through escape(), every number through _n()
            f'<svg{kind} {size} role="img" font-family="{FONT}" aria-label="{escape(title)}"{pointer}>'
            f"<title>{escape(title)}</title>{desc}{''.join(self.parts)}</svg>"
        )


def swatch(sheet: Sheet) -> SafeString:
    """A small picture without meaning of its own, hidden from those who hear the page: the words stand beside it."""
    size = f'viewBox="0 0 {_n(sheet.width)} {_n(sheet.height)}" width="{_n(sheet.width)}" height="{_n(sheet.height)}"'
    return mark_safe(
        f'<svg {size} aria-hidden="true" focusable="false">{"".join(sheet.parts)}</svg>'
    )  # ours


def _n(value: float) -> str:
    """A number with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
