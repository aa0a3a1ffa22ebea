"""Brings landed lines into raw: once, in bounded memory, never into an edition's past."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from winloss.warehouse import models, unfolding
from winloss.warehouse.database import frame
from winloss.warehouse.lending import held, lending
from winloss.warehouse.load import load_rejects

_BATCH_BYTES = 64 * 1024 * 1024
_LEAST_LINE_BYTES = 16 * 1024 * 1024

# A line is learned when it is loaded: after the last edition opened before, whatever it says.
_LINES = """
with told as (
    select
        form_id, form_kind, source, item, oddities, filename, row_number() over () as line,
        try_cast(fetched_at as timestamptz) as received_at,
        greatest(
            received_at, (select max(as_of) + interval 1 microsecond from ops.editions)
        ) as fetched_at,
        md5(cast(item as varchar)) as item_hash,
        staging.head(item) as head,
        coalesce(
            nullif(head['response_id'], ''), nullif(head['token'], ''),
            nullif(head['landing_id'], ''), item_hash
        ) as response_id,
        staging.said(head, item) as said,
        form_id is null or form_kind is null or source is null or item is null
        or received_at is null as is_damaged
    from read_ndjson(
        {files},
        columns = {{
            form_id: 'varchar', form_kind: 'varchar', source: 'varchar', fetched_at: 'varchar',
            item: 'json', oddities: 'varchar[]'
        }},
        filename = true, ignore_errors = true, maximum_object_size = {most_bytes},
        sample_size = 1, maximum_sample_files = 1
    )
)

select * exclude (head) from told
"""

_EARLY = "select distinct filename from received where received_at > $now"

_NOT_YET = """
create or replace temp view lines as
from received where not list_contains({files}::varchar[], filename)
"""

_ODD = """
select
    'typeform' as source,
    case when source = 'definition' then source else 'response' end as entity,
    case when source <> 'definition' then concat(form_id, '/', response_id) end as record_id,
    unnest(oddities) as reason,
    form_id as detail,
    null as at_line
from lines

union all by name

select
    'typeform' as source, 'landing file' as entity, parse_filename(filename) as record_id,
    'damaged line' as reason, null as detail, null as at_line
from lines where is_damaged
"""

# A definition read anew is kept though nothing changed: one that lands late may lie before it.
_DEFINITIONS = """
insert into raw.forms by name
select form_id, form_kind, item as definition, item_hash as definition_hash, fetched_at, received_at
from lines where source = 'definition' and not is_damaged and not exists (
    select 1 from raw.forms as known
    where known.form_id = lines.form_id and known.definition_hash = lines.item_hash
        and known.received_at = lines.received_at
)
qualify row_number() over (
    partition by form_id, definition_hash, received_at order by fetched_at, form_kind
) = 1
"""

# The first time each version was sent. A sweep says the same again, and means it anew.
_LANDED = """
create or replace temp table landed as
select form_id, form_kind, source, response_id, item_hash, fetched_at, received_at, line
from lines
where source <> 'definition' and not is_damaged
qualify row_number() over (
    partition by
        form_id, source, response_id, item_hash, case when source = 'sweep' then received_at end
    order by fetched_at, received_at, form_kind
) = 1
"""

_SAME_VERSION = """
known.form_id = landed.form_id and known.source = landed.source
and known.response_id = landed.response_id and known.item_hash = landed.item_hash
and (known.source <> 'sweep' or known.received_at = landed.received_at)
"""

_OVERTAKEN = f"""
insert into raw.sightings by name
select known.form_id, known.response_id, known.item_hash, known.received_at, known.fetched_at
from raw.responses as known, landed
where {_SAME_VERSION} and landed.fetched_at < known.fetched_at and known.source = 'pull'
"""

_SEEN_EARLIER = f"""
update raw.responses as known
set form_kind = landed.form_kind,
    fetched_at = landed.fetched_at, received_at = landed.received_at
from landed
where {_SAME_VERSION} and landed.fetched_at < known.fetched_at
"""

_NEW_RESPONSES = f"""
insert into raw.responses by name
select form_id, form_kind, response_id, source, item, item_hash, fetched_at, received_at, said
from lines
where line in (
    select line from landed
    where not exists (select 1 from raw.responses as known where {_SAME_VERSION})
)
"""

_SIGHTINGS = """
insert into raw.sightings by name
select distinct form_id, response_id, item_hash, lines.received_at, lines.fetched_at
from lines
inner join raw.responses as known using (form_id, response_id, source, item_hash)
where source = 'pull' and not is_damaged and lines.received_at > known.received_at
"""


def load_landing(connection: duckdb.DuckDBPyConnection, folder: Path, *, now: datetime) -> int:
    """Load every landing file not loaded before; returns how many responses were new.

    A file with a line from after `now` is left for the next time. Lines that cannot be read, and
    what was odd in the others, become rejects. Must run inside the caller's transaction.
    """
    unfolding.read_lines(connection)
    count = 0
    for files in _batches(_unloaded(connection, folder)):
        count += _load(connection, folder, files, now)
    connection.execute("drop table if exists temp.landed")
    return count


def _unloaded(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    known = {row[0] for row in connection.execute("select file from ops.landed").fetchall()}
    found = sorted(folder.rglob("*.ndjson"))
    return [path for path in found if str(path.relative_to(folder)) not in known]


def _batches(files: list[Path]) -> Iterator[dict[Path, int]]:
    """Files with their sizes, in batches small enough to be held in memory."""
    batch: dict[Path, int] = {}
    for file in files:
        size = file.stat().st_size
        if batch and sum(batch.values()) + size > _BATCH_BYTES:
            yield batch
            batch = {}
        batch[file] = size
    if batch:
        yield batch


def _load(
    connection: duckdb.DuckDBPyConnection, folder: Path, files: dict[Path, int], now: datetime
) -> int:
    # A line is no longer than its file; the buffers that DuckDB reserves grow with this.
    most_bytes = max(_LEAST_LINE_BYTES, *files.values())
    listed = _listed(str(file) for file in files)
    received = _LINES.format(files=listed, most_bytes=most_bytes)
    with lending(connection, "received", held(connection, received)):
        early = [row[0] for row in connection.execute(_EARLY, {"now": now}).fetchall()]
        connection.execute(_NOT_YET.format(files=_listed(early)))
        load_rejects(connection, frame(connection, _ODD), now=now)
        for statement in (_DEFINITIONS, _LANDED, _OVERTAKEN, _SEEN_EARLIER):
            connection.execute(statement)
        inserted = connection.execute(_NEW_RESPONSES).fetchall()[0][0]
        connection.execute(_SIGHTINGS)
        connection.execute("drop view temp.lines")
    rows = [
        (str(file.relative_to(folder)), file.read_bytes().count(b"\n"), now)
        for file in files
        if str(file) not in early
    ]
    if rows:
        connection.executemany("insert into ops.landed values (?, ?, ?)", rows)
    return int(inserted)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(models.quoted, texts))}]"
