"""What axe finds in the way of anybody on the page that is open."""

from axe_playwright_python.base import AXE_SCRIPT

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
# Nothing but colours differs between the schemes, and these are the rules that look at them.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Every element is judged; only those at fault are described, for describing the others takes longer than the judging.
FAULTS = {"resultTypes": ["violations"]}
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def barriers(page, rules=RULES):
    """The rules that are broken, with where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    broken = page.evaluate("(options) => axe.run(options).then((found) => found.violations)", {**rules, **FAULTS})
    return [f"{each['id']}: {node['target'][0]}" for each in broken for node in each["nodes"]]


def barriers_in_the_dark(page):
    """What the other scheme's colours add. On a busy machine new colours arrive late, so what is wrong has to be wrong twice."""
    page.emulate_media(color_scheme="dark")
    for _ in range(2):
        page.evaluate(PAINTED)
        found = barriers(page, COLOURS)
        if not found:
            break
    page.emulate_media(color_scheme="light")
    page.evaluate(PAINTED)
    return [f"dark: {each}" for each in found]
