"""The events of this app, as sentences."""

SENTENCES = {
    "accounts.account_opened": "{by} opened an account.",
    "accounts.password_changed": "{by} changed their password.",
    "accounts.password_reset": "{by} chose a new password by a link in a letter.",
    "accounts.email_changed": "{by} changed their e-mail address.",
    "accounts.passkey_added": "{by} set up a passkey.",
    "accounts.passkey_removed": "{by} removed a passkey.",
    "accounts.code_app_added": "{by} set up a code app.",
    "accounts.code_app_removed": "{by} stopped using a code app.",
    "accounts.recovery_codes_made": "{by} made recovery codes.",
    "accounts.recovery_codes_removed": "The recovery codes of {by} went with their last passkey or code app.",
    "accounts.second_factor_reset": "{by} reset the second proof of {person}. Known by: {known_by}. Reason: “{reason}”.",
    "accounts.agency_sign_in_set": "{by} let the people of {agency} sign in with their agency's own account.",
    "accounts.agency_account_linked": "{by} signed in through their agency for the first time.",
    "accounts.session_ended": "{by} ended their session in {browser}.",
    "accounts.other_sessions_ended": "{by} signed out everywhere else (sessions ended: {count}).",
    "accounts.session_refused": "A session of {by} that began in {began} was used in {now}, and was ended.",
    "accounts.details_edited": "{by} changed their own details.",
}
