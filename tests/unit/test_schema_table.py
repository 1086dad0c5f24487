"""Table B of the rule catalogue, row by row, as the schema stage says it: once, in its place, by the right rule."""

import copy
import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from linter.schema import Schema, load
from linter.schema.dialect import Reading
from linter.schema.first_look import compiled
from linter.text import Source
from linter.yaml.parser import documents

HERE = Path(__file__).parent
EXAMPLES: dict[str, Any] = json.loads((HERE / "schema_examples.json").read_text(encoding="utf-8"))
KINDS = ("BGPPeer", "BGPConfiguration", "BGPFilter", "Node", "CalicoNodeStatus", "IPPool")
SCHEMAS: dict[str, Schema] = {kind: load("projectcalico.org", f"{kind.lower()}_v3") for kind in KINDS}
GENERIC = {
    "CAL022": {"unknown-field", "misplaced-field", "duplicate-key"},
    "CAL024": {"missing-field"},
    "CAL025": {"field-type"},
    "CAL026": {"field-value"},
}
CODES = frozenset(f"CAL{number:03}" for number in range(1, 1000)) - frozenset(GENERIC)


def rows() -> Iterator[Any]:
    """Kind, pointer, expected code and value of every row of schema_rows.txt."""
    kinds: tuple[str, ...] = ()
    for line in (HERE / "schema_rows.txt").read_text(encoding="utf-8").splitlines():
        if " | " not in line:
            kinds = KINDS if line == "every kind" else (line,) if line in KINDS else ()
            continue
        places, code, *values = line.split(" | ")
        for kind, choice, value in product(kinds, product(*alternatives(places)), values):
            yield pytest.param(kind, "".join(choice), code, value, id=f"{kind}{''.join(choice)}={value}"[:100])


def alternatives(places: str) -> list[list[str]]:
    """The parts of `/a/{b,c}` with what each can be."""
    return [part.split(",") for part in re.split(r"[{}]", places)]


def changed(document: Any, place: str, value: Any) -> Any:
    """A copy with `value` at a pointer, without that member where the value is `...`."""
    if place == "/":
        return value
    whole = target = copy.deepcopy(document)
    *steps, last = (int(step) if step.isdigit() else step for step in place[1:].split("/"))
    for step in steps:
        target = target[step]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return whole


@pytest.mark.parametrize(("kind", "place", "code", "value"), list(rows()))
def test_row(kind: str, place: str, code: str, value: str) -> None:
    document = changed(EXAMPLES[kind], place, eval(value, {}))  # noqa: S307 - our own rows
    (read,) = documents(Source("a.json", json.dumps(document)), {})
    assert read.root is not None
    code, _, member = code.partition(":")
    valid = compiled(SCHEMAS[kind].data, Reading(CODES))(read.root, None, "", [])
    faults = SCHEMAS[kind].examine(read.root, CODES).faults
    if code not in GENERIC:
        assert faults == ()
        assert valid or code != "ok"
        return
    (fault,) = faults
    assert not valid
    assert fault.rule in GENERIC[code]
    assert fault.pointer in {place.rstrip("/"), f"{place}/{member}"} or fault.pointer.startswith(f"{place}/")
