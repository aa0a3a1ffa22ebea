"""What a source of ours says of one entity, before anything of it is typed or judged.

A CSV file and a connector to a CRM both end here: text under our names. From here on there is
one path for all: types, rules, rejects.
"""

from dataclasses import dataclass, field

import polars as pl

LINE = "at_line"
"""Where a row stands in its source, counted from 1."""

FAULTS = pl.Schema({LINE: pl.Int64(), "record_id": pl.String(), "reason": pl.String()})
"""One row per row of the source that could not even be read as text."""


@dataclass(frozen=True)
class Formats:
    """How a source writes days and numbers: stated, never guessed."""

    dates: tuple[str, ...] = ("%Y-%m-%d",)
    """As `strptime` reads them; the default reads full ISO 8601 instants too."""
    decimal: str = "."
    """The decimal sign, `.` or `,`."""


@dataclass(frozen=True)
class Told:
    """What one source says of one entity."""

    source: str
    """What rejects and caveats call it: a file's name, or the CRM's."""
    frame: pl.DataFrame
    """`at_line` and every column of the entity's shape as trimmed text, null where empty."""
    faults: pl.DataFrame = field(default_factory=FAULTS.to_frame)
    """Rows that could not even be read, in the columns of `FAULTS`."""
    caveats: tuple[str, ...] = ()
    """Sentences about the source as a whole, such as that it is empty."""
    formats: Formats = Formats()
    is_one_row_per_record: bool = True
    """False when a record stands on many rows, to be merged."""
    place: str = ""
    """What `at_line` counts where a person can go and look, such as the lines of a file."""
