"""A programme that nobody has answered yet: its work file and its analysts' copy."""

from pathlib import Path

from winloss import dictionary, settings, steps


def build(home: Path) -> dict[str, Path]:
    """Build and publish it in a folder: `work` and `copy`."""
    (home / settings.FILE).write_text('company = "Harbourline"\n', encoding="utf-8")
    steps.build(home, dictionary.ANY_DAY)
    return {"copy": steps.publish(home, dictionary.ANY_DAY), "work": home / "warehouse.duckdb"}
