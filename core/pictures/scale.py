"""The six-point scale: its words, and the bar of six boxes that stands beside an evaluation in the report."""

from __future__ import annotations

from django.utils.safestring import SafeString

from core.pictures.svg import INK, INK_SOFT, LINE, NAVY, PAPER, SKY, Sheet

LEVELS = {6: "Excellent", 5: "Very good", 4: "Good", 3: "Adequate", 2: "Weak", 1: "Unsatisfactory"}


def scale_bar(level: int) -> SafeString:
    """Six boxes, the level's own in navy: ``4 on a scale from 1 to 6``. Raises ``ValueError`` outside 1 to 6."""
    if level not in LEVELS:
        raise ValueError(f"An evaluation is 1 to 6, not {level}.")
    sheet = Sheet(240, 25)
    for number in range(1, 7):
        x = (number - 1) * 40 + 1
        if number > level:
            sheet.rect(x, 0.5, 38, 23, PAPER, rx=1.5, stroke=LINE)
        else:
            sheet.rect(x, 0, 38, 24, NAVY if number == level else SKY, rx=1.5)
        ink = PAPER if number == level else INK if number < level else INK_SOFT
        sheet.text(
            str(number),
            x + 19,
            16.5,
            size=12,
            fill=ink,
            weight=700 if number == level else 400,
            anchor="middle",
        )
    return sheet.finish(title=f"{level} on a scale from 1 to 6")
