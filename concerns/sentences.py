"""The events of this app, as sentences. A number and nothing else: no name of whom it is about, no word of what was seen."""

SENTENCES = {
    "concerns.concern_raised": "{by} raised concern {concern}.",
    "concerns.concern_added_to": "{by} added words to concern {concern}.",
    "concerns.concern_decided": "{by} decided on concern {concern}.",
    "concerns.concern_acknowledged": "{by} confirmed that concern {concern} has arrived.",
    "concerns.concern_closed": "{by} closed concern {concern}.",
    "concerns.concern_reminded": "A reminder that concern {concern} waits for {what} went to {people}.",
    "concerns.concern_read": "{by} read concern {concern}.",
}

# What several events of one kind are called, after their number.
OF_MANY = {
    "concerns.concern_raised": "concern raised,concerns raised",
    "concerns.concern_added_to": "addition to a concern,additions to concerns",
    "concerns.concern_decided": "decision on a concern,decisions on concerns",
    "concerns.concern_acknowledged": "concern confirmed,concerns confirmed",
    "concerns.concern_closed": "concern closed,concerns closed",
    "concerns.concern_reminded": "reminder of a concern,reminders of concerns",
    "concerns.concern_read": "reading of a concern,readings of concerns",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "concerns.concern_raised": "A concern was raised",
    "concerns.concern_added_to": "Words were added to a concern",
    "concerns.concern_decided": "It was decided on a concern",
    "concerns.concern_acknowledged": "The arrival of a concern was confirmed",
    "concerns.concern_closed": "A concern was closed",
    "concerns.concern_reminded": "A reminder went about a concern",
    "concerns.concern_read": "A concern was read",
}
