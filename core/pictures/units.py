"""Things that can be counted, drawn one by one: requests, topics, records; and a bar only for a share of many.

Looks: full (accepted), half (sent), open (with somebody), late, cross (a settled concern), thin (one source).
They differ in fill, edge and sign, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.pictures.svg import BLUE, INK_SOFT, NAVY, PAPER, RED, SKY, Sheet, swatch

LOOKS = ("full", "half", "open", "late", "cross", "thin")


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """So many units of one look: ``UnitGroup("accepted", 6, "full", url="?state=accepted")``."""

    words: str
    count: int
    look: str = "full"
    url: str = ""

    def __post_init__(self) -> None:
        if self.look not in LOOKS:
            raise ValueError(f"Unknown look {self.look!r}; one of {', '.join(LOOKS)}.")
        if self.count < 0:
            raise ValueError("A count is not below nothing.")


def said(groups: Sequence[UnitGroup]) -> str:
    """``6 accepted, 3 sent, 1 late``; states without any are left out, unless all are."""
    return (
        ", ".join(f"{group.count} {group.words}" for group in groups if group.count) or "none yet"
    )


def total(groups: Sequence[UnitGroup]) -> int:
    """How many units there are."""
    return sum(group.count for group in groups)


def unit_row(
    groups: Sequence[UnitGroup],
    *,
    title: str,
    unit: tuple[float, float] = (32, 20),
    room: float = 530,
) -> SafeString:
    """All units in order, a little apart by state, in as many lines as ``room`` needs.

    ``title`` names the picture and should carry the counts, as ``said`` gives them.
    """
    width, height = unit
    gap, apart = (4.0, 14.0) if width > 20 else (3.0, 12.0)
    places: list[tuple[float, float, str]] = []
    x = y = furthest = 0.0
    for number, group in enumerate(one for one in groups if one.count):
        if number and x:
            x += apart - gap
        for _ in range(group.count):
            if x and x + width > room:
                x, y = 0.0, y + height + 6
            places.append((x, y, group.look))
            furthest = max(furthest, x + width)
            x += width + gap
    sheet = Sheet(max(furthest, width), y + height)
    for left, top, look in places:
        draw_unit(sheet, left, top, width, height, look)
    return sheet.finish(
        title=title, css_class="app-chart--wide" if room > 300 else "app-chart--narrow"
    )


def squares(groups: Sequence[UnitGroup], *, title: str, room: int = 10) -> SafeString:
    """Small squares in one row for a table cell, wrapping after ``room`` of them."""
    looks = [group.look for group in groups for _ in range(group.count)]
    rows = max(-(-len(looks) // room), 1)
    sheet = Sheet(22 * room + 2, 20 * rows)
    for place, look in enumerate(looks):
        draw_unit(sheet, 1 + place % room * 22, 1 + place // room * 20, 18, 18, look)
    return sheet.finish(title=title)


def share_bar(
    title: str, part: float, whole: float, *, width: int = 320, height: int = 14
) -> SafeString:
    """A share of too many to draw, 74 of about 86. More than the whole fills the bar; no whole leaves it empty."""
    sheet = Sheet(width, height)
    sheet.rect(0, 0, width, height, SKY)
    share = min(max(part / whole, 0), 1) if whole else 0
    if share:
        sheet.rect(0, 0, width * share, height, BLUE)
    return sheet.finish(title=title)


def key_swatch(look: str) -> SafeString:
    """The look by itself, for the key."""
    sheet = Sheet(18, 18)
    draw_unit(sheet, 0, 0, 18, 18, look)
    return swatch(sheet)


def draw_unit(sheet: Sheet, x: float, y: float, w: float, h: float, look: str) -> None:
    """One unit."""
    middle = x + w / 2
    if look in ("full", "late", "cross"):
        sheet.rect(x, y, w, h, {"full": BLUE, "late": RED, "cross": NAVY}[look])
    elif look == "thin":
        sheet.rect(
            x + 1, y + 1, w - 2, h - 2, PAPER, stroke=INK_SOFT, stroke_width=1.5, dash="3 2.5"
        )
    else:
        sheet.rect(x + 1, y + 1, w - 2, h - 2, PAPER, stroke=BLUE, stroke_width=2)
    if look == "half":
        sheet.rect(x + 1, y + h / 2, w - 2, h / 2 - 1, BLUE, rx=0)
    if look == "late":
        sheet.path(
            f"M{middle:.1f} {y + 4:.1f} v{h - 12:.1f} M{middle:.1f} {y + h - 6:.1f} v3",
            stroke=PAPER,
            width=2.5,
        )
    if look == "cross":
        sheet.path(
            f"M{middle - 4:.1f} {y + h / 2 - 4:.1f} l8 8 m0 -8 l-8 8", stroke=PAPER, width=2.5
        )
