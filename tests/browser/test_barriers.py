"""That the looking itself sees: pages with one thing wrong each."""

import pytest

from .barriers import barriers, barriers_in_the_dark

pytestmark = pytest.mark.browser
DARK = "@media (prefers-color-scheme: dark) { %s }"
PAGE = "<html lang=en><title>A page</title><style>%s</style><main><h1>A page</h1>%s</main></html>"


@pytest.fixture
def page(browser):
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("style", "body", "light", "dark"),
    [
        ("", "<p>Words</p>", [], []),
        ("", "<img src='data:,'>", ["image-alt: img"], []),
        ("p { color: #aaa; background: #fff }", "<p>Words</p>", ["color-contrast: p"], ["dark: color-contrast: p"]),
        (DARK % "p { color: #222; background: #000 }", "<p>Words</p>", [], ["dark: color-contrast: p"]),
        (
            "p { color: #000 } a { color: #111; text-decoration: none } " + DARK % "a { text-decoration: underline }",
            "<p>Words, <a href='/'>more of them</a>, and the rest of a paragraph</p>",
            ["link-in-text-block: a"],
            [],
        ),
    ],
)
def test_what_is_wrong_is_found_once_and_in_its_scheme(page, style, body, light, dark):
    page.set_content(PAGE % (style, body))

    assert barriers(page) == light
    assert barriers_in_the_dark(page) == dark
