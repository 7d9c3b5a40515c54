"""The events of this app, as sentences. No text of an answer, no text of evidence, no level that is sealed."""

SENTENCES = {
    # the framework
    "evaluations.framework_loaded": "{by} loaded the {title}: {indicators} indicators in {areas} areas.",
    "evaluations.published_evaluations_loaded": "{by} loaded {count} published evaluations.",
    # the joint self-evaluation
    "evaluations.self_evaluation_answered": "{by} wrote in question {question} of the joint self-evaluation.",
    "evaluations.evidence_linked": "{by} linked “{document}” to question {question} of the joint self-evaluation.",
    "evaluations.evidence_unlinked": "{by} took “{document}” off question {question} of the joint self-evaluation.",
    "evaluations.self_evaluation_submitted": "{by} sent in the joint self-evaluation: {words} words, {files} files.",
    "evaluations.receipt_drawn": "The receipt of the joint self-evaluation was made.",
}
