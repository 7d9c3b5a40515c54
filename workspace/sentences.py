"""The events of this app, as sentences."""

SENTENCES = {
    "workspace.moment_read": "{by} looked back at {moment}.",
    "workspace.problem_reported": "{by} reported a problem.",
}
