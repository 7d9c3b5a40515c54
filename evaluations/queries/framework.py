"""The quality framework that an inspection uses."""

from __future__ import annotations

from evaluations.models import Framework, Indicator, Question
from inspections.models import Inspection


def framework_of(inspection: Inspection) -> Framework:
    """The framework that this inspection uses: frozen at notification, the method's until then (R5)."""
    key = inspection.framework_key or inspection.method.framework_key
    known: Framework | None = getattr(
        inspection, "_framework", None
    )  # asked for several times a page
    if known is None or known.key != key:
        known = Framework.objects.filter(key=key).first()
    if known is None:
        raise Framework.DoesNotExist(
            f"The quality framework {key} is not loaded: run `manage.py load_reference`."
        )
    inspection._framework = known  # type: ignore[attr-defined]  # remembered on the object, for one page
    return known


def level_names(inspection: Inspection) -> dict[int, str]:
    """``{4: "Good", ...}``."""
    return {row.level: row.name for row in framework_of(inspection).levels.all()}


def indicators_for(question: Question) -> list[tuple[Indicator, bool]]:
    """The indicators that speak to a question, those whose primary question it is first."""
    speaking = question.spoken_to_by.select_related("indicator").order_by(
        "-is_primary", "indicator__order"
    )
    return [(one.indicator, one.is_primary) for one in speaking]
