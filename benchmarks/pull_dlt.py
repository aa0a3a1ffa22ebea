"""dlt's REST source into DuckDB, for `benchmarks/pull.py`, in an environment that has dlt.

`python benchmarks/pull_dlt.py FORMAT WORK ADDRESS BYTES`, where FORMAT is one dlt loads by.
"""

import json
import sys
from pathlib import Path

import dlt
import duckdb
from dlt.sources.rest_api import rest_api_source
from pull_meter import Meter, hold_back, tell

DATASET = "typeform"
TOKEN = "sandbox"  # noqa: S105 (no secret: it opens nothing but the benchmark's server)

FOUND = """
select (select count(*) from typeform.responses) as responses, count(*) as answers,
    sum(length("text")) as characters, sum("number") as numbers,
    count(*) filter (where "boolean") as trues, count("date") as dates,
    count(choice__label) + (select count(*) from typeform.responses__answers__choices__labels)
        as labels,
    count(choice__other) as others
from typeform.responses__answers
"""


def main() -> None:
    """Load every form's completed and partial responses, and tell what it took."""
    file_format, work, address = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    hold_back(int(sys.argv[4]))
    forms = json.loads((work / "pages" / "index.json").read_text("utf-8"))["forms"]
    file = work / f"dlt-{file_format}.duckdb"
    meter = Meter()
    pipeline = dlt.pipeline(
        f"pull_{file_format}",
        destination=dlt.destinations.duckdb(str(file)),
        dataset_name=DATASET,
        pipelines_dir=str(work / f"dlt-{file_format}"),
    )
    with meter.stage("extract"):
        pipeline.extract(_source(address, list(forms)), loader_file_format=file_format)
    with meter.stage("normalize"):
        pipeline.normalize()
    with meter.stage("load"):
        pipeline.load()
    used = meter.stop()
    with duckdb.connect(str(file), read_only=True) as connection:
        result = connection.execute(FOUND)
        names = [column[0] for column in result.description]
        tell(used, dict(zip(names, map(float, result.fetchall()[0]), strict=True)))


def _source(address: str, form_ids: list[str]) -> dlt.sources.DltSource:
    """The same requests as ours: two kinds of response of every form, a thousand a page."""
    return rest_api_source(
        {
            "client": {
                "base_url": address,
                "auth": {"type": "bearer", "token": TOKEN},
                "paginator": {
                    "type": "cursor",
                    "cursor_path": "items[-1].token",
                    "cursor_param": "before",
                    "stop_after_empty_page": True,
                },
            },
            "resources": [
                {
                    "name": f"{form_id}_{response_type}",
                    "table_name": "responses",
                    "endpoint": {
                        "path": f"forms/{form_id}/responses",
                        "params": {"page_size": 1000, "response_type": response_type},
                        "data_selector": "items",
                    },
                }
                for form_id in form_ids
                for response_type in ("completed", "partial")
            ],
        }
    )


if __name__ == "__main__":
    main()
