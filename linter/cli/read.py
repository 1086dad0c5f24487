"""`peerlint read`: what Calico's tools will see, once YAML has had its way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from linter.cli.arguments import UsageError
from linter.cli.lines import converse

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Print documents as JSON; status 1 when one is refused."""
    if options.stdin:
        from linter.yaml.wire import answer

        return converse(answer)
    return _print_documents(options.paths or ["."])


def _print_documents(paths: list[str]) -> int:
    import json

    from linter.discovery import discover, read
    from linter.yaml.encoding import decode
    from linter.yaml.nodes import Fault
    from linter.yaml.parser import documents
    from linter.yaml.plain import plain

    found = discover(paths)
    if found.missing or not found.files:
        missing = ", ".join(found.missing)
        raise UsageError(f"no such file or directory: {missing}" if missing else "the paths hold no file to read")
    status = 0
    for file in found.files:
        try:
            source, faults = decode(file.path, read(file))
        except OSError as error:
            print(f"{file.path}: {error.strerror or error}", file=sys.stderr)
            status = 1
            continue
        for document in documents(source, {}, faults):
            refused = [fault for fault in document.faults if fault.kind != Fault.LOST]
            for fault in refused:
                line, column, _ = source.position(fault.span.start)
                print(f"{file.path}:{line}:{column}: {fault.reason}", file=sys.stderr)
                status = 1
            if not refused:
                print(json.dumps(plain(document.root), indent=2, ensure_ascii=False))
    return status
