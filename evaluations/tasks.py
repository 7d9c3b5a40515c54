"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from audit.models import Event
from core.jobs import job
from core.pdf import render_pdf
from evaluations import emails, exports
from evaluations.actions.gaps import tell_of_gap
from evaluations.actions.given_parts import tell_of_parts
from evaluations.actions.self_evaluation import keep_receipt
from evaluations.models import SelfEvaluation


@job("evaluations.tell_of_self_evaluation", atomic=True)
def tell_of_self_evaluation(*, self_evaluation: int) -> None:
    """Tell both sides that the joint self-evaluation is in."""
    found = SelfEvaluation.objects.select_related("inspection__area", "received_by")
    emails.self_evaluation_submitted(found.get(pk=self_evaluation))


@job("evaluations.tell_of_parts", atomic=True)
def tell_of_given_parts(*, event: int) -> None:
    """Tell the contributors which questions their agency writes from now on, and which no longer."""
    tell_of_parts(Event.objects.get(pk=event))


@job("evaluations.tell_of_gap", atomic=True)
def tell_of_unwritten_questions(*, person: int, ended_at: str) -> None:
    """Tell the co-ordinator that an agency has nobody left on its questions."""
    found = User.objects.select_related("agency").get(pk=person)
    tell_of_gap(found, ended_at=datetime.fromisoformat(ended_at))


@job("evaluations.draw_receipt", lease=timedelta(minutes=2))
def draw_receipt(*, self_evaluation: int, now: datetime) -> None:
    """Draw the receipt of a joint self-evaluation. Looks first: one that has its document was done before."""
    kept = SelfEvaluation.objects.select_related("inspection__area", "received_by__agency").get(
        pk=self_evaluation
    )
    if kept.receipt_id is None:
        keep_receipt(
            kept,
            pdf=render_pdf(exports.receipt_page(kept), css_files=[exports.RECEIPT_CSS]),
            at=now,
        )
