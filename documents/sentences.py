"""The events of this app, as sentences. File names stay out of them: a name may say more than it
should.
"""

SENTENCES = {
    "documents.documents_uploaded": "{by} added {count} to {place}.",
    "documents.document_read": "{by} opened the document {kind} of {place}, version {version}.",
    "documents.document_cleared": "{by} released a document of {place} after the virus scan.",
    "documents.document_quarantined": "{by} put a document of {place} into quarantine: a virus was found.",
}

# What several events of one kind are called, after their number.
OF_MANY = {
    "documents.documents_uploaded": "upload of documents,uploads of documents",
    "documents.document_read": "document opened,documents opened",
    "documents.document_cleared": "document released after the virus scan,documents released after the virus scan",
    "documents.document_quarantined": "document put into quarantine,documents put into quarantine",
}

# What the filter of a log and a pack about a person call each kind of event.
TITLES = {
    "documents.documents_uploaded": "Files were added",
    "documents.document_read": "A document was opened",
    "documents.document_cleared": "A document was released after the virus scan",
    "documents.document_quarantined": "A document was put into quarantine",
}
