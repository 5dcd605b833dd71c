from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.models import GuideVersion
from home.secret import kept_secret
from home.serving import for_everyone

from .. import interests, quiz
from ..quiz_codes import LENGTH, Unreadable
from ..quiz_forms import CodeForm, OpenedForm, QuizForm
from ..scales import Liking

PER_PART, NEAREST = 5, 8
LIKINGS = [(str(liking.value), liking.label) for liking in Liking]


@require_safe
@for_everyone
def start(request):
    """What the quiz is, and the ways into it."""
    context = {"edition": interests.current(GuideVersion.current()), "form": CodeForm()}
    return render(request, "careers/quiz/start.html", context)


@require_safe
@for_everyone
def how(request):
    """How scores and ranks come about, with an example."""
    return render(request, "careers/quiz/how.html", {"example": interests.example(GuideVersion.current())})


# Stores nothing and looks at nobody: what comes back follows from what was sent, so there is nothing to guard by a token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_everyone
def statements(request):
    """The statements to answer; a POST turns the answers into the address of their result."""
    asked = interests.current(GuideVersion.current())
    if request.method != "POST" or not asked:
        return show(request, QuizForm(asked) if asked else None)
    opened = OpenedForm(request.POST)
    # Whoever opened the page before the statements changed has answered those.
    edition = (opened.number and interests.numbered(opened.number)) or asked
    form = QuizForm(edition, request.POST)
    if not form.is_valid():
        return kept_secret(show(request, form, opened.code, status=422))
    found = interests.taken(edition, form.cleaned_data)
    return redirect(address(found.code, opened.code))


def show(request, form, before="", status=200):
    context = {"form": form, "before": before, "parts": parts(form) if form else [], "likings": LIKINGS}
    return render(request, "careers/quiz/statements.html", context, status=status)


def parts(form):
    """The statements of the form, five at a time: the number of the first, and each with its name, words, answer and errors."""
    lines = [
        {"name": field.html_name, "text": field.label, "chosen": str(field.value() or ""), "errors": field.errors}
        for field in form
    ]
    return [(start + 1, lines[start : start + PER_PART]) for start in range(0, len(lines), PER_PART)]


def address(code, beside=""):
    """Where a result is, set beside an earlier one if there is one."""
    return reverse("careers:quiz_result", args=[code]) + (f"?{urlencode({'with': beside})}" if beside else "")


@require_safe
def change(request, code):
    """The statements with the answers that a code holds, or without them for somebody who starts afresh."""
    try:
        found = interests.opened(code)
    except Unreadable as unreadable:
        return refused(request, code, unreadable)
    asked = interests.current(GuideVersion.current()) or found.edition
    is_afresh = "afresh" in request.GET
    answers = {} if is_afresh else quiz.carried(found.answers, found.edition.statements, asked.statements)
    response = show(request, QuizForm(asked, answers=answers), found.code if is_afresh else "")
    # Kept by this browser, so that going back gives back what was ticked; the address says as much as the page.
    return kept_secret(response, cache="private, no-cache")


@require_safe
def result(request, code):
    """What a code's answers say. The code is all there is: nothing of it is stored here."""
    try:
        found = interests.opened(code)
    except Unreadable as unreadable:
        return refused(request, code, unreadable)
    if found.code != code:
        return kept_secret(redirect(address(found.code, request.GET.get("with", ""))))
    version = GuideVersion.current()
    fits = interests.ranked(found, version)
    context = {
        "result": found,
        "fits": fits[:NEAREST],
        "others": fits[NEAREST:],
        "changed": interests.changed(found, interests.current(version)),
        "form": CodeForm(initial={"beside": found.code}),
        **beside(found, request.GET.get("with", "")),
    }
    response = kept_secret(render(request, "careers/quiz/result.html", context))
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        # A member's page has a form with a token, whose origin the browser would not tell under "no-referrer".
        response.headers["Referrer-Policy"] = "same-origin"
    return response


def beside(found, code):
    """The two results in the order they were taken, and what changed between them; or why the other cannot be read."""
    if not code:
        return {}
    try:
        other = interests.opened(code)
    except Unreadable as unreadable:
        return {"not_beside": reason(unreadable)}
    if other.code == found.code:
        return {"not_beside": gettext("That is the code of this same result. Use the code of an earlier one.")}
    before, after = sorted([other, found], key=lambda each: each.taken_on)
    return {"before": before, "after": after, "changes": quiz.changes(before.reading, after.reading)}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def open_code(request):
    """Opens a code that was typed, or says why it cannot be read."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return kept_secret(render(request, "careers/quiz/open.html", {"form": form}, status=422 if form.errors else 200))
    try:
        found = interests.opened(form.cleaned_data["code"])
    except Unreadable as unreadable:
        form.add_error("code", reason(unreadable))
        return kept_secret(render(request, "careers/quiz/open.html", {"form": form}, status=422))
    this = form.cleaned_data["beside"]
    return kept_secret(redirect(address(this, found.code) if this else address(found.code)))


def refused(request, code, unreadable):
    """The page for a code that cannot be read: what is wrong with it, and a form to type it again."""
    context = {"form": CodeForm(initial={"code": code[:60]}), "refused": reason(unreadable)}
    return kept_secret(render(request, "careers/quiz/open.html", context, status=404))


def reason(unreadable):
    """Why a code cannot be read, in a sentence."""
    if unreadable.reason == "length":
        words = gettext("A code has {right} letters and figures; this one has {length}.")
        return words.format(right=LENGTH, length=unreadable.length)
    return {
        "empty": gettext("There is no code in what you typed."),
        "characters": gettext("It holds a character that no code has. Codes are figures and the letters A to Z, without U."),
        "seal": gettext("It does not hold together: a character is mistyped or changed, or the code was made on another site."),
        "edition": gettext("It belongs to a set of statements that this site does not have."),
    }[unreadable.reason]
