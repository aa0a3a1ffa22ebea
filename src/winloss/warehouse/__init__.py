"""The DuckDB file: open, land, build, check, publish."""
