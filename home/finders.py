"""One style sheet out of the parts in static/home/css, in every set-up."""

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

SHEET = "home/css/site.css"
FOLDER = Path(__file__).parent / "static/home/css"
NAMES = "tokens base layout components marks guide explorer stage home forms log plan record print"
PARTS = [FOLDER / f"{name}.css" for name in NAMES.split()]

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
    """Finds home/css/site.css, built in a folder of this process and again whenever a part is newer."""

    @cached_property
    def storage(self):
        folder = tempfile.mkdtemp(prefix="greenlight-css-")
        atexit.register(sweep, folder, os.getpid())
        return FileSystemStorage(folder)

    def find(self, path, find_all=False, **kwargs):
        found = [self.build()] if path == SHEET else []
        return found if find_all or kwargs.get("all") else next(iter(found), None)

    def list(self, ignore_patterns):
        if not utils.matches_patterns(SHEET, ignore_patterns or []):
            self.build()
            yield SHEET, self.storage

    def build(self):
        """The path of a style sheet no older than its parts."""
        sheet = Path(self.storage.path(SHEET))
        if not sheet.exists() or sheet.stat().st_mtime < max(part.stat().st_mtime for part in PARTS):
            sheet.parent.mkdir(parents=True, exist_ok=True)
            draft = sheet.with_suffix(f".{get_ident()}")
            draft.write_text("".join(minify(part.read_text("utf-8")) for part in PARTS), "utf-8")
            draft.replace(sheet)
        return str(sheet)
