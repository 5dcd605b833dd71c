"""Careers side by side: by keyboard, on a phone, for a screen reader and on paper."""

import re

import pytest
from playwright.sync_api import expect

from .keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWO = "/careers/compare/?role=associate-producer&role=line-producer"
FOUR = f"{TWO}&role=producer&role=showrunner"


def heads(page):
    return page.locator("thead th > a:first-child")


def test_from_a_profile_to_two_careers_and_back_to_one_by_keyboard(visit):
    page = visit("/careers/associate-producer/")
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    hands = Keyboard(page)

    hands.follow("Compare with another career")
    page.wait_for_url("/careers/compare/?role=associate-producer")
    expect(heads(page)).to_have_text(["Associate producer"])

    hands.pick("Career 2", "Line producer")
    hands.push("Compare")
    page.wait_for_url(re.compile("role=associate-producer&role=line-producer"))
    expect(heads(page)).to_have_text(["Associate producer", "Line producer"])
    expect(page.get_by_role("region", name="2 careers side by side")).to_be_visible()

    hands.push("Print")
    assert page.evaluate("window.printed") == 1

    hands.follow("Remove Associate producer")
    page.wait_for_url("/careers/compare/?role=line-producer")
    expect(heads(page)).to_have_text(["Line producer"])
    expect(page.get_by_label("Career 1")).to_have_value("line-producer")


def test_two_careers_near_each_other_are_compared_from_a_profile(visit):
    page = visit("/careers/producer/")

    page.get_by_role("link", name=re.compile("Compare these two ?: Producer, Executive producer")).click()

    expect(heads(page)).to_have_text(["Producer", "Executive producer"])


def test_on_a_phone_the_table_scrolls_by_key_and_its_names_stay(visit):
    page = visit(FOUR, width=360)
    region = page.get_by_role("region", name="4 careers side by side")
    name = region.get_by_role("rowheader", name="Department")
    start = name.bounding_box()["x"]

    region.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(region.get_by_role("columnheader", name="Producer").nth(2)).to_be_in_viewport()

    assert abs(name.bounding_box()["x"] - start) <= 1
    assert region.get_by_text("Showrunner", exact=True).count() > 1


def test_every_cell_has_a_row_and_a_column_that_say_what_it_is(visit):
    """What a screen reader announces: as many cells a row as there are columns, each under a name and beside one."""
    page = visit(FOUR, width=360)

    rows = page.locator(".compare tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.tagName + (cell.scope ? ' ' + cell.scope : '')).join(', '))"
    )

    assert rows[0] == "TD, TH col, TH col, TH col, TH col"
    assert set(rows[1:]) == {"TH row, TD, TD, TD, TD", "TH rowgroup, TD, TD, TD, TD"}
    assert page.locator(".compare").evaluate("table => table.querySelectorAll('[colspan], [rowspan]').length") == 0
    assert (
        page.locator(".compare td:not(:has([aria-hidden]))").evaluate_all(
            "cells => cells.slice(1).filter(cell => !cell.innerText.trim()).length"
        )
        == 0
    )


def test_on_paper_the_table_is_whole_and_has_no_controls(visit):
    page = visit(FOUR)
    page.set_viewport_size({"width": 660, "height": 900})  # what A4 leaves between our margins
    page.emulate_media(media="print")

    for control in (".compare-pick", ".take-away", ".masthead", ".crumbs"):
        assert not page.locator(control).first.is_visible(), control
    assert page.locator(".scroller").evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    assert page.locator("thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
