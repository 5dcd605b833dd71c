from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...models import Connection
from .door import for_counsellors


@for_counsellors
@require_safe
def caseload(request):
    """The counsellor's students."""
    found = Connection.objects.of_counsellor(request.user, timezone.now()).order_by("student_name", "pk")
    return render(request, "portfolio/counselling/caseload.html", {"connections": found})
