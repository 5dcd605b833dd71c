"""Pages whose address is a secret: not found by searching, not told to other sites, not kept on the way."""

HEADERS = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def kept_secret(response, cache="private, no-store"):
    """The response with the headers that keep its address to its reader."""
    for name, value in {**HEADERS, "Cache-Control": cache}.items():
        response.headers[name] = value
    return response
