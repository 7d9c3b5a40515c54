"""Lists and letters that leave the system as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from accounts.models import system_user
from audit.proof import Anchor, anchor_of_deed
from documents.actions.documents import keep_generated
from documents.models import Document
from evaluations.models import EvidenceItem, SelfEvaluation

# ---------- Lists of evidence as files ----------

EVIDENCE_COLUMNS = (
    "Reference",
    "Kind of source",
    "Where it comes from",
    "What it says",
    "Direction",
    "Indicators",
    "Questions",
    "Recorded by",
    "Recorded at",
    "Version",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def evidence_rows(items: Iterable[EvidenceItem]) -> Iterator[list[str]]:
    """Each passage as one row of words, under ``EVIDENCE_COLUMNS``."""
    for item in items:
        yield [
            item.reference,
            item.get_source_type_display(),
            item.activity,
            item.text,
            item.get_direction_display(),
            ", ".join(row.number for row in item.indicators.all()),
            ", ".join(str(row.number) for row in item.questions.all()),
            str(item.author),
            timezone.localtime(item.recorded_at).strftime("%Y-%m-%d %H:%M"),
            str(item.version),
        ]


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe goes before what would start one."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(FORMULA_STARTS) else cell


def evidence_csv(items: Iterable[EvidenceItem]) -> bytes:
    """The list as CSV in UTF-8, with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(EVIDENCE_COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in evidence_rows(items))
    return out.getvalue().encode("utf-8-sig")


def evidence_excel(items: Iterable[EvidenceItem]) -> bytes:
    """The list as an Excel workbook of one sheet, every cell as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Evidence")
    for row in [list(EVIDENCE_COLUMNS), *evidence_rows(items)]:
        sheet.append([_text_cell(sheet, words) for words in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: object, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", words))
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell


# ---------- The receipt of the joint self-evaluation ----------

RECEIPT_CSS = Path(settings.BASE_DIR) / "static" / "css" / "receipt.css"
RECEIPT_HOLDER = "evaluations.receipt"


def receipt_page(self_evaluation: SelfEvaluation) -> str:
    """The receipt as HTML for print: who sent it, when, and the fingerprint of every answer and file."""
    return render_to_string(
        "evaluations/receipt_print.html",
        {
            "self_evaluation": self_evaluation,
            "inspection": self_evaluation.inspection,
            "lines": list(self_evaluation.receipt_lines.all()),
            "anchor": receipt_anchor(self_evaluation),
        },
    )


def receipt_anchor(self_evaluation: SelfEvaluation) -> Anchor | None:
    """The event of the sending, as it is printed on the receipt."""
    return anchor_of_deed(
        "evaluations.self_evaluation_submitted",
        subject=self_evaluation,
        reference=self_evaluation.inspection.reference,
    )


def keep_receipt(self_evaluation: SelfEvaluation, *, pdf: bytes, at: datetime) -> Document:
    """The PDF as a document beside the partnership's files, which it is not one of."""
    inspection = self_evaluation.inspection
    return keep_generated(
        pdf,
        name=f"{self_evaluation.receipt_number} receipt.pdf",
        holder_type=RECEIPT_HOLDER,
        holder_id=inspection.reference,
        inspection=inspection.reference,
        by=system_user(),
        at=at,
    )


def receipt_url(self_evaluation: SelfEvaluation) -> str:
    """Where the receipt's PDF is; an empty string while the worker draws it."""
    document = self_evaluation.receipt
    return reverse("documents:document", args=[document.public_id]) if document else ""
