"""What tests of the schema stage share: one manifest judged, and its faults in short."""

from __future__ import annotations

from linter.schema import SchemaFault, SchemaResult, load
from linter.schema.editions import NEWEST, Version
from linter.text import Source
from linter.yaml.nodes import Mapping, content
from linter.yaml.parser import documents

CODES = frozenset({"CAL004", "CAL020", "CAL040", "CAL041", "CAL050", "CAL052", "CAL053", "CAL107", "CAL112", "CAL303"})
HEAD = "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata:\n  name: a\n"


def judge(
    text: str,
    codes: frozenset[str] = CODES,
    patch: bool = False,
    version: Version = NEWEST,
    apply_path: str | None = None,
) -> SchemaResult:
    """What the schema of the kind says about one manifest."""
    (document,) = documents(Source("a.yaml", text), {})
    root = document.root
    assert isinstance(root, Mapping)
    kind = content(root.fields["kind"].value)
    name = f"{str(getattr(kind, 'value', '')).lower()}_v3"
    return load("projectcalico.org", name, version, apply_path).examine(root, codes, patch)


def said(text: str, codes: frozenset[str] = CODES, patch: bool = False) -> list[str]:
    """The faults as `line:column rule pointer`."""
    source = Source("a.yaml", text)
    starts = [(source.position(fault.span.start), fault) for fault in judge(text, codes, patch).faults]
    return [f"{start.line}:{start.column} {fault.rule} {fault.pointer}" for start, fault in starts]


def spec(kind: str, text: str) -> str:
    """A manifest of the kind with this spec, which begins in line 6."""
    return HEAD.format(kind=kind) + "spec:\n" + text


def only(text: str, codes: frozenset[str] = CODES) -> SchemaFault:
    (fault,) = judge(text, codes).faults
    return fault


def peer(text: str) -> str:
    return spec("BGPPeer", text)
