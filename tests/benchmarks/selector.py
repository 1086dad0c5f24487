#!/usr/bin/env python3
"""What reading a selector costs, beside parsing the document that it stands in.

    python tests/benchmarks/selector.py [--rounds 21] [--count 1000]

Prints {"document": [seconds, …], "selector": [seconds, …]}: CPU time per document and per distinct selector, one pair a
round. Both are read with an empty memory in every round, as a run meets them. Needs peerlint installed.
"""

from __future__ import annotations

import argparse
import gc
import json
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from linter.selectors.parser import parse
from linter.text import Source
from linter.yaml.nodes import Scalar
from linter.yaml.parser import documents
from linter.yaml.plain import at

if TYPE_CHECKING:
    from linter.yaml.nodes import Document

OPERATIONS = (
    "has({key})",
    "!has({key})",
    "{key} == '{value}'",
    "{key} != '{value}'",
    "{key} in {{'{value}', '{other}'}}",
    "{key} not in {{'{value}', '{other}'}}",
    "{key} starts with '{value}'",
    "!({key} == '{value}' || {key} == '{other}')",
)
KEYS = ("rack", "role", "route-reflector", "topology.kubernetes.io/zone", "kubernetes.io/hostname", "example.com/tier")
MANIFEST = """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: peer-{number:04d}
spec:
  nodeSelector: "{selector}"
  peerIP: 192.0.2.{octet}
  asNumber: {as_number}
  nextHopMode: Keep
"""


def selectors(count: int) -> list[str]:
    """Distinct selectors of one to three operations, as manifests have them, the same in every run."""
    random = Random("selectors")  # noqa: S311 - repeatable, not secret
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [_operation(random) for _ in range(random.choice((1, 1, 1, 2, 2, 3)))]
        found[(" && " if random.random() < 0.8 else " || ").join(parts)] = None
    return list(found)


def _operation(random: Random) -> str:
    value, other = (f"rack-{random.randrange(500):03d}" for _ in range(2))
    return random.choice(OPERATIONS).format(key=random.choice(KEYS), value=value, other=other)


def sources(texts: list[str]) -> list[Source]:
    """One BGPPeer for each selector."""
    return [
        Source(f"{n}.yaml", MANIFEST.format(number=n, selector=text, octet=n % 254 + 1, as_number=64512 + n))
        for n, text in enumerate(texts)
    ]


def parsed(files: list[Source]) -> list[Document]:
    """The documents of one run, which remembers what plain scalars mean."""
    memo: dict[str, str | int | float | bool | None] = {}
    return [document for source in files for document in documents(source, memo)]


def verify(texts: list[str], found: list[Document]) -> None:
    """Hold that every document was read and says its selector, so that a reader of nothing cannot look fast."""
    values = [at(document.root, "/spec/nodeSelector") for document in found if document.root and not document.faults]
    assert [value.text for value in values if isinstance(value, Scalar)] == texts
    assert [parse(text).text for text in texts] == texts


def seconds(texts: list[str], files: list[Source]) -> tuple[float, float]:
    """The mean CPU time of a document, and that of a selector."""
    start = process_time()
    parsed(files)
    middle = process_time()
    for text in texts:
        parse(text)
    return (middle - start) / len(files), (process_time() - middle) / len(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    texts = selectors(options.count)
    files = sources(texts)
    gc.disable()  # as in a run
    verify(texts, parsed(files))
    rounds = [seconds(texts, files) for _ in range(options.rounds)]
    print(json.dumps({"document": [one for one, _ in rounds], "selector": [one for _, one in rounds]}))


if __name__ == "__main__":
    main()
