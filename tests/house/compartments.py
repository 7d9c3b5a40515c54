"""Where each compartment of single fields (``accounts/roles.py``) is proved."""

from __future__ import annotations

PROVED: dict[str, tuple[str, ...]] = {
    "partnership_draft": (
        "evaluations/test_self_evaluation_pages.py::test_the_room_shows_the_team_nothing_of_the_draft",
        "evaluations/test_self_evaluation.py::test_the_partnership_reads_its_draft_and_the_team_does_not",
        "evaluations/test_evidence.py::test_record_evidence_offers_no_file_of_a_draft_return",
    ),
    "sealed_evaluation": (
        "evaluations/test_evaluation_secrecy.py::test_no_page_tells_a_colleagues_level_before_the_reveal",
        "evaluations/test_evaluation_secrecy.py::test_saving_and_sealing_fetch_nobody_elses_level_either",
        "evaluations/test_evaluation_secrecy.py::test_the_log_never_holds_a_level_or_a_reason",
    ),
    "team_evaluation": (
        "evaluations/test_evaluation_secrecy.py::test_the_partnership_sees_nothing_before_it_is_shared",
        "evaluations/test_evaluation_pages.py::test_others_of_the_partnership_never_see_them",
    ),
    "evidence": (
        "house/test_doors.py::test_everybody_gets_in_where_they_should_in_week_14",
        "house/test_compartments.py::test_an_administrator_opens_nothing_of_the_work",
    ),
    "declared_interest": (
        "inspections/test_decide_interest.py::test_declarations_page_is_for_those_who_decide",
        "inspections/test_decide_interest.py::test_team_page_says_where_each_stands_to_those_who_may_know",
        "inspections/test_declare_interest.py::test_declare_interest",
    ),
    "concern": (
        "concerns/test_who_sees.py::test_concern_is_opened_by_the_few_and_refused_to_colleagues",
        "concerns/test_who_sees.py::test_no_page_but_its_own_says_a_word_of_a_concern",
        "concerns/test_raise_concern.py::test_the_record_holds_the_number_alone",
    ),
    "meeting_notes": (
        "meetings/test_record_meeting.py::test_nobody_of_the_partnership_is_sent_notes_or_points_of_the_team",
        "meetings/test_record_meeting.py::test_write_meeting_notes_is_for_the_team_and_leaves_the_record",
    ),
    "meeting_record": (
        "meetings/test_record_meeting.py::test_the_partnership_reads_no_record_before_it_is_asked_to_confirm_it",
        "house/test_doors.py::test_everybody_gets_in_where_they_should_in_week_14",
    ),
    "session_of_the_team": (
        "onsite/test_pages.py::test_sessions_shows_the_team_all_and_the_partnership_what_it_is_shown",
        "onsite/test_pages.py::test_sessions_of_the_partnership_never_asks_who_takes_part",
        "onsite/test_pages.py::test_sessions_shows_a_volunteer_their_own_and_how_to_get_there",
    ),
    "report_text": ("house/test_doors.py::test_everybody_gets_in_where_they_should_in_week_14",),
    "embargoed_report": (
        "reports/test_pages.py::test_report_under_embargo_is_opened_from_its_room_by_the_partnerships_readers",
        "house/test_walk.py::test_nobody_finds_anything_of_another_inspection",
    ),
}
