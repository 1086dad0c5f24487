"""Where the data that ships with peerlint lies: schemas and the core rules."""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def bundled(name: str) -> str:
    """The directory `name` (`schemas`, `rules`): inside an installed wheel, or beside the package in a checkout."""
    installed = os.path.join(_HERE, "_bundled", name)
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(_HERE), name)
