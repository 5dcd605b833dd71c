"""Lays a career path out as a drawing: what comes before, the role itself, what comes after. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, NODE_WIDTH, NODE_HEIGHT, GAP = 920, 250, 68, 14
HERE_WIDTH, HERE_HEIGHT = 260, 92
COLUMNS = (0, 330, 670)


@dataclass(frozen=True, slots=True)
class Stop:
    """A role on the path: its title, a note and its address, if it has a page."""

    title: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    x: int
    y: int
    width: int
    height: int
    title: str
    note: str
    url: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    d: str


@dataclass(frozen=True, slots=True)
class Pathway:
    """The drawing (nodes and lines in a box of width × height) and the lists it draws."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    before: tuple[Stop, ...]
    after: tuple[Stop, ...]
    here: str


def lay_out(title: str, before: Sequence[Stop], after: Sequence[Stop]) -> Pathway:
    """The pathway with the roles before on the left, the role in the middle and the roles after on the right."""
    rows = max(len(before), len(after), 1)
    height = max(rows * (NODE_HEIGHT + GAP) - GAP, HERE_HEIGHT)
    here = Node(COLUMNS[1], (height - HERE_HEIGHT) // 2, HERE_WIDTH, HERE_HEIGHT, title, "", here=True)
    left = _column(COLUMNS[0], before, height)
    right = _column(COLUMNS[2], after, height)
    lines = [_curve(node.x + node.width, _middle(node), here.x, _middle(here)) for node in left]
    lines += [_curve(here.x + here.width, _middle(here), node.x, _middle(node)) for node in right]
    return Pathway(WIDTH, height, (*left, here, *right), tuple(lines), tuple(before), tuple(after), title)


def _column(x: int, stops: Sequence[Stop], height: int) -> list[Node]:
    tall = len(stops) * (NODE_HEIGHT + GAP) - GAP
    start = (height - tall) // 2
    return [
        Node(x, start + row * (NODE_HEIGHT + GAP), NODE_WIDTH, NODE_HEIGHT, stop.title, stop.note, stop.url)
        for row, stop in enumerate(stops)
    ]


def _middle(node: Node) -> int:
    return node.y + node.height // 2


def _curve(x1: int, y1: int, x2: int, y2: int) -> Line:
    bend = (x1 + x2) // 2
    return Line(f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}")
