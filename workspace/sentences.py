"""The events of this app, as sentences."""

SENTENCES = {
    "workspace.moment_read": "{by} looked back at {moment}.",
    "workspace.problem_reported": "{by} reported a problem.",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "workspace.moment_read": "Somebody looked back at an earlier moment",
    "workspace.problem_reported": "A problem was reported",
}
