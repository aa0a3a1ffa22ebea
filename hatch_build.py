"""Puts the four content folders inside a wheel, and leaves editable installs alone."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTENT = ("flows", "sql", "reports", "templates")


class ContentHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `winloss/{flows,sql,reports,templates}` to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map the folders unless this is an editable install."""
        if version == "editable":
            return
        for folder in CONTENT:
            build_data["force_include"][folder] = f"winloss/{folder}"
