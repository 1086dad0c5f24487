"""The committed parser is what TatSu makes of the grammar."""

import inspect
from pathlib import Path

import tatsu

import linter.selectors

FOLDER = Path(inspect.getfile(linter.selectors)).parent


def test_generated_parser_is_fresh() -> None:
    assert tatsu.__version__ == "5.15.1"
    generated = tatsu.to_python_sourcecode((FOLDER / "grammar.tatsu").read_text(encoding="utf-8"))
    assert generated == (FOLDER / "_generated.py").read_text(encoding="utf-8")
