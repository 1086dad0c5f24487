"""The command line's entry point: turns what escapes the commands into an exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

OK, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


def main(kept: list[object] | None = None) -> int:
    """Run one command; returns its exit status (product: Commands). What it made of its files is added to `kept`."""
    # documents form no cycles worth collecting, and a run is short: the collector would cost up to a third of it
    gc.disable()
    from linter.cli import run

    try:
        status = run(sys.argv[1:], kept)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read us has gone; what Python would flush at exit must not complain again
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FINDINGS
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _failed(error)
    return status


def entry() -> NoReturn:
    """Run, and leave at once: taking a hundred thousand nodes apart again would be a tenth of a large run."""
    kept: list[object] = []
    status = main(kept)
    sys.stderr.flush()
    os._exit(status)


def _failed(error: Exception) -> int:
    """Say why peerlint itself could not go on; a traceback only where it is our own mistake."""
    if isinstance(error, ImportError):
        print(f"peerlint: {error}", file=sys.stderr)
        return FAILED
    from linter.packs import PackError

    if isinstance(error, PackError):
        print(f"peerlint: {error}", file=sys.stderr)
    else:
        import traceback

        traceback.print_exc()
        print("peerlint: this is a mistake in peerlint; please report it with the lines above", file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    entry()
