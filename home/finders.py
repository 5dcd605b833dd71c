"""Style sheets out of the parts in static/home/css, in every set-up: every page's, and what other pages add to it."""

import atexit
import os
import re
import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from threading import get_ident

from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = Path(__file__).parent / "static/home/css"
# What every page wears, a career's profile nothing else; what all other pages add; what members' pages add to both.
SHEETS = {
    "home/css/site.css": "tokens base layout components marks guide print",
    "home/css/pages.css": "cards explorer stage home forms",
    "home/css/member.css": "log plan record people desk",
    "home/css/document.css": "cv",
    "home/css/interests.css": "quiz",
    "home/css/map.css": "map",
    "home/css/compare.css": "compare",
}
PARTS = {sheet: [FOLDER / f"{name}.css" for name in names.split()] for sheet, names in SHEETS.items()}

STRING = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\))"""
COMMENT = re.compile(STRING + r"|/\*.*?\*/", re.DOTALL)
# Spaces may go around { } ; , > and after a colon; around + - * / they carry meaning in calc().
SPACE = re.compile(STRING + r"|\s*;?\s*(\})\s*|\s*([{;,>])\s*|(:)\s+|\s+")


def minify(css):
    """The style sheet without comments and needless spaces; strings and url() are left as they are."""
    css = COMMENT.sub(lambda found: found[1] or "", css)
    return SPACE.sub(lambda found: "".join(filter(None, found.groups())) or " ", css).strip()


def sweep(folder, process):
    """Remove the folder when the process that made it ends; a forked worker leaves it alone."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)


class StylesheetFinder(BaseFinder):
    """Finds the style sheets, built in a folder of this process and again whenever a part is newer."""

    @cached_property
    def storage(self):
        folder = tempfile.mkdtemp(prefix="greenlight-css-")
        atexit.register(sweep, folder, os.getpid())
        return FileSystemStorage(folder)

    def find(self, path, find_all=False, **kwargs):
        found = [self.build(path)] if path in PARTS else []
        return found if find_all or kwargs.get("all") else next(iter(found), None)

    def list(self, ignore_patterns):
        for path in PARTS:
            if not utils.matches_patterns(path, ignore_patterns or []):
                self.build(path)
                yield path, self.storage

    def build(self, path):
        """Where the style sheet of the path lies, no older than its parts."""
        sheet, parts = Path(self.storage.path(path)), PARTS[path]
        if not sheet.exists() or sheet.stat().st_mtime < max(part.stat().st_mtime for part in parts):
            sheet.parent.mkdir(parents=True, exist_ok=True)
            draft = sheet.with_suffix(f".{get_ident()}")
            draft.write_text("".join(minify(part.read_text("utf-8")) for part in parts), "utf-8")
            draft.replace(sheet)
        return str(sheet)
