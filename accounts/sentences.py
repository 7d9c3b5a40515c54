"""The events of this app, as sentences."""

SENTENCES = {
    "accounts.account_opened": "{by} opened an account.",
}
