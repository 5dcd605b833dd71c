from django.shortcuts import render
from django.views.decorators.http import require_safe

from .door import with_student


@with_student("gaps and courses")
@require_safe
def student(request, connection):
    """One student, as they let this counsellor see them."""
    return render(request, "portfolio/counselling/student.html", {"connection": connection})
