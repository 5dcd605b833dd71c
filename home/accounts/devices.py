"""Says in words which browser on which system a user agent stands for."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Chromium/": "Chromium",
    "Safari/": "Safari",
}
SYSTEMS: dict[str, str | Promise] = {
    "iPhone": _("an iPhone"),
    "iPad": _("an iPad"),
    "Android": "Android",
    "CrOS": _("a Chromebook"),
    "Windows": "Windows",
    "Macintosh": _("a Mac"),
    "Linux": "Linux",
}


def device(user_agent: str) -> str:
    """Words such as "Firefox on Windows"; the first mark that fits decides, as browsers name their forebears too."""
    browser = first(BROWSERS, user_agent)
    system = first(SYSTEMS, user_agent)
    if browser and system:
        return gettext("{browser} on {system}").format(browser=browser, system=system)
    return browser or (gettext("A browser on {system}").format(system=system) if system else gettext("A browser we do not know"))


def first(marks: Mapping[str, str | Promise], text: str) -> str:
    return next((str(words) for mark, words in marks.items() if mark in text), "")
