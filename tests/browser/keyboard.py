"""Hands on a keyboard: everything a page offers is reached by Tab, and nothing is clicked."""

import re

from playwright.sync_api import expect

FAR = 260


class Keyboard:
    """The keys of one page."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, locator, key="Tab"):
        """Go on with the key until the element has focus; fails when it cannot be reached."""
        for _ in range(FAR):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{locator} cannot be reached by {key}")

    def follow(self, name, within="main"):
        self.act(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def push(self, name, within="main"):
        # Buttons that only Enter in a field presses cannot be reached, and need not be.
        self.act(self.page.locator(within).locator("button:not([tabindex='-1'])").get_by_text(name, exact=True).first)

    def act(self, locator):
        self.reach(locator)
        self.press("Enter")

    def open(self, part):
        """Unfold a part of a form."""
        self.act(self.page.locator("summary").filter(has_text=part))

    def field(self, label, nth=0):
        """An input by its label, whether the label adds that it may stay empty or not."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$")).nth(nth)

    def write(self, label, words, nth=0):
        self.reach(self.field(label, nth))
        self.press("Control+A")
        self.page.keyboard.type(words)

    def pick(self, label, option, nth=0):
        """Choose in a list as readers do there: by typing what it says."""
        field = self.field(label, nth)
        self.reach(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)

    def day(self, label, day, nth=0):
        """A day whose number is its month's too, so that it is typed alike wherever the browser comes from."""
        field = self.field(label, nth)
        self.reach(field)
        year, month, _ = day.split("-")
        self.page.keyboard.type(f"{month}{month}{year}")
        expect(field).to_have_value(day)

    def tick(self, locator):
        self.reach(locator)
        self.press("Space")
        expect(locator).to_be_checked()
