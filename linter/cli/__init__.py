"""The command line: arguments in, one command run, exit status out."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from linter.cli.arguments import UsageError, parser

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Parse and run one command; SystemExit carries argparse's own answers (help, version, wrong usage)."""
    options = parser().parse_args(arguments)
    command = import_module(f"linter.cli.{options.command}")
    try:
        status: int = command.run(options)
    except UsageError as error:
        print(f"peerlint: {error}", file=sys.stderr)
        return 2
    return status
