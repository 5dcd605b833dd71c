"""The ways to the counsellor's desk and to a student: who may come in, and what the student reads of it afterwards."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from ...models import AccessEvent, Connection
from ...scales import Look


def for_counsellors(view):
    """The view for counsellors; for everybody else who is signed in there is no such place."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("portfolio.counsel"):
            raise Http404
        return view(request, *args, **kwargs)

    return opened


def with_student(part, *scopes):
    """The view of a page about one student, given the Connection of the key `pk` in its address instead of the key.

    It opens while the student lets this counsellor see one of the scopes, or while they are connected at all if none is
    named. Whatever does not open answers 404 with a page that says so, the same whyever it does not. Each page that was
    read is put on the student's record, in the words of `part`.
    """

    def of(view):
        @wraps(view)
        @for_counsellors
        def opened(request, *args, pk, **kwargs):
            connection = Connection.objects.of_counsellor(request.user).filter(pk=pk).select_related("student", "cohort").first()
            if not connection or (scopes and not any(scope in connection.shared for scope in scopes)):
                return closed(request)
            response = view(request, connection, *args, **kwargs)
            if request.method == "GET" and response.status_code in (200, 206):
                note_look(connection, Look.DESK, part)
            return response

        return opened

    return of


def closed(request):
    """The page instead of a student's: it is not open to this counsellor."""
    return render(request, "portfolio/counselling/closed.html", status=404)


def note_look(connection, what, part="", entry=None):
    """Write down for the student that their counsellor looked: all that a GET at the desk writes (decision 14).

    `entry` is the key of the one entry that was looked at, if it was one.
    """
    seen = {"owner_id": connection.student_id, "who": connection.counsellor_name, "connection": connection}
    return AccessEvent.objects.create(**seen, what=what, part=part, entry_id=entry, at=timezone.now())
