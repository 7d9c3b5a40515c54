"""The events of this app, as sentences. What was destroyed is counted, never named."""

SENTENCES = {
    "retention.legal_hold_placed": "{by} placed a legal hold, because: “{reason}”. Nothing of this inspection goes while it stands.",
    "retention.legal_hold_lifted": "{by} lifted the legal hold, because: “{reason}”.",
    "retention.submission_recorded": "{by} recorded that the report was submitted to Ministers on {on}.",
    "retention.proceedings_recorded": "{by} recorded connected proceedings: {title}.",
    "retention.proceedings_ended": "{by} recorded that proceedings were finally determined on {on}: {title}.",
    "retention.disposal_proposed": "{count} fell due to be destroyed by {on}: list {list}.",
    "retention.item_spared": "{by} took {what} off the list {list} until {until}, because: “{reason}”.",
    "retention.disposal_approved": "{by} approved that {count} of list {list} be destroyed.",
    "retention.disposal_dropped": "The list {list} was closed: nothing was left on it.",
    "retention.disposal_finished": "What was approved on list {list} is destroyed: {count}, with {files}.",
    "retention.subject_access_pack_made": "{by} had everything collected that is held about {person} (request {request}).",
    "retention.subject_access_pack_removed": "The pack about {person} (request {request}) was removed after its last day.",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "retention.legal_hold_placed": "A legal hold was placed",
    "retention.legal_hold_lifted": "A legal hold was lifted",
    "retention.submission_recorded": "Submission to Ministers was recorded",
    "retention.proceedings_recorded": "Connected proceedings were recorded",
    "retention.proceedings_ended": "Connected proceedings were determined",
    "retention.disposal_proposed": "A list of what is to be destroyed was proposed",
    "retention.item_spared": "Something was taken off such a list",
    "retention.disposal_approved": "A list of what is to be destroyed was approved",
    "retention.disposal_dropped": "Such a list was closed with nothing left on it",
    "retention.disposal_finished": "What was approved is destroyed",
    "retention.subject_access_pack_made": "What is held about a person was collected",
    "retention.subject_access_pack_removed": "A pack about a person was removed",
}
