"""The address of the API itself: what there is, what the numbers mean and whom to credit."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.api.v2.router import WagtailAPIRouter

from home.serving import PUBLIC

from .. import scales
from . import endpoints
from .base import OPEN_TO_ALL

ENDPOINTS = {
    "careers": endpoints.Careers,
    "stages": endpoints.Stages,
    "pages": endpoints.AboutPages,
    "skills": endpoints.Skills,
    "qualifications": endpoints.Qualifications,
    "organisations": endpoints.Organisations,
    "glossary": endpoints.Glossary,
    "festivals": endpoints.Festivals,
    "sources": endpoints.Sources,
}
# What the values of the fields stand for: the name of each field and its scale.
LEGEND = {
    "basis": scales.Basis,
    "country": scales.Country,
    "department": scales.Department,
    "experience": scales.Experience,
    "family": scales.Family,
    "importance": scales.Importance,
    "level": scales.Level,
    "line": scales.Line,
    "medium": scales.Medium,
    "stage": scales.Stage,
    "status": scales.Standing,
    "weight": scales.Weight,
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

router = WagtailAPIRouter("api")
for name, endpoint in ENDPOINTS.items():
    router.register_endpoint(name, endpoint)


@require_safe
def root(request):
    """What the API offers, with the words for the values that stand in it."""
    whole = request.build_absolute_uri
    content = {
        "endpoints": {name: whole(reverse(f"api:{name}:listing")) for name in ENDPOINTS},
        "documentation": whole(reverse("careers:open_data")),
        "licence": LICENCE,
        "credit": f"{settings.WAGTAIL_SITE_NAME}, {LICENCE}",
        "values": {name: {str(value): str(label) for value, label in scale.choices} for name, scale in LEGEND.items()},
    }
    return JsonResponse(content, headers={**OPEN_TO_ALL, "Cache-Control": PUBLIC})
