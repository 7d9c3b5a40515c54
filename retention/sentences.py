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
