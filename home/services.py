"""Puts the page tree in place: the home page, the pages behind the footer and the site that shows them."""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from .importers import Pages, blocks
from .models import HomePage, StandardPage


@transaction.atomic
def plant(pages: Pages, translations: Mapping[str, Pages]) -> HomePage:
    """The home page, made from the file if there is none; standard pages that are missing are added.

    What editors have made or changed stays as it is, and is not translated by us.
    """
    home = HomePage.objects.original().first() or make_home(pages.home.values)
    there = set(StandardPage.objects.child_of(home).values_list("slug", flat=True))
    for row in pages.pages:
        if row["slug"] not in there:
            publish(home, StandardPage(**row.values, show_in_menus=True))
    for code, words in translations.items():
        translate(home, words, Locale.objects.get(language_code=code))
    return home


def translate(home: HomePage, words: Pages, locale: Locale) -> None:
    """The home page and its standard pages in the language, where they are as they were planted and not translated yet."""
    wanted = {home.slug: home_words(words.home.values), **{row["slug"]: row.values for row in words.pages}}
    for page in [home, *StandardPage.objects.child_of(home)]:
        if page.slug not in wanted or page.revisions.count() > 1 or page.has_translation(locale):
            continue
        made = page.copy_for_translation(locale, copy_parents=True)
        for name, value in wanted[page.slug].items():
            setattr(made, name, value)
        made.save_revision().publish()


def home_words(values: dict) -> dict:
    """The fields of the home page that hold words."""
    return {
        "lead": values["lead"],
        "search_description": values["search_description"],
        "title_lines": "\n".join(values["title_lines"]),
        "board_note": values["board_note"],
        "board": json.dumps(blocks(values["strips"])),
    }


def make_home(values: dict) -> HomePage:
    """The home page at the site's root, in the place of Wagtail's welcome page."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = publish(root, HomePage(title="Greenlight", slug="greenlight", **home_words(values)))
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = {"hostname": address.hostname, "port": port, "root_page": home, "site_name": "Greenlight"}
    Site.objects.update_or_create(is_default_site=True, defaults=site)
    Page.objects.child_of(root).exclude(pk=home.pk).filter(slug="home", title__startswith="Welcome").delete()
    return home


def publish(parent: Page, page: Page) -> Page:
    """The page, added under its parent and published with its first revision."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
