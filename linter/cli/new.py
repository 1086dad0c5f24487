"""`peerlint new rule`: a rule file to start from, whose examples hold as they stand."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

from linter.bundle import bundled
from linter.catalogue import CODE, RESERVED
from linter.cli.arguments import UsageError
from linter.packs import load

if TYPE_CHECKING:
    from argparse import Namespace

NAME: Final = r"[a-z0-9]+(-[a-z0-9]+)+"

TEMPLATE: Final = '''"""Peer has a name that says nothing.

Say here what happens, to whom, and how to put it right: this text is the rule's page. `peerlint test {pack}` runs the
examples below: each comment `# error: text` (or warning, hint) must be met by one finding of that severity on its line
whose message contains the text, and a Good block must be met by none.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: example  # {severity}: 'example'
spec:
  peerIP: 192.0.2.1
  asNumber: 64512
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rack-1-tor
spec:
  peerIP: 192.0.2.1
  asNumber: 64512
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, document_rule


@document_rule(BGPPeer, "{code}", Severity.{constant})
def check(peer: BGPPeer) -> Iterator[Finding]:
    if peer.name and peer.name.value == "example":
        yield Finding(
            f"'{{peer.name.value}}' says nothing about the router it names",
            peer.name.label(),
            help="call the peer by its rack or its router",
        )
'''


def run(options: Namespace) -> int:
    """Write the file; an existing one is never touched."""
    name, directory = options.name, options.pack
    if not re.fullmatch(NAME, name):
        raise UsageError(
            f"{name!r} is no name for a rule: two words or more, of small letters and digits, with hyphens"
        )
    core = os.path.realpath(bundled("rules"))
    inside = os.path.realpath(directory).startswith(core)
    code = options.code or ("" if inside else _free(directory))
    if not code:
        raise UsageError("a rule of peerlint itself needs its --code, from the catalogue")
    if not re.fullmatch(CODE, code) or code.startswith(RESERVED) is not inside:
        raise UsageError(f"{code!r} is no code: two to eight capitals, not {RESERVED}, and three or four digits")
    if not inside and any(rule.name == name for rule in load(core)):
        raise UsageError(f"{name} is a rule of peerlint already: take another name")
    path = os.path.join(directory, name.replace("-", "_") + ".py")
    _write(path, _text(directory, code, options.severity))
    print(f"{path}: {code} {name}")
    print(f"try it: peerlint test {directory}; to use it, name the directory under rulePacks", file=sys.stderr)
    return 0


def _text(directory: str, code: str, severity: str) -> str:
    return TEMPLATE.format(pack=directory, code=code, severity=severity, constant=severity.upper())


def _free(directory: str) -> str:
    """The code after the last one of the pack; in a new pack the first of the letters that its name begins with."""
    used = sorted((rule.code for rule in load(directory)) if os.path.isdir(directory) else (), key=_rank)
    if used:
        letters = used[-1].rstrip("0123456789")
        digits = used[-1][len(letters) :]
        return f"{letters}{int(digits) + 1:0{len(digits)}}"
    letters = "".join(re.findall("[A-Z]", os.path.basename(os.path.abspath(directory)).upper()))[:3]
    return f"{letters if len(letters) > 1 and letters != RESERVED else 'USR'}001"


def _rank(code: str) -> tuple[str, int]:
    letters = code.rstrip("0123456789")
    return letters, int(code[len(letters) :])


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already") from None
