"""Names for things that people say aloud, such as JI-2026-001."""

from django.db import transaction
from django.db.models import F

from core.models import ReferenceCounter


@transaction.atomic
def next_reference(prefix: str, year: int) -> str:
    """The next free reference of that prefix and year: `next_reference("JI", 2026)` gives "JI-2026-001".

    Never the same one twice: the counter's row stays locked until the caller's transaction ends, and a
    number whose transaction fails was never used. After 999 the number simply grows a digit.
    """
    counter, _ = ReferenceCounter.objects.get_or_create(prefix=prefix, year=year)
    ReferenceCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return f"{prefix}-{year}-{counter.last:03d}"
