"""The index of the core rules, which only an installed peerlint has: rule files do not change there."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RuleIndex(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `linter/_bundled/rules/_index.py` into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the index to what the wheel holds; an editable install reads the rule files themselves."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from linter.packs import INDEX, index

        self._folder = tempfile.TemporaryDirectory()
        path = os.path.join(self._folder.name, INDEX)
        with open(path, "w", encoding="utf-8") as file:
            file.write(index(os.path.join(self.root, "rules")))
        build_data["force_include"][path] = f"linter/_bundled/rules/{INDEX}"
