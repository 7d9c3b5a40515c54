"""The events of this app, as sentences. Nothing of the text, and no level of an evaluation."""

SENTENCES = {
    "reports.report_begun": "{by} began the report.",
    "reports.section_written": "{by} wrote in “{title}” of the report.",
    "reports.narrative_written": "{by} wrote on question {question} in the report.",
    "reports.point_added": "{by} added a {kind} to question {question} of the report.",
    "reports.point_revised": "{by} revised a {kind} of question {question} of the report.",
    "reports.point_removed": "{by} removed a {kind} from question {question} of the report.",
    "reports.points_ordered": "{by} moved a {kind} of question {question} of the report up.",
    "reports.report_sent_to_panel": "{by} sent the report to the panel.",
    "reports.report_approved": "{by} approved the draft report for the panel.",
    "reports.report_sent_back": "{by} sent the report back to its writers.",
    "reports.follow_up_decided": "{by} recorded the decision on follow-up: {decision}.",
    "reports.report_drawn": "{by} asked for working copy {number} of the report.",
    "reports.draft_issued": "{by} issued the draft report to the partnership, for comments by {due}.",
    "reports.draft_commented": "{by} commented on a fact in paragraph {paragraph} of the draft.",
    "reports.comments_returned": "{by} {did} ({count}).",
    "reports.comment_answered": "{by} answered the comment on paragraph {paragraph}: {decision}.",
    "reports.report_finished": "{by} settled the final text of the report.",
    "reports.young_peoples_version_attached": "{by} attached the version for young people, “{title}”.",
    "reports.publication_scheduled": "{by} scheduled publication for {moment}{why}.",
    "reports.report_published": "The report on {area} was published (edition {number}).",
}
