"""The events of this app, as sentences."""

SENTENCES = {
    "workspace.problem_reported": "{by} reported a problem.",
}
