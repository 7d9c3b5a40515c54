# ruff: noqa: E501  # sentences of a report
"""A whole report as plain data, of the invented area: what the exports are tried on without a database."""

from __future__ import annotations

from typing import Any

from reports.wording import inspectorates, section_specs, wording

QUESTIONS = [
    "How good is the partnership at recognising and responding when children and young people need protection?",
    "How good is the partnership at helping children and young people who have experienced abuse and neglect stay safe, healthy and recover from their experiences?",
    "How good is the partnership at maximising the wellbeing of children and young people who are looked after?",
    "How good is the partnership at enabling care experienced young people to succeed in their transition to adulthood?",
    "How good is collaborative leadership?",
]
TEXTS = {
    "key-facts": "| Fact | Glenmarrow |\n| --- | --- |\n| People | 62,400 |\n| Aged 0 to 17 | 11,900 |\n| Looked after | 148 |",
    "how-we-conducted": "We read the records of 94 children and young people and met 74 of them.\n\n- six focus groups\n- surveys of children, parents and staff",
    "summary": "Most children in need of protection in Glenmarrow are safer because adults act early and stay with them. Help to recover does not yet reach all who need it in time.",
    "geography": "Glenmarrow has one town and many small villages.",
    "economy": "Most people work in farming, care and tourism.",
    "partnership": "The partnership brings together the council, the NHS board and Police Scotland.",
    "conclusion": "We are confident that the partnership has the capacity to improve, because its leaders know their services well.",
}
NARRATIVE = (
    "In nearly all the records we read, adults had acted **without delay** when a child was at risk. Children told us that "
    "one steady adult mattered more to them than any single service.\n\n> “She still comes on a Thursday.”\n\n"
    "## Help to recover\n\nServices for recovery were well thought of. In two localities parents described long waits."
)
LEVELS = [("1.1", "1.1 Improvements in safety, wellbeing and life chances", 4, "Good"),
          ("2.1", "2.1 Impact on children and young people", 4, "Good"),
          ("2.2", "2.2 Impact on families", 3, "Adequate"),
          ("9.1-9.4", "9.1 to 9.4 Leadership, as one", 5, "Very good")]  # fmt: skip
SCALE = [
    (6, "Excellent", "Outstanding or sector leading."),
    (5, "Very good", "Major strengths."),
    (4, "Good", "Important strengths, with some areas for improvement."),
    (3, "Adequate", "Strengths just outweigh weaknesses."),
    (2, "Weak", "Important weaknesses."),
    (1, "Unsatisfactory", "Major weaknesses."),
]


def plain_source(*, day: str = "2026-06-09", paragraphs: int = 1) -> dict[str, Any]:
    """The report on Glenmarrow; ``paragraphs`` times the narrative, for long ones."""
    from datetime import date

    words = wording()
    number = iter(range(1, 1000))

    def point(kind: str, text: str, *drawn_from: str) -> dict[str, Any]:
        return {"id": next(number), "kind": kind, "text": text, "drawn_from": sorted(drawn_from)}

    return {
        "format": 1,
        "language": "en-GB",
        "reference": "JI-2026-001",
        "area": {"code": "S12999901", "name": "Glenmarrow", "is_invented": True},
        "dated_at": f"{day}T09:30:00+01:00",
        "dated_on": day,
        "programme_title": words["programme_title"],
        "inspectorates": inspectorates(date.fromisoformat(day)),
        "labels": dict(words["labels"]),
        "invented": words["invented"].format(area="Glenmarrow"),
        "sections": [
            {
                "key": spec.key,
                "group": spec.group.format(area="Glenmarrow"),
                "title": spec.title,
                "text": TEXTS.get(spec.key, spec.default),
            }
            for spec in section_specs()
        ],
        "questions": [
            {
                "number": place,
                "title": title,
                "narrative": "\n\n".join([NARRATIVE] * paragraphs),
                "points": [
                    point(
                        "key_message",
                        "Most children felt safe where they lived and could name an adult they trusted.",
                        "children’s records",
                        "focus groups",
                    ),
                    point(
                        "key_message",
                        "Help to recover was valued by those who had it; waits differed between localities.",
                        "interviews",
                    ),
                    point(
                        "strength",
                        f"Staff recognise risk early and act together on the same day ({place}).",
                        "children’s records",
                    ),
                    point(
                        "area_for_development",
                        f"Make help to recover available in every locality without long waits ({place}).",
                        "focus groups",
                    ),
                ],
            }
            for place, title in enumerate(QUESTIONS, 1)
        ],
        "evaluations": [{"key": k, "title": t, "level": n, "word": w} for k, t, n, w in LEVELS],
        "scale": [{"number": n, "name": name, "means": means} for n, name, means in SCALE],
        "follow_up": None,
        "terms": list(words["terms"]),
    }
