"""dlt with its DuckDB destination from pages on disk, for `benchmarks/warehouse.py`.

`python benchmarks/warehouse_dlt.py FORMAT WORK ADDRESS BYTES`, as `pull_dlt.py`, but nothing is
fetched: ADDRESS is left aside.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import dlt
import duckdb
from pull_dlt import DATASET, FOUND
from pull_meter import Meter, hold_back, tell


def main() -> None:
    """Load every page, and tell what it took."""
    file_format, work = sys.argv[1], Path(sys.argv[2])
    hold_back(int(sys.argv[4]))
    file = work / f"dlt-{file_format}.duckdb"
    meter = Meter()
    pipeline = dlt.pipeline(
        f"warehouse_{file_format}",
        destination=dlt.destinations.duckdb(str(file)),
        dataset_name=DATASET,
        pipelines_dir=str(work / f"dlt-{file_format}"),
    )
    pages = dlt.resource(_items(work), name="responses")
    with meter.stage("dlt"):
        pipeline.run(pages, loader_file_format=file_format)
    used = meter.stop()
    with duckdb.connect(str(file), read_only=True) as connection:
        result = connection.execute(FOUND)
        names = [column[0] for column in result.description]
        tell(used, dict(zip(names, map(float, result.fetchall()[0]), strict=True)))


def _items(work: Path) -> Iterator[list[dict[str, object]]]:
    for page in sorted((work / "pages").glob("*/*_*.json")):
        yield json.loads(page.read_bytes())["items"]


if __name__ == "__main__":
    main()
