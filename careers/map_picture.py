"""Lays the map of careers out as a picture: roles in rows from first jobs down, moves as lines between them. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx  # type: ignore[import-untyped]  # the library tells no types

from .mapping import NARROWER, SIDEWAYS, Map, Place, Step

# In the picture's own units, which are pixels at its natural size.
WIDTH, LINE, PAD, SIZE = 128, 17, 8, 13
GAP, FALL, MARGIN = 20, 52, 8
# Four roles side by side are what fits beside the list (624 pixels in map.css).
WIDEST = 4
# Each goes down the rows or up again; more change nothing that can be seen.
SWEEPS = 8
# Widths of Archivo's letters in parts of their size, on the safe side.
NARROW, WIDE = set("fijlrtI.,:;’'()-–/ "), set("mwMW@%—")


@dataclass(frozen=True, slots=True)
class Box:
    """A role in the picture: its corner, its height, and its title in lines that fit."""

    place: Place
    x: int
    y: int
    height: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def baselines(self) -> list[tuple[int, str]]:
        """Where each line of the title stands, from the top."""
        return [(self.y + PAD + LINE * number + SIZE - 1, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Line:
    """A move in the picture, as the path of an SVG."""

    step: Step
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes in reading order, row by row, and the lines between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def picture(shown: Map) -> Picture:
    """The map as a picture: the same for the same roles and moves, in whatever order they come."""
    rows = [[boxed(shown.places[key]) for key in keys] for keys in rows_of(shown)]
    width = max((len(row) * (WIDTH + GAP) - GAP for row in rows), default=WIDTH)
    boxes: list[Box] = []
    y = MARGIN
    for row in rows:
        x = MARGIN + (width - len(row) * (WIDTH + GAP) + GAP) // 2
        for place, words, height in row:
            boxes.append(Box(place, x, y, height, words))
            x += WIDTH + GAP
        y += max(height for _, _, height in row) + FALL
    found = {box.place.key: box for box in boxes}
    lines = tuple(Line(step, path(found[step.start], found[step.end])) for step in drawn_last(shown.steps))
    return Picture(width + 2 * MARGIN, max(y - FALL, 0) + MARGIN, tuple(boxes), lines)


def rows_of(shown: Map) -> list[list[str]]:
    """The keys of the roles, row by row: onward moves lead down, and cross as little as some sweeps can bring about."""
    graph = onward(shown)
    rows = layered(graph)
    for sweep in range(SWEEPS):
        near, order = (graph.predecessors, rows) if sweep % 2 == 0 else (graph.successors, rows[::-1])
        for row in order:
            places = {key: middle_of(place, row) for row in rows for place, key in enumerate(row)}
            row.sort(key=lambda key: (barycentre(places, [*near(key)], places[key]), places[key]))
    return rows


def layered(graph: Any) -> list[list[str]]:
    """The keys in rows: each below all that lead to it, as high as it can, and no row wider than the page has room for."""
    rows: list[list[str]] = []
    level: dict[str, int] = {}
    for key in networkx.lexicographical_topological_sort(graph):
        row = max((level[before] + 1 for before in graph.predecessors(key)), default=0)
        while row < len(rows) and len(rows[row]) == WIDEST:
            row += 1
        if row == len(rows):
            rows.append([])
        rows[row].append(key)
        level[key] = row
    return rows


def onward(shown: Map) -> Any:
    """The moves onward as a graph without circles: of each circle the move that closes it is left out."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(shown.places)
    graph.add_edges_from((step.start, step.end) for step in shown.steps if step.kind != SIDEWAYS)
    while not networkx.is_directed_acyclic_graph(graph):
        graph.remove_edge(*networkx.find_cycle(graph)[-1][:2])
    return graph


def middle_of(place: int, row: Sequence[str]) -> float:
    """How far the place lies from the middle of its row: rows stand centred under each other."""
    return place - (len(row) - 1) / 2


def barycentre(places: Mapping[str, float], near: Sequence[str], otherwise: float) -> float:
    return sum(places[key] for key in near) / len(near) if near else otherwise


def drawn_last(steps: Sequence[Step]) -> list[Step]:
    """The moves with the sideways ones first, so that those onward lie above them."""
    return sorted(steps, key=lambda step: (step.kind != SIDEWAYS, step.kind == NARROWER, step.start, step.end))


def path(start: Box, end: Box) -> str:
    """A curve from one box to another: down from bottom to top, up the other way round, in a row below the boxes."""
    if start.y == end.y:
        low = max(start.bottom, end.bottom) + FALL * 2 // 3
        return f"M{start.middle} {start.bottom}C{start.middle} {low} {end.middle} {low} {end.middle} {end.bottom}"
    first, last = (start.bottom, end.y) if start.y < end.y else (start.y, end.bottom)
    half = (first + last) // 2
    return f"M{start.middle} {first}C{start.middle} {half} {end.middle} {half} {end.middle} {last}"


# Words


def boxed(place: Place) -> tuple[Place, tuple[str, ...], int]:
    lines = wrapped(place.title)
    return place, lines, LINE * len(lines) + 2 * PAD


def wrapped(title: str) -> tuple[str, ...]:
    """The title in lines that are no wider than a box; a word that is too wide alone is broken."""
    lines = [""]
    for word in title.split():
        for part in parts(word):
            joined = f"{lines[-1]} {part}".strip()
            if lines[-1] and measured(joined) > WIDTH - 2 * PAD:
                lines.append(part)
            else:
                lines[-1] = joined
    return tuple(lines)


def parts(word: str) -> list[str]:
    """The word, in as many parts as it needs to fit."""
    found = [""]
    for char in word:
        if measured(found[-1] + char) > WIDTH - 2 * PAD:
            found.append("")
        found[-1] += char
    return found


def measured(text: str) -> float:
    """How wide the text is at most."""
    return sum(width_of(char) for char in text) * SIZE


def width_of(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if char in NARROW:
        return 0.34
    return 0.92 if char in WIDE else 0.7 if char.isupper() else 0.58
