"""The events of this app, as sentences."""

SENTENCES = {
    "accounts.account_opened": "{by} opened an account.",
    "accounts.details_edited": "{by} changed their own details.",
}
