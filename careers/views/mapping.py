from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.models import GuideVersion
from home.serving import for_everyone

from .. import charting, explorer, moves
from ..map_forms import MapFilter, WayForm


@require_safe
@for_everyone
def career_map(request):
    """The moves between careers: as lists, as a picture, and as the way from one role to another."""
    version = GuideVersion.current()
    whole = charting.whole(version)
    form, way = MapFilter(request.GET), WayForm(request.GET, whole)
    form.is_valid()
    context = {
        "version": version,
        "form": form,
        "way": way,
        "options": explorer.options(version, charting.titles(whole)),
        "found": moves.route(whole, way),
        **moves.shown(version, whole, form),
    }
    return render(request, "careers/map.html", context)
