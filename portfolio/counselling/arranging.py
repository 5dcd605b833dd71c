"""What a counsellor arranged for students, put down once."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from home.models import User

from ..models import Connection, Encounter

# Two that say the same within this time are one that was sent twice.
TWICE = timedelta(minutes=10)
FACTS = ("benchmark", "title", "organisation", "on", "minutes", "cohort")


@transaction.atomic
def note_encounter(*, encounter: Encounter, students: Iterable[Connection]) -> Encounter:
    """The encounter, saved with the students who were there: the chosen ones, and everybody who is in its group now.

    Of two new ones that say the same, sent within ten minutes, the first is returned. Students whose connection is over
    stay where they were counted.
    """
    User.objects.select_for_update(of=("self",)).get(pk=encounter.counsellor_id)
    same = Encounter.objects.filter(counsellor=encounter.counsellor_id, made_at__gte=timezone.now() - TWICE)
    first = None if encounter.pk else same.filter(**{name: getattr(encounter, name) for name in FACTS}).first()
    if first:
        return first
    if encounter.pk:
        encounter.version = F("version") + 1
    encounter.save()
    caseload = Connection.objects.of_counsellor(encounter.counsellor)
    there = {each.pk for each in students}
    if encounter.cohort_id:
        there |= set(caseload.filter(cohort=encounter.cohort_id).values_list("pk", flat=True))
    over = set(encounter.connections.exclude(pk__in=caseload.values("pk")).values_list("pk", flat=True))
    encounter.connections.set(there | over)
    return encounter
