"""The security headers that Django and django-csp do not send."""

from django.conf import settings
from django.urls import reverse_lazy

from .languages import plain

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=(), usb=()",
}
# Pages about one person; nobody keeps them on the way or afterwards, unless they say otherwise themselves.
PERSONAL = ("/me/", "/accounts/", "/moderation/", "/counselling/", "/invited/", "/join/")
CMS = reverse_lazy("wagtailadmin_home")
# Wagtail's own pages carry inline scripts and styles; only its signed-in pages get this policy.
CMS_POLICY = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:", "data:"],
    "frame-src": ["'self'"],
    "media-src": ["'self'"],
}


def SecurityHeaders(get_response):
    """Middleware that adds the headers above to every answer."""

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if plain(request.path).startswith(PERSONAL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def AdminPolicy(get_response):
    """Middleware that widens the content security policy inside the CMS, and lets it frame its previews."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(str(CMS)):
            response._csp_update = CMS_POLICY
            response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response

    return middleware


def add_static_headers(headers, path, url):
    """WhiteNoise's hook: static files carry the same headers and can never act as a page."""
    for name, value in HEADERS.items():
        headers[name] = value
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if not settings.DEBUG:
        headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
