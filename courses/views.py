from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from home.cards import serving
from home.cards.drawing import Facts
from home.serving import for_everyone

from . import explorer, presenting
from .forms import CourseFilter
from .models import Course, CourseOutcome
from .picks import standing
from .shelves import catalogue


@require_safe
@for_everyone
def courses(request):
    """The list of courses as asked for; htmx gets the part that changes, except when going back."""
    form = CourseFilter(request.GET, catalogue())
    form.is_valid()
    results, aim = explorer.results(form, request.user)
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    template = "courses/_explorer.html" if part else "courses/explorer.html"
    response = render(request, template, {"form": form, "results": results, "aim": aim})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
@for_everyone
def course(request, slug):
    """One course: its facts with their source, what it teaches, who picked it and the roles that ask for its skills."""
    taught = CourseOutcome.objects.select_related("skill").order_by("sort_order", "pk")
    published = Course.objects.filter(live=True).select_related("provider", "source", "link_check")
    found = get_object_or_404(published.prefetch_related(Prefetch("outcomes", taught)), slug=slug)
    picks = standing(timezone.localdate()).filter(course=found).select_related("career", "skill")
    return render(request, "courses/course.html", {**presenting.shown(found), "picks": picks})


@require_safe
def card(request, slug):
    """The picture that other sites show beside a course: its title and who teaches it."""
    found = get_object_or_404(Course.objects.filter(live=True).select_related("provider"), slug=slug)
    kind = f"{gettext('Course')} · {found.provider.title}"
    address = serving.shown_address(found.get_absolute_url())
    return serving.send(request, Facts(found.title, kind, found.summary, address), found)
