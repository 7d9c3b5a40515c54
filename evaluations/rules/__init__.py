"""What phase, circle and completeness allow. Every sentence here is what the user reads."""

from evaluations.rules.evaluation import (
    evaluations_are_shared,
    evaluations_confirmed,
    may_confirm_evaluation,
    may_propose_evaluation,
    may_settle_evaluations,
    may_share_evaluations,
)
from evaluations.rules.evidence import (
    evidence_for_every_question,
    evidence_is_linked,
    may_record_evidence,
    may_revise_evidence,
    three_kinds_for_every_group,
    three_kinds_of_source,
)
from evaluations.rules.framework import may_change_framework
from evaluations.rules.sealing import (
    may_excuse_evaluator,
    may_open_evaluating,
    may_seal_evaluation,
    may_unseal_evaluation,
    may_write_evaluation,
    people_who_seal,
)
from evaluations.rules.self_evaluation import (
    LONGEST_TEXT,
    all_parts_written,
    is_as_read,
    may_answer_question,
    may_link_evidence,
    may_show_to_team,
    may_submit_self_evaluation,
    may_unlink_evidence,
    no_file_in_quarantine,
    self_evaluation_received,
    self_evaluation_warnings,
)

__all__ = [
    "LONGEST_TEXT",
    "all_parts_written",
    "evaluations_are_shared",
    "evaluations_confirmed",
    "evidence_for_every_question",
    "evidence_is_linked",
    "is_as_read",
    "may_answer_question",
    "may_change_framework",
    "may_confirm_evaluation",
    "may_excuse_evaluator",
    "may_link_evidence",
    "may_open_evaluating",
    "may_propose_evaluation",
    "may_record_evidence",
    "may_revise_evidence",
    "may_seal_evaluation",
    "may_settle_evaluations",
    "may_share_evaluations",
    "may_show_to_team",
    "may_submit_self_evaluation",
    "may_unlink_evidence",
    "may_unseal_evaluation",
    "may_write_evaluation",
    "no_file_in_quarantine",
    "people_who_seal",
    "self_evaluation_received",
    "self_evaluation_warnings",
    "three_kinds_for_every_group",
    "three_kinds_of_source",
]
