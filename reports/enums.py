"""States and moves of the report, and the few kinds of thing in it."""

from __future__ import annotations

from django.db import models

from inspections.enums import Stand


class ReportState(models.TextChoices):
    """Where one report is (`docs/lifecycle.md`)."""

    DRAFTING = "drafting", "Drafting"
    WITH_THE_PANEL = "with_the_panel", "With the panel"
    APPROVED = "approved", "Approved by the panel"
    WITH_THE_PARTNERSHIP = "with_the_partnership", "With the partnership"
    COMMENTS_RETURNED = "comments_returned", "Comments to answer"
    FINAL_TEXT = "final_text", "Final text"
    SCHEDULED = "scheduled", "Scheduled, under embargo"
    PUBLISHED = "published", "Published"


REPORT_MOVES: dict[ReportState, Stand] = {
    ReportState.DRAFTING: Stand(
        "Inspection lead", "Being written", {"send_report_to_panel": ReportState.WITH_THE_PANEL}
    ),
    ReportState.WITH_THE_PANEL: Stand(
        "Panel chair",
        "Being written",
        {"approve_report": ReportState.APPROVED, "send_report_back": ReportState.DRAFTING},
    ),
    ReportState.APPROVED: Stand(
        "Inspection lead or support officer",
        "Being written",
        {"issue_draft": ReportState.WITH_THE_PARTNERSHIP},
    ),
    ReportState.WITH_THE_PARTNERSHIP: Stand(
        "Inspection co-ordinator",
        "With you, to check the facts",
        {"return_comments": ReportState.COMMENTS_RETURNED},
    ),
    ReportState.COMMENTS_RETURNED: Stand(
        "Inspection lead",
        "Your comments are being answered",
        {"finish_report": ReportState.FINAL_TEXT},
    ),
    ReportState.FINAL_TEXT: Stand(
        "Inspection lead or service manager",
        "Final text",
        {"schedule_publication": ReportState.SCHEDULED},
    ),
    ReportState.SCHEDULED: Stand(
        "The clock",
        "Under embargo until publication",
        {"publish_report": ReportState.PUBLISHED, "schedule_publication": ReportState.SCHEDULED},
    ),
    ReportState.PUBLISHED: Stand("nobody", "Published", {}),
}

WRITTEN_IN = (ReportState.DRAFTING, ReportState.COMMENTS_RETURNED)
SEEN_BY_PARTNERSHIP = (
    ReportState.WITH_THE_PARTNERSHIP,
    ReportState.COMMENTS_RETURNED,
    ReportState.FINAL_TEXT,
    ReportState.SCHEDULED,
    ReportState.PUBLISHED,
)


class PointKind(models.TextChoices):
    """What a point is. The label that is printed stands in the report's wording."""

    KEY_MESSAGE = "key_message", "Key message"
    STRENGTH = "strength", "Strength"
    AREA_FOR_DEVELOPMENT = "area_for_development", "Area for development"


class CommentDecision(models.TextChoices):
    """What became of a comment on a fact (R47)."""

    ACCEPT = "accept", "Accepted"
    PART = "part", "Accepted in part"
    REJECT = "reject", "Not accepted"


ACCEPTED = (CommentDecision.ACCEPT, CommentDecision.PART)


class EditionKind(models.TextChoices):
    """Why a copy was fixed. Working copies are for the team; the others say on each page what they are."""

    WORKING = "working", "Working copy"
    DRAFT = "draft", "Draft for factual accuracy"
    EMBARGOED = "embargoed", "Embargoed copy"
    PUBLISHED = "published", "Published edition"
