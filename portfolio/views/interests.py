from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers import interests as quiz
from careers.quiz_codes import Unreadable
from careers.scales import Holland
from home.secret import kept_secret

from .. import interests
from .bulk import undo_tag


@require_safe
@never_cache
@login_required
def results(request):
    """The member's results of the quiz, type by type over time."""
    found = interests.results(request.user)
    rows = [(letter, [kept.result.reading.of(letter) for kept in found]) for letter in Holland.values]
    editions = {kept.result.edition.number for kept in found}
    return render(request, "portfolio/interests.html", {"results": found, "rows": rows, "is_mixed": len(editions) > 1})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def keep(request, code):
    """A result to keep, for somebody who had to sign in first; a POST keeps it."""
    try:
        result = quiz.opened(code)
    except Unreadable as unreadable:
        raise Http404 from unreadable
    if request.method != "POST":
        response = kept_secret(render(request, "portfolio/interests_keep.html", {"result": result}))
        # Its form has a token, and the browser would not tell where it comes from under "no-referrer".
        response.headers["Referrer-Policy"] = "same-origin"
        return response
    try:
        is_new = interests.keep(owner=request.user, result=result)
    except interests.Full as full:
        messages.error(request, str(full))
    else:
        messages.success(request, gettext("Kept. Only you see it.") if is_new else gettext("You keep this result already."))
    return redirect("portfolio:interests")


@require_POST
@login_required
def let_go(request, pk):
    """Let a result go; the message brings it back."""
    gone = interests.let_go(owner=request.user, key=pk)
    if not gone:
        raise Http404
    messages.success(request, gettext("Deleted."), extra_tags=undo_tag(request.user, interests=gone.code))
    return redirect("portfolio:interests")
