"""The command line: arguments in, one command run, exit status out."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from linter.cli.arguments import UsageError, parser

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str], kept: list[object] | None = None) -> int:
    """Parse and run one command; SystemExit carries argparse's own answers (help, version, wrong usage).

    Commands leave what is dear to take apart on their options, which are added to `kept`.
    """
    options = parser().parse_args(arguments)
    if kept is not None:
        kept.append(options)
    command = import_module(f"linter.cli.{options.command}")
    try:
        status: int = command.run(options)
    except UsageError as error:
        print(f"peerlint: {error}", file=sys.stderr)
        return 2
    return status
