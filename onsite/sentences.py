"""What this app's events say. When a session is, and never what it is about, nor who takes part."""

SENTENCES = {
    "onsite.session_planned": "{by} planned a session on site: {when}.",
    "onsite.session_changed": "{by} changed a session on site. It was {was}, and is {when}.",
    "onsite.session_cancelled": "{by} cancelled a session on site: {when}.",
    "onsite.room_added": "{by} added the room {room} for sessions on site.",
    "onsite.room_changed": "{by} changed the room {room} for sessions on site.",
}

# What several events of one kind are called, after their number.
OF_MANY = {
    "onsite.session_planned": "session on site planned,sessions on site planned",
    "onsite.session_changed": "change to a session on site,changes to sessions on site",
    "onsite.session_cancelled": "session on site cancelled,sessions on site cancelled",
    "onsite.room_added": "room for sessions on site added,rooms for sessions on site added",
    "onsite.room_changed": "change to a room on site,changes to rooms on site",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "onsite.session_planned": "A session on site was planned",
    "onsite.session_changed": "A session on site was changed",
    "onsite.session_cancelled": "A session on site was cancelled",
    "onsite.room_added": "A room for sessions on site was added",
    "onsite.room_changed": "A room for sessions on site was changed",
}
