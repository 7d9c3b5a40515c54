"""The events of this app, as sentences. No text of an answer, no text of evidence, no level that is sealed."""

SENTENCES = {
    # the framework
    "evaluations.framework_loaded": "{by} loaded the {title}: {indicators} indicators in {areas} areas.",
    "evaluations.published_evaluations_loaded": "{by} loaded {count} published evaluations.",
    # the joint self-evaluation
    "evaluations.parts_given": "{by} gave out the joint self-evaluation: {changes}.",
    "evaluations.question_answered": "{by} wrote in question {question} of the joint self-evaluation.",
    "evaluations.evidence_linked": "{by} linked evidence to question {question} of the joint self-evaluation.",
    "evaluations.evidence_unlinked": "{by} took a file off question {question} of the joint self-evaluation.",
    "evaluations.self_evaluation_submitted": "{by} sent in the joint self-evaluation: {words} words, {files} files.",
    # evidence
    "evaluations.evidence_recorded": "{by} recorded {evidence} ({source}).",
    "evaluations.evidence_revised": "{by} revised {evidence}, now version {version}.",
    "evaluations.self_evaluation_read": "{by} read {part}.",
    "evaluations.evidence_read": "{by} read {part}.",
    "evaluations.evidence_taken": "{by} took {count} evidence items along as a {kind} file.",
    # the four evaluations: never a level, sealed or not; those who may see it find it in the room
    "evaluations.evaluating_opened": "{by} opened evaluating for {count} evaluators.",
    "evaluations.evaluator_excused": "{by} excused {person} from evaluating.",
    "evaluations.evaluation_written": "{by} saved a draft evaluation of {group}.",
    "evaluations.evaluation_sealed": "{by} sealed an evaluation of {group} ({sealed} of {of} have sealed).",
    "evaluations.evaluation_unsealed": "{by} took back the seal on {group}.",
    "evaluations.evaluation_proposed": "{by} recorded what the team proposes for {group}.",
    "evaluations.evaluations_shared": "{by} shared the provisional evaluations with the partnership.",
    "evaluations.evaluation_confirmed": "{by} recorded the panel's decision on {group}.",
    "evaluations.evaluations_settled": "{by} settled the evaluations; they are final.",
    "evaluations.evaluations_read": "{by} read {part}.",
}

# What several events of one kind are called, after their number.
OF_MANY = {
    "evaluations.self_evaluation_read": "reading of the joint self-evaluation,readings of the joint self-evaluation",
    "evaluations.evidence_read": "reading of evidence,readings of evidence",
    "evaluations.evidence_taken": "list of evidence taken along,lists of evidence taken along",
    "evaluations.evaluations_read": "reading of evaluations,readings of evaluations",
    "evaluations.parts_given": "change to who writes the joint self-evaluation,changes to who writes the joint self-evaluation",
    "evaluations.question_answered": "change to the joint self-evaluation,changes to the joint self-evaluation",
    "evaluations.evidence_linked": "link of evidence to an answer,links of evidence to answers",
    "evaluations.evidence_unlinked": "link of evidence taken off,links of evidence taken off",
    "evaluations.evidence_recorded": "evidence item recorded,evidence items recorded",
    "evaluations.evidence_revised": "evidence item revised,evidence items revised",
    "evaluations.evaluation_written": "draft evaluation saved,draft evaluations saved",
    "evaluations.evaluation_sealed": "evaluation sealed,evaluations sealed",
    "evaluations.evaluation_unsealed": "seal taken back,seals taken back",
    "evaluations.evaluation_proposed": "proposal of the team recorded,proposals of the team recorded",
    "evaluations.evaluation_confirmed": "decision of the panel recorded,decisions of the panel recorded",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "evaluations.framework_loaded": "The quality framework was loaded",
    "evaluations.published_evaluations_loaded": "Published evaluations were loaded",
    "evaluations.parts_given": "Questions of the joint self-evaluation were given out",
    "evaluations.question_answered": "Somebody wrote in the joint self-evaluation",
    "evaluations.evidence_linked": "A file was linked to an answer",
    "evaluations.evidence_unlinked": "A file was taken off an answer",
    "evaluations.self_evaluation_submitted": "The joint self-evaluation was sent in",
    "evaluations.evidence_recorded": "Evidence was recorded",
    "evaluations.evidence_revised": "Evidence was revised",
    "evaluations.self_evaluation_read": "The joint self-evaluation was read",
    "evaluations.evidence_read": "Evidence was read",
    "evaluations.evidence_taken": "Evidence was taken along as a file",
    "evaluations.evaluating_opened": "Evaluating was opened",
    "evaluations.evaluator_excused": "Somebody was excused from evaluating",
    "evaluations.evaluation_written": "A draft evaluation was saved",
    "evaluations.evaluation_sealed": "An evaluation was sealed",
    "evaluations.evaluation_unsealed": "A seal was taken back",
    "evaluations.evaluation_proposed": "What the team proposes was recorded",
    "evaluations.evaluations_shared": "The provisional evaluations were shared",
    "evaluations.evaluation_confirmed": "A decision of the panel was recorded",
    "evaluations.evaluations_settled": "The evaluations became final",
    "evaluations.evaluations_read": "Evaluations were read",
}
