"""Codes what is not coded under the present versions, in steps that can be cut off and go on."""

from datetime import datetime

import duckdb

from winloss.warehouse import coding, labels, models
from winloss.warehouse.staging import Recipe, stage


def recode(
    connection: duckdb.DuckDBPyConnection,
    recipe: Recipe,
    *,
    as_of: datetime,
    is_all: bool,
    progress: coding.Progress,
) -> int:
    """Code ahead of the next build, which takes over what was done, also by a run cut off.

    Every batch is a transaction, and what was coded before stays until that build. `is_all` codes
    all of it anew. Returns how many texts were coded; `progress` is first told before the first.
    """
    connection.execute("begin")
    try:
        models.seed(connection, recipe.seeds)
        stage(connection, recipe, as_of, is_full=False)
        coding.make_tables(connection)
        coder = recipe.taught(labels.standing(connection))
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    return coding.code_ahead(connection, coder, progress, is_all=is_all)
