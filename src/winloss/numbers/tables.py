"""Which cells of a split by two things are hidden, when rows and columns show their totals."""

from collections.abc import Mapping
from heapq import heappop, heappush

from winloss.numbers.floors import FLOOR, refuse_negative

Crossing = tuple[str, str]
"""Row and column."""
Node = tuple[bool, str]
"""A row (True) or a column (False), so that a row and a column may have one name."""


def suppressed_table(table: Mapping[Crossing, int], floor: int = FLOOR) -> frozenset[Crossing]:
    """The cells to hide so that no hidden one follows from the shown ones and the totals.

    `table` maps row and column to a count; a pair that is missing counts 0, and may be among
    the hidden. Hidden is every cell of at least 1 and fewer than `floor`; each is given
    company until it lies on a loop of hidden cells around which a count can be moved without
    any total changing, and until the hidden cells of a row or column are together no fewer than
    `floor`, where it has so many. Company is the fewest people that will do, ties by name; an
    empty cell hides only where nothing else does. A cell that the totals alone give away, as
    the only answer of its row and column, cannot be hidden: such totals are not for showing.

    Complementary suppression by paths in the network of rows and columns: Cox, "Suppression
    Methodology and Statistical Disclosure Control", JASA 75 (1980); Willenborg and de Waal,
    "Elements of Statistical Disclosure Control" (2001), chapter 4. It guards against
    subtraction and the knowledge that no count is negative. Raises ValueError for a negative
    count or a floor below 1.
    """
    refuse_negative(table.values(), floor)
    rows, columns = sorted({row for row, _ in table}), sorted({column for _, column in table})
    counts = {(row, column): table.get((row, column), 0) for row in rows for column in columns}
    hidden = {cell for cell, count in counts.items() if 0 < count < floor}
    for cell in sorted(hidden, key=lambda cell: (counts[cell], cell)):
        hidden.update(_company(cell, counts, hidden))
    while (more := _smallest_of_a_thin_line(counts, hidden, floor)) is not None:
        hidden.add(more)
        hidden.update(_company(more, counts, hidden))
    return frozenset(hidden)


def _smallest_of_a_thin_line(
    counts: dict[Crossing, int], hidden: set[Crossing], floor: int
) -> Crossing | None:
    """The next cell to hide in a row or column whose hidden cells are together under the floor."""
    for side in (0, 1):
        for name in sorted({cell[side] for cell in hidden}):
            line = {cell: count for cell, count in counts.items() if cell[side] == name}
            visible = [
                (count, cell) for cell, count in line.items() if count and cell not in hidden
            ]
            if visible and 0 < sum(line[cell] for cell in line.keys() & hidden) < floor:
                return min(visible)[1]
    return None


def _company(
    cell: Crossing, counts: dict[Crossing, int], hidden: set[Crossing]
) -> tuple[Crossing, ...]:
    """The other cells of the cheapest loop through this one (Dijkstra 1959); empty without one.

    A loop takes one from the cell, gives one to a cell of its column, takes one from a cell of
    that row, and so on, back to the cell's own row. An empty cell can only be given to.
    Only where all but one row and one column are empty might the cell be given to and not be
    taken from; there the loop of its neighbour is the same one.
    """
    dearest = sum(counts.values()) + 1
    queue: list[tuple[int, tuple[Crossing, ...], Node]] = [(0, (), (False, cell[1]))]
    done: set[Node] = set()
    while queue:
        cost, path, node = heappop(queue)
        if node == (True, cell[0]):
            return path
        if node in done:
            continue
        done.add(node)
        is_row, name = node
        for step, count in counts.items():
            is_from_here = step != cell and step[0 if is_row else 1] == name
            if is_from_here and (count or not is_row):
                price = 0 if step in hidden else count or dearest
                beyond = (not is_row, step[1 if is_row else 0])
                heappush(queue, (cost + price, (*path, step), beyond))
    return ()
