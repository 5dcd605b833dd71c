"""Rich text as plain values: paragraphs, headings and lists of words, for documents that are not HTML. Pure."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"ul": "bullets", "ol": "numbers"}
STRONG, SLANTED = {"b", "strong"}, {"i", "em"}
# What stands in these is no text of the document.
UNSEEN = {"script", "style", "template", "head", "title"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; `url` is where they lead, if anywhere."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of words with the lists under it."""

    runs: tuple[Run, ...]
    under: tuple["Block", ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("text") or a heading with one item, or a list ("bullets", "numbers") with any number."""

    kind: str
    items: tuple[Item, ...]


def is_link(url: object) -> bool:
    """Whether it is an address that a document may lead to: http or https, in one piece, of a sensible length."""
    return (
        isinstance(url, str)
        and url.startswith(("http://", "https://"))
        and len(url) <= 500
        and url.isprintable()
        and " " not in url
    )


def blocks(html: str, base: str) -> tuple[Block, ...]:
    """The HTML as blocks, its links resolved against the address `base`; those that lead nowhere on the web are plain words."""
    reader = Reader(base)
    reader.feed(html)
    reader.close()
    return reader.finished()


@dataclass(slots=True)
class Open:
    """A list that is being read: its kind, the items that are done, and the one that is not."""

    kind: str
    items: list[Item] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    under: list[Block] = field(default_factory=list)

    def close_item(self) -> None:
        runs = trimmed(self.runs)
        if runs or self.under:
            self.items.append(Item(runs, tuple(self.under)))
        self.runs, self.under = [], []


class Reader(HTMLParser):
    """Follows the tags of an editor's text; what it does not know counts as the words in it."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.found: list[Block] = []
        self.runs: list[Run] = []
        self.kind = "text"
        self.lists: list[Open] = []
        self.bold = self.italic = self.unseen = 0
        self.url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in STRONG:
            self.bold += 1
        elif tag in SLANTED:
            self.italic += 1
        elif tag == "a":
            self.url = self.address(dict(attrs).get("href") or "")
        elif tag == "br":
            self.handle_data(" ")
        elif tag in LISTS:
            self.close_block()
            self.lists.append(Open(LISTS[tag]))
        elif tag == "li" and self.lists:
            self.lists[-1].close_item()
        elif tag in HEADINGS or tag in ("p", "div", "hr", "blockquote"):
            self.open_block("heading" if tag in HEADINGS else "text")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in STRONG:
            self.bold = max(0, self.bold - 1)
        elif tag in SLANTED:
            self.italic = max(0, self.italic - 1)
        elif tag == "a":
            self.url = ""
        elif tag in LISTS and self.lists:
            self.close_list()
        elif tag in HEADINGS or tag in ("p", "div", "blockquote"):
            self.open_block("text")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            run = Run(data, self.bold > 0, self.italic > 0, self.url)
            (self.lists[-1].runs if self.lists else self.runs).append(run)

    def address(self, href: str) -> str:
        try:
            url = urljoin(self.base, href.strip()) if href.strip() else ""
        except ValueError:
            return ""
        return url if is_link(url) else ""

    def open_block(self, kind: str) -> None:
        """Begin a block; inside a list it is only a space between words."""
        if self.lists:
            self.lists[-1].runs.append(Run(" "))
        else:
            self.close_block()
            self.kind = kind

    def close_block(self) -> None:
        if not self.lists:
            runs = trimmed(self.runs)
            if runs:
                self.found.append(Block(self.kind, (Item(runs),)))
            self.runs, self.kind = [], "text"

    def close_list(self) -> None:
        done = self.lists.pop()
        done.close_item()
        if done.items:
            (self.lists[-1].under if self.lists else self.found).append(Block(done.kind, tuple(done.items)))

    def finished(self) -> tuple[Block, ...]:
        """All blocks, those that were left open included."""
        while self.lists:
            self.close_list()
        self.close_block()
        return tuple(self.found)


def trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs with one space where there are several, none at the ends, and neighbours that look alike as one."""
    found: list[Run] = []
    for run in runs:
        after_space = not found or found[-1].text.endswith(" ")
        text = squeezed(run.text, after_space)
        if not text:
            continue
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip(" "):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return tuple(found)


def squeezed(text: str, after_space: bool) -> str:
    """The text with single spaces; without the first if one stands before it already. A fixed space stays."""
    words = " ".join(part for part in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if part)
    if not words:
        return "" if after_space or not text else " "
    start = " " if text[0] in " \t\r\n" and not after_space else ""
    return start + words + (" " if text[-1] in " \t\r\n" else "")


def plain(found: tuple[Block, ...]) -> str:
    """All words of the blocks, a space between lines."""
    return " ".join(filter(None, (words_of(item) for block in found for item in block.items)))


def words_of(item: Item) -> str:
    return " ".join(filter(None, ["".join(run.text for run in item.runs), plain(item.under)]))
