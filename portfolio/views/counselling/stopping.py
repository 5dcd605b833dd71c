from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.secret import kept_secret

from ...counselling import digest


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Switches off the mails about counselling that the token of a mail names, as the stop of reminders does (views/dates.py)."""
    found = digest.read_stop(token)
    if not found:
        raise Http404
    owner, sides = found
    if request.method == "POST":
        digest.stop(owner=owner, sides=sides)
    return kept_secret(render(request, "portfolio/counselling/stop_mail.html", {"is_done": request.method == "POST"}))
