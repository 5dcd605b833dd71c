"""Whether a form was sent from this site: pages that everybody gets alike carry no CSRF token."""

from urllib.parse import urlsplit


def is_own_origin(request):
    """Whether the browser says that the form was sent from a page of this site."""
    origin = request.headers.get("Origin")
    # A page that keeps its own address to itself sends "null", and the browser still says whose page it is.
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
