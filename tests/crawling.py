"""Walks a site from link to link, as a reader with a browser would, and tells what does not hold together.

Works on anything that answers an address with a status, headers and bytes; tests/test_crawl.py gives it our site.
"""

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

REDIRECTS = (301, 302, 303, 307, 308)
# Where an element names another address: pages that it leads to, and files that it is made of.
LEADS = {("a", "href"), ("area", "href"), ("form", "action")}
PARTS = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("input", "src"),
    ("use", "href"),
    ("image", "href"),
}
LISTS = {("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")}
# A link element that leads to another page, and does not load it.
OTHER_PAGES = {"canonical", "alternate", "next", "prev", "author", "license", "help", "search", "me"}
SOCIAL = {"og:image", "og:url", "twitter:image"}
IN_CSS = re.compile(r"""url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3""")
IN_XML = re.compile(r"""<loc>\s*(.*?)\s*</loc>|<link[^>]*\bhref=["'](.*?)["']""")


@dataclass
class Page:
    """What an answer says of itself, and the addresses in it."""

    address: str
    status: int
    kind: str
    titles: list = field(default_factory=list)
    descriptions: list = field(default_factory=list)
    language: str = ""
    headings: int = 0
    canonicals: list = field(default_factory=list)
    is_hidden: bool = False
    anchors: set = field(default_factory=set)
    leads: list = field(default_factory=list)
    parts: list = field(default_factory=list)

    @property
    def is_read(self):
        return self.status == 200 and self.kind == "text/html"


class Reader(HTMLParser):
    """Fills a page from its HTML."""

    def __init__(self, page):
        super().__init__()
        self.page, self.is_in_title, self.drawings = page, False, 0

    def handle_starttag(self, tag, attributes):
        told = {name: value or "" for name, value in attributes}
        self.drawings += tag == "svg"
        self.page.headings += tag == "h1"
        self.page.anchors.update(told[name] for name in ("id", "name") if name in told and (name == "id" or tag == "a"))
        if tag == "title" and not self.drawings:
            self.page.titles.append("")
            self.is_in_title = True
        if tag == "html":
            self.page.language = told.get("lang", "")
        elif tag == "meta":
            self.read_meta(told)
        elif tag == "link" and OTHER_PAGES & set(told.get("rel", "").lower().split()):
            self.read_link(told)
        elif not (tag == "form" and told.get("method", "get").lower() != "get"):
            self.read_addresses(tag, told)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self.drawings -= tag == "svg"
        self.is_in_title = self.is_in_title and tag != "title"

    def handle_data(self, words):
        if self.is_in_title:
            self.page.titles[-1] += words

    def read_meta(self, told):
        name, content = (told.get("name") or told.get("property", "")).lower(), told.get("content", "")
        if name == "description":
            self.page.descriptions.append(content)
        elif name == "robots":
            self.page.is_hidden |= "noindex" in content
        elif name in SOCIAL:
            self.page.leads.append(content)

    def read_link(self, told):
        if "canonical" in told["rel"].lower().split():
            self.page.canonicals.append(told.get("href", ""))
        self.page.leads.append(told.get("href", ""))

    def read_addresses(self, tag, told):
        for name, value in told.items():
            if (tag, name) in LEADS:
                self.page.leads.append(value)
            elif (tag, name) in PARTS:
                self.page.parts.append(value)
            elif (tag, name) in LISTS:
                self.page.parts += [each.split()[0] for each in value.split(",") if each.strip()]
            elif name == "style":
                self.page.parts += in_css(value)


def in_css(text):
    """The addresses in a style sheet."""
    return [found[1] or found[3] for found in IN_CSS.findall(text)]


def read(address, status, headers, body):
    """The page that the answer is."""
    kind = headers.get("Content-Type", "").split(";")[0].strip()
    page = Page(address, status, kind, is_hidden="noindex" in headers.get("X-Robots-Tag", ""))
    if page.status in REDIRECTS:
        page.leads.append(headers["Location"])
    elif kind == "text/html":
        Reader(page).feed(body.decode())
    elif kind == "text/css":
        page.parts += in_css(body.decode())
    elif kind.endswith("xml") and kind != "image/svg+xml":
        page.leads += [loc or href for loc, href in IN_XML.findall(body.decode())]
    elif address.endswith("/robots.txt"):
        page.leads += re.findall(r"^Sitemap: (\S+)$", body.decode(), re.MULTILINE)
    return page


class Crawl:
    """Every page that can be reached from the first address: Crawl(fetch, hosts).walk("/").

    Filters can be combined without end, so of the addresses of one place one is read for each set of questions that
    they answer. `place` says what counts as one place, and `skips` which addresses are left alone.
    """

    def __init__(self, fetch, hosts, place=lambda path: path, skips=lambda path: False):
        self.fetch, self.hosts, self.place, self.skips = fetch, hosts, place, skips
        self.pages, self.links, self.seen = {}, defaultdict(set), set()
        self.foreign = []

    def walk(self, *starts):
        waiting = deque(self.local(start, "") for start in starts)
        while waiting:
            address = waiting.popleft()
            if self.skips(urlsplit(address).path) or self.shape(address) in self.seen:
                continue
            self.seen.add(self.shape(address))
            page = self.pages[address] = read(address, *self.fetch(address))
            waiting += self.next_to(page)
        return self

    def shape(self, address):
        """What two addresses have in common of which one is enough; every page of a list is one of its own."""
        parts = urlsplit(address)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        return self.place(parts.path), frozenset(name if name != "page" else f"page {value}" for name, value in asked)

    def local(self, target, base):
        """The address on this site, with its fragment, or nothing for what is elsewhere or no address at all."""
        whole = urljoin(f"http://{self.hosts[0]}{base}", target.strip())
        parts = urlsplit(whole)
        if parts.scheme not in ("http", "https") or parts.netloc not in self.hosts:
            return None
        return parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()

    def next_to(self, page):
        """The addresses on the page, each noted with where it stands."""
        for target, is_part in [*((lead, False) for lead in page.leads), *((part, True) for part in page.parts)]:
            found = self.local(target, page.address)
            if found is None:
                if is_part and urlsplit(urljoin("http://x/", target)).scheme in ("http", "https"):
                    self.foreign.append((page.address, target))
                continue
            address, fragment = urldefrag(found)
            self.links[address].add((page.address, fragment))
            yield address

    # What does not hold together

    def broken(self):
        """Links to what is not there: from, to and the answer."""
        return sorted(
            (source, address, page.status)
            for address, page in self.pages.items()
            if page.status not in (200, *REDIRECTS)
            for source, _ in self.links[address] or {("", "")}
        )

    def moved(self):
        """Links to what has another address for good."""
        return sorted(
            (source, at) for at, page in self.pages.items() if page.status in (301, 308) for source, _ in self.links[at]
        )

    def lost(self):
        """Links to a part of a page that the page does not have."""
        return sorted(
            (source, f"{address}#{fragment}")
            for address, page in self.pages.items()
            for source, fragment in self.links[address]
            if fragment and page.is_read and not fragment.startswith(":~:") and unquote(fragment) not in page.anchors
        )

    def orphans(self, known, start="/"):
        """Those of the addresses to which no way leads from the first page, lists for machines left out."""
        onward = defaultdict(set)
        for address, sources in self.links.items():
            for source, _ in sources:
                onward[source].add(address)
        reached, waiting = {start}, [start]
        while waiting:
            new = onward[waiting.pop()] - reached
            reached |= new
            waiting += [address for address in new if not self.is_list(address)]
        return sorted(set(known) - reached)

    def is_list(self, address):
        page = self.pages.get(address)
        return page is not None and page.kind.endswith("xml")

    def read_pages(self):
        return [page for page in self.pages.values() if page.is_read]

    def unsaid(self, *names):
        """What each page does not say of these, once: title, description, h1, and canonical, the address it is known by."""
        found = {page.address: [name for name in names if not self.says(page)[name]] for page in self.read_pages()}
        return {address: missing for address, missing in found.items() if missing}

    def says(self, page):
        return {
            "title": len(page.titles) == 1 and page.titles[0].split("|")[0].strip(),
            "description": len(page.descriptions) == 1 and page.descriptions[0].strip(),
            "h1": page.headings == 1,
            "canonical": self.own_address(page) or page.is_hidden,
        }

    def own_address(self, page):
        """The one address that the page says it is known by."""
        return self.local(page.canonicals[0], page.address) if len(page.canonicals) == 1 else None

    def untrue(self):
        """Canonical addresses that do not answer with a page that says the same of itself."""
        said = {page.address: self.own_address(page) for page in self.read_pages()}
        return {address: own for address, own in said.items() if own and said.get(own) != own}

    def repeated(self, what):
        """Titles or descriptions of more than one page in a language, with the pages."""
        said = defaultdict(set)
        for page in self.read_pages():
            for words in getattr(page, what) if not page.is_hidden else ():
                said[page.language, " ".join(words.split())].add(self.own_address(page) or page.address)
        return {words: sorted(pages) for (_, words), pages in said.items() if len(pages) > 1}
