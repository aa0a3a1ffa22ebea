"""What `benchmarks/pull.py` measures in this environment: our own way, and DuckDB alone.

Each in a process of its own: `python benchmarks/pull_contestants.py NAME WORK ADDRESS BYTES`.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from pull_meter import Meter, hold_back, tell
from pull_pages import INDEX, KEY, NOW
from pull_server import TOKEN

from winloss import recipes, settings, steps, warehouse
from winloss.warehouse import models
from winloss.warehouse.unfolding import unfold

PAGES = "pages"
HOME = "winloss"

# One row per answer with a typed place for its value, as plain as SQL says it.
ITEM = """STRUCT(
    response_id VARCHAR, response_type VARCHAR, landed_at TIMESTAMPTZ, submitted_at TIMESTAMPTZ,
    staged_at TIMESTAMPTZ, hidden STRUCT(
        form_kind VARCHAR, decision_id VARCHAR, account_id VARCHAR, respondent VARCHAR,
        "block" VARCHAR
    ), answers STRUCT(
        "type" VARCHAR, field STRUCT(id VARCHAR, ref VARCHAR, "type" VARCHAR), "text" VARCHAR,
        "number" DOUBLE, "boolean" BOOLEAN, "date" DATE,
        choice STRUCT(ref VARCHAR, "label" VARCHAR, other VARCHAR),
        choices STRUCT(refs VARCHAR[], "labels" VARCHAR[], other VARCHAR)
    )[]
)"""

# Without these DuckDB 2.0 guesses the types of every other key of every file.
KNOWN = ", sample_size = 1, maximum_sample_files = 1"
FROM_PAGES = "select unnest(items) as item from read_json($files, columns = {{items: '{}[]'}}{})"
FROM_LINES = "select item from read_ndjson($files, columns = {{item: '{}'}}{})"

RESPONSES = """
create table responses as
select item.response_id, item.response_type, item.hidden.form_kind, item.hidden.decision_id,
    item.hidden.account_id, item.hidden.respondent, item.hidden.block, item.landed_at,
    item.submitted_at, item.staged_at
from ({items})
"""

ANSWERS = """
create table answers as
select response_id, position, answer.field.ref as question_ref, answer.field.id as field_id,
    answer.field.type as field_type, answer.type as answer_type, answer.text as text_value,
    answer.number as number_value, answer.boolean as boolean_value, answer.date as date_value,
    coalesce(answer.choices.refs, [answer.choice.ref]) as choice_refs,
    coalesce(answer.choices.labels, [answer.choice.label]) as choice_labels,
    coalesce(answer.choices.other, answer.choice.other) as other_text
from (
    select response_id, unnest(answers) as answer, generate_subscripts(answers, 1) as position
    from (select item.response_id, item.answers from ({items}))
)
"""

FOUND = """
select (select count(*) from {responses}) as responses, count(*) as answers,
    sum(length(text_value)) as characters, sum(number_value) as numbers,
    count(*) filter (where boolean_value) as trues, count(date_value) as dates,
    sum(len(list_filter(choice_labels, lambda label: label is not null))) as labels,
    count(other_text) as others
from {answers}
"""


def main() -> None:
    """Run one contestant on a folder that is its own, and tell what it used and found."""
    name, work, address = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    hold_back(int(sys.argv[4]))
    CONTESTANTS[name](work, address)


def winloss(work: Path, address: str) -> None:
    """From HTTP to staging, by the functions of the weekly run."""
    home = work / HOME
    home.mkdir(parents=True)
    (home / settings.FILE).write_text(programme_of(work / PAGES), "utf-8")
    settings.provide(
        typeform__base_url=address,
        typeform__requests_per_second="1000000",
        typeform_token=TOKEN,
        signing_key=KEY,
    )
    programme = settings.read(home)
    recipe = recipes.recipe(programme)  # reads the codebook, which a process does once
    meter = Meter()
    with meter.stage("pull"):
        pulls = steps.pull(home, NOW)
    _time(warehouse, ("land_definition", "land_pages"), meter, "land")
    _time(warehouse, ("load_landing",), meter, "load")
    steps.land(home, pulls, NOW)
    with meter.stage("unfold"), warehouse.writing(programme.warehouse) as connection:
        _unfold(connection, recipe)
    used = meter.stop()
    with warehouse.reading(programme.warehouse) as connection:
        tell(used, found(connection, "staging.responses", "staging.answers"))


def duckdb_pages(work: Path, _: str) -> None:
    """DuckDB alone, from the pages as they were served."""
    files = sorted((work / PAGES).glob("*/*_*.json"))
    _duckdb(work / "duckdb-pages.duckdb", FROM_PAGES, files)


def duckdb_lines(work: Path, _: str) -> None:
    """DuckDB alone, from the lines our own way has landed: the form it likes best."""
    files = sorted((work / HOME / "landing").rglob("*.ndjson"))
    responses = [path for path in files if b'"source":"pull"' in path.open("rb").readline()[:500]]
    _duckdb(work / "duckdb-lines.duckdb", FROM_LINES, responses)


CONTESTANTS: dict[str, Callable[[Path, str], None]] = {
    "winloss": winloss,
    "duckdb-pages": duckdb_pages,
    "duckdb-lines": duckdb_lines,
}


def programme_of(pages: Path) -> str:
    """The settings of a programme with the forms of these pages."""
    forms = json.loads((pages / INDEX).read_text("utf-8"))["forms"]
    tables = [
        f'[[typeform.forms]]\nid = "{form_id}"\nkind = "{form["kind"]}"\n'
        for form_id, form in forms.items()
    ]
    return "\n".join(['company = "The benchmark"', "", *tables])


def _time(module: Any, names: tuple[str, ...], meter: Meter, stage: str) -> None:  # noqa: ANN401
    """Count what these functions use under a stage, whoever calls them."""
    for name in names:
        act = getattr(module, name)

        def timed(*given: Any, _act: Any = act, **named: Any) -> Any:  # noqa: ANN401
            with meter.stage(stage):
                return _act(*given, **named)

        setattr(module, name, timed)


def _unfold(connection: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe) -> None:
    """The first part of a build, up to the typed answers: no verbatims, no coding, no marts."""
    connection.execute("begin")
    connection.execute("set variable as_of = ?", [NOW])
    models.seed(connection, recipe.seeds)
    for name in models.STAGING_BEFORE:
        models.replace(connection, "staging", name)
    unfold(connection, recipe.signatures)
    connection.execute("commit")


def _duckdb(file: Path, items: str, files: list[Path]) -> None:
    file.unlink(missing_ok=True)
    values = {"files": [str(path) for path in files]}
    meter = Meter()
    connection = duckdb.connect(str(file))
    for statement in (RESPONSES, ANSWERS):
        connection.execute(statement.format(items=items.format(ITEM, KNOWN)), values)
    connection.close()
    used = meter.stop()
    with duckdb.connect(str(file), read_only=True) as connection:
        tell(used, found(connection, "responses", "answers"))


def found(connection: duckdb.DuckDBPyConnection, responses: str, answers: str) -> dict[str, float]:
    """How much of everything there is, to be compared with what was invented."""
    result = connection.execute(FOUND.format(responses=responses, answers=answers))
    names = [column[0] for column in result.description]
    return dict(zip(names, map(float, result.fetchall()[0]), strict=True))


if __name__ == "__main__":
    main()
