"""Recommending at the desk: to one student, to several, and what a counsellor does with what was sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ...counselling import recommending, steps
from ...forms.recommending import RecommendForm, RecommendManyForm, StudentsForm
from ...forms.steps import StepForm
from ...models import AccessEvent, Connection, PlanStep
from ...scales import Look, Scope
from ..bulk import undo_tag
from .door import for_counsellors, with_student

PART = gettext_noop("recommending")


@with_student(PART, Scope.GAP, Scope.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request, connection):
    """Recommends a course or a step to one student; asked to show courses, it shows those for the skill and the words."""
    form = RecommendForm(request.POST or None, connection=connection)
    if request.method != "POST" or "show" in request.POST:
        return show(request, form, connection=connection)
    if not form.is_valid():
        return show(request, form, status=422, connection=connection)
    batch = form.cleaned_data["batch"]
    try:
        sent = recommending.recommend(counsellor=request.user, connection=connection.pk, batch=batch, advice=form.advice())
    except steps.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, form, status=422, connection=connection)
    words = gettext("Sent. {student} will see {step} on their plan, with your note.")
    if not sent.note:
        words = gettext("Sent. {student} will see {step} on their plan.")
    say = words.format(student=connection.student_name, step=sent.title)
    messages.success(request, say, extra_tags=undo_tag(request.user, batch=str(batch)))
    return redirect("portfolio:counselling:student", connection.pk)


def show(request, form, status=200, **more):
    """The page, or the courses alone if the page asks for them; nothing is judged before it is sent."""
    if "show" in request.POST:
        form.look()
    if "show" in request.POST and request.headers.get("HX-Request"):
        return render(request, "portfolio/counselling/_course_picks.html", {"form": form})
    name = "recommend.html" if "connection" in more else "recommend_many.html"
    return render(request, f"portfolio/counselling/{name}", {"form": form, **more}, status=status)


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def recommend_many(request):
    """Recommends the same to several students; the caseload sends their keys, and `send` the recommendation."""
    ticked = StudentsForm(request.POST if request.method == "POST" else request.GET)
    chosen = chosen_of(request.user, ticked.cleaned_data["student"]) if ticked.is_valid() else []
    if not chosen:
        messages.error(request, gettext("Tick students who share what is missing or their plan with you first."))
        return redirect("portfolio:counselling:caseload")
    is_sent = "send" in request.POST
    form = RecommendManyForm(request.POST if is_sent or "show" in request.POST else None, connections=chosen)
    if not is_sent:
        note_looks(request, chosen)
        return show(request, form, chosen=chosen)
    if not form.is_valid():
        return show(request, form, status=422, chosen=chosen)
    batch = form.cleaned_data["batch"]
    keys, covered = ticked.cleaned_data["student"], form.covered()
    sent = recommending.recommend_many(
        counsellor=request.user, connections=keys, batch=batch, advice=form.advice(), covered=covered
    )
    if not sent.steps:
        form.add_error(None, gettext("Sent to nobody.") + f" {' '.join(left_out(sent))}")
        return show(request, form, status=422, chosen=chosen)
    say = " ".join([sent_words(sent, form.advice().name), *left_out(sent)])
    messages.success(request, say, extra_tags=undo_tag(request.user, batch=str(batch)))
    return redirect("portfolio:counselling:caseload")


def chosen_of(counsellor, keys):
    """The open connections of these keys that something may be recommended by."""
    theirs = Connection.objects.of_counsellor(counsellor).filter(pk__in=keys).order_by("student_name", "pk")
    return [each for each in theirs if each.shares_gap or each.shares_plan]


def note_looks(request, connections):
    """Write down for each student whose gap is read here that their counsellor looked, once for the page."""
    if "show" in request.POST or request.method == "HEAD":
        return
    AccessEvent.objects.bulk_create(
        AccessEvent(owner_id=each.student_id, who=each.counsellor_name, connection=each, what=Look.DESK, part=PART)
        for each in connections
        if each.shares_gap
    )


def sent_words(sent, name):
    count = len(sent.steps)
    return ngettext("Sent {name} to one student.", "Sent {name} to {count} students.", count).format(name=name, count=count)


def left_out(sent):
    """Whom it was not sent to, and why, a sentence each."""
    found = [gettext("Not to {student}: {why}").format(student=name, why=why) for name, why in sent.skipped]
    if sent.closed:
        closed = ngettext("One is not open to you now.", "{count} are not open to you now.", sent.closed)
        found.append(closed.format(count=sent.closed))
    return found


@with_student("", Scope.GAP, Scope.PLAN)
@require_POST
def step(request, connection, step):
    """Takes a recommendation back, or says that its certificate was seen."""
    found = get_object_or_404(PlanStep.objects.visible_to(request.user), pk=step, connection=connection)
    form = StepForm(request.POST)
    do = form.cleaned_data["do"] if form.is_valid() else ""
    if do == "back":
        say_taken_back(request, steps.take_back(counsellor=request.user, step=found.pk))
    elif do == "seen":
        see(request, found.pk)
    else:
        messages.error(request, gettext("Nothing was changed."))
    return redirect("portfolio:counselling:student", connection.pk)


def say_taken_back(request, found):
    if found:
        messages.success(request, gettext("Taken back."))
    else:
        messages.error(request, gettext("This cannot be taken back any more."))


def see(request, step):
    try:
        steps.certificate_seen(counsellor=request.user, step=step)
        messages.success(request, gettext("Noted: you have seen the certificate."))
    except steps.NotPossible as why:
        messages.error(request, str(why))
