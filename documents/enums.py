"""States and moves of a document, and the types of file that are accepted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class DocumentState(models.TextChoices):
    """Where one document is (`docs/lifecycle.md`). The second is what everybody sees."""

    ARRIVING = "arriving", "Arriving"
    SCANNING = "scanning", "Being checked for viruses"
    AVAILABLE = "available", "Available"
    QUARANTINED = "quarantined", "In quarantine"


@dataclass(frozen=True, slots=True)
class Stand:
    """One state: whose move it is, and the moves out of it by the stem of their deed."""

    owner: str
    moves: dict[str, DocumentState]


# Superseding is no move: a newer version leaves the older one as it was.
DOCUMENT_MOVES: dict[DocumentState, Stand] = {
    DocumentState.ARRIVING: Stand(
        "the clock, which clears what never finished",
        {
            "upload_documents": DocumentState.AVAILABLE,
            "upload_documents to be scanned": DocumentState.SCANNING,
        },
    ),
    DocumentState.SCANNING: Stand(
        "the clock, which asks the virus scanner until it answers",
        {
            "clear_document": DocumentState.AVAILABLE,
            "quarantine_document": DocumentState.QUARANTINED,
        },
    ),
    DocumentState.AVAILABLE: Stand("nobody", {}),
    DocumentState.QUARANTINED: Stand(
        "whoever added it, who sends a clean copy as a new version", {}
    ),
}


class Scan(models.TextChoices):
    """What is known about viruses in a document. The second is what stands beside it."""

    OURS = "ours", "Made by this system"
    NOT_SCANNED = "not_scanned", "Not scanned for viruses"
    WAITING = "waiting", "Waiting for the virus scan"
    CLEAN = "clean", "No virus found"
    FOUND = "found", "Virus found"


@dataclass(frozen=True, slots=True)
class FileType:
    """One accepted type: its ending, what it is served as, its name in words, and how its bytes are
    looked at.
    """

    ending: str
    content_type: str
    words: str
    look: str


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

FILE_TYPES: dict[str, FileType] = {
    one.ending: one
    for one in (
        FileType("pdf", "application/pdf", "PDF", "pdf"),
        FileType("docx", f"{_OOXML}.wordprocessingml.document", "Word document", "ooxml"),
        FileType("xlsx", f"{_OOXML}.spreadsheetml.sheet", "Excel workbook", "ooxml"),
        FileType("pptx", f"{_OOXML}.presentationml.presentation", "PowerPoint slides", "ooxml"),
        FileType("odt", f"{_ODF}.text", "OpenDocument text", "odf"),
        FileType("ods", f"{_ODF}.spreadsheet", "OpenDocument spreadsheet", "odf"),
        FileType("odp", f"{_ODF}.presentation", "OpenDocument slides", "odf"),
        FileType("csv", "text/csv", "CSV table", "text"),
        FileType("txt", "text/plain", "plain text", "text"),
        FileType("png", "image/png", "PNG picture", "picture"),
        FileType("jpg", "image/jpeg", "JPEG picture", "picture"),
        FileType("jpeg", "image/jpeg", "JPEG picture", "picture"),
        FileType("mp4", "video/mp4", "MP4 video", "recording"),
        FileType("mp3", "audio/mpeg", "MP3 recording", "recording"),
        FileType("wav", "audio/wav", "WAV recording", "recording"),
    )
}
# What the system makes itself and nobody sends in.
MADE_TYPES: dict[str, FileType] = FILE_TYPES | {
    "zip": FileType("zip", "application/zip", "ZIP archive", "none")
}
ACCEPTED_WORDS = (
    "PDF, Word, Excel, PowerPoint, OpenDocument, CSV, plain text, PNG, JPEG, MP4, MP3 and WAV"
)
SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg"})

# What to do instead, for endings that people send in good faith.
INSTEAD: dict[str, str] = {
    "doc": "Open it in Word and save it as .docx or PDF.",
    "xls": "Open it in Excel and save it as .xlsx.",
    "ppt": "Open it in PowerPoint and save it as .pptx or PDF.",
    "rtf": "Open it in Word and save it as .docx or PDF.",
    "docm": "It can hold macros. Save it as .docx, which cannot.",
    "dotm": "It can hold macros. Save it as .docx, which cannot.",
    "xlsm": "It can hold macros. Save it as .xlsx, which cannot.",
    "xlsb": "It can hold macros. Save it as .xlsx, which cannot.",
    "pptm": "It can hold macros. Save it as .pptx, which cannot.",
    "zip": "Take the files out of it and send them themselves, several at once if you like.",
    "7z": "Take the files out of it and send them themselves, several at once if you like.",
    "rar": "Take the files out of it and send them themselves, several at once if you like.",
    "heic": "Save the picture as JPEG.",
    "gif": "Save the picture as PNG.",
    "tif": "Save the picture as PNG or PDF.",
    "tiff": "Save the picture as PNG or PDF.",
    "svg": "Save the picture as PNG or PDF.",
    "html": "Print the page to PDF.",
    "htm": "Print the page to PDF.",
    "msg": "Save the message as PDF.",
    "eml": "Save the message as PDF.",
    "pages": "Export it from Pages as PDF or .docx.",
    "numbers": "Export it from Numbers as .xlsx.",
    "key": "Export it from Keynote as PDF or .pptx.",
    "m4a": "Save the recording as MP3 or WAV.",
    "mov": "Save the video as MP4.",
}

# Endings that a computer may run. As the last ending they are refused like any other that is not
# accepted; one of them before the last is a disguise, or looks like one.
RUNNING = """
app apk bat cmd com cpl dll docm dotm exe hta htm html jar js jse lnk msi msp pif ppam pptm ps1 py
reg scr sh svg vb vbe vbs wsf wsh xhtml xlam xlsb xlsm
"""
RUNS = frozenset(RUNNING.split())
