from django.urls import path

from reports.views import accuracy, attachments, comments, moves, public, room, versions, writing

app_name = "reports"

HERE = "inspections/<str:reference>/report/"

urlpatterns = [
    path("reports/", public.published_reports, name="published-reports"),
    path("reports/<str:reference>/", public.published_report, name="published-report"),
    path("reports/<str:reference>/report.pdf", public.published_pdf, name="published-pdf"),
    path(
        "reports/<str:reference>/young-people/",
        public.published_young_peoples_version,
        name="published-young-peoples-version",
    ),
    path(HERE, room.report, name="report"),
    path(f"{HERE}begin/", room.begin_report, name="begin-report"),
    path(f"{HERE}preview/", room.preview, name="preview"),
    path(f"{HERE}draw/", room.draw_report, name="draw-report"),
    path(f"{HERE}sections/<slug:key>/", writing.write_section, name="write-section"),
    path(
        f"{HERE}sections/<slug:key>/versions/", versions.section_versions, name="section-versions"
    ),
    path(
        f"{HERE}questions/<int:number>/narrative/versions/",
        versions.narrative_versions,
        name="narrative-versions",
    ),
    path(f"{HERE}points/<int:point>/versions/", versions.point_versions, name="point-versions"),
    path(f"{HERE}questions/<int:number>/", writing.question, name="question"),
    path(
        f"{HERE}questions/<int:number>/narrative/",
        writing.write_narrative,
        name="write-narrative",
    ),
    path(f"{HERE}questions/<int:number>/add/", writing.add_point, name="add-point"),
    path(f"{HERE}points/<int:point>/", writing.revise_point, name="revise-point"),
    path(f"{HERE}points/<int:point>/remove/", writing.remove_point, name="remove-point"),
    path(f"{HERE}points/<int:point>/up/", writing.order_points, name="order-points"),
    path(f"{HERE}to-panel/", moves.send_report_to_panel, name="send-report-to-panel"),
    path(f"{HERE}approve/", moves.approve_report, name="approve-report"),
    path(f"{HERE}send-back/", moves.send_report_back, name="send-report-back"),
    path(f"{HERE}issue/", moves.issue_draft, name="issue-draft"),
    path(f"{HERE}follow-up/", moves.decide_follow_up, name="decide-follow-up"),
    path(f"{HERE}finish/", moves.finish_report, name="finish-report"),
    path(f"{HERE}schedule/", moves.schedule_publication, name="schedule-publication"),
    path(f"{HERE}draft/", accuracy.draft, name="draft"),
    path(
        f"{HERE}draft/<int:paragraph>/comment/", accuracy.comment_on_draft, name="comment-on-draft"
    ),
    path(f"{HERE}comments/", accuracy.comments, name="comments"),
    path(f"{HERE}comments/return/", moves.return_comments, name="return-comments"),
    path(
        f"{HERE}comments/<int:comment>/correct/", comments.correct_comment, name="correct-comment"
    ),
    path(f"{HERE}comments/<int:comment>/remove/", comments.remove_comment, name="remove-comment"),
    path(f"{HERE}comments/<int:comment>/answer/", accuracy.answer_comment, name="answer-comment"),
    path(
        f"{HERE}young-people/",
        attachments.attach_young_peoples_version,
        name="attach-young-peoples-version",
    ),
]
