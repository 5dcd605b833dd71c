"""The catalogue as a table in the CMS: taken out, looked through, and put back after a look at what that would do."""

import hashlib
import zlib

from django import forms
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from home.importing import Refused
from home.wording import figures

from .admin import may_import
from .exporting import exported
from .importers import COURSE
from .importing import MOST_SHOWN, CannotImport, import_courses, plan
from .tables import MOST_BYTES, MOST_ROWS, Table

# What one request can save before whoever waits gives up.
MOST_AT_ONCE = 300
SECONDS_KEPT = 3600
SALT = "courses.import"
GONE = _("That table is not here any more, or has been imported already. Choose the file again.")
TOO_MANY = _(
    "This would save {number} courses, and at most {most} go at once here. Split the file, or have it imported by command."
)


class TableForm(forms.Form):
    file = forms.FileField(label=_("CSV file"), max_length=200)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than {most_bytes} MB. Split it.").format(most_bytes=MOST_BYTES // 2**20)
            )
        return file


@require_GET
def export(request):
    """The whole catalogue as a CSV file."""
    if not request.user.has_perm("courses.view_course"):
        raise PermissionDenied
    answer = StreamingHttpResponse(exported(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="courses-{timezone.localdate()}.csv"'
    add_never_cache_headers(answer)
    return answer


@require_http_methods(["GET", "POST"])
def start(request):
    """A form for the table and, once there is one, what importing it would do."""
    if not may_import(request.user):
        raise PermissionDenied
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if not form.is_valid():
        return page(request, form)
    file = form.cleaned_data["file"]
    try:
        return look_through(request, Table(file.name, file.read(), COURSE))
    except Refused as refused:
        form.add_error("file", [str(problem.reason) for problem in refused.problems])
        return page(request, form)


@require_http_methods(["GET", "POST"])
def confirm(request):
    """Import the table that has been looked through; anything that has changed since is shown instead."""
    if not may_import(request.user):
        raise PermissionDenied
    kept = take(request.user, request.POST.get("token", ""))
    if kept is None:
        messages.error(request, GONE)
        return redirect("courses_import")
    table, mark = kept
    try:
        done = import_courses(table=table, user=request.user, mark=mark)
    except CannotImport as refused:
        messages.error(request, str(refused))
        return look_through(request, table, status=409)
    cache.delete(place(request.user))
    messages.success(request, told(done))
    return redirect(reverse("wagtailsnippets_courses_course:list"))


def told(done):
    """What was done, in a sentence."""
    where = gettext("published") if done.publishes else gettext("kept as drafts, for somebody to publish")
    added, changed = done.numbers["added"], done.numbers["changed"]
    return gettext("{added} added and {changed} changed, {where}; {numbers} were so already.").format(
        added=added, changed=changed, where=where, numbers=done.numbers["unchanged"]
    )


def look_through(request, table, status=200):
    """The page that says what importing the table would do, with a way to do it if nothing stands against it."""
    found = plan(table=table, user=request.user)
    too_many = TOO_MANY.format(number=figures(found.to_save), most=MOST_AT_ONCE) if found.to_save > MOST_AT_ONCE else ""
    sound = found.to_save and not found.numbers["refused"] and not too_many
    token = keep(request.user, table, found.mark) if sound else ""
    status = 422 if found.numbers["refused"] or too_many else status
    return page(request, TableForm(), status=status, plan=found, table=table, token=token, too_many=too_many)


def page(request, form, status=200, **more):
    listing = {"url": reverse("wagtailsnippets_courses_course:list"), "label": gettext("Courses")}
    context = {
        "form": form,
        "columns": list(COURSE),
        "most_rows": MOST_ROWS,
        "most_shown": MOST_SHOWN,
        "page_title": gettext("Import courses"),
        "header_title": gettext("Import courses"),
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            listing,
            {"url": "", "label": gettext("Import courses")},
        ],
        **more,
    }
    return render(request, "courses/admin/import.html", context, status=422 if form.errors else status)


def place(user):
    """Where the one table that a user is looking through is kept: on the server, for an hour."""
    return f"courses.import.{user.pk}"


def keep(user, table, mark):
    """A token that stands for the table, for what was shown of it and for the user."""
    cache.set(place(user), (table.file, zlib.compress(table.content, 1)), SECONDS_KEPT)
    return signing.dumps([user.pk, hashlib.sha256(table.content).hexdigest(), mark], salt=SALT)


def take(user, token):
    """The table that the token stands for, with the mark of what was shown; None if it is another's, changed or gone."""
    try:
        owner, digest, mark = signing.loads(token, salt=SALT, max_age=SECONDS_KEPT)
    except signing.BadSignature:
        return None
    kept = cache.get(place(user)) if owner == user.pk else None
    if kept is None:
        return None
    name, content = kept[0], zlib.decompress(kept[1])
    return (Table(name, content, COURSE), mark) if hashlib.sha256(content).hexdigest() == digest else None
