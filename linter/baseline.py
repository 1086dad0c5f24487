"""The baseline: findings that were there when peerlint came, which are counted, not reported, and never grow."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from linter.discovery import STDIN
from linter.suppressions.ignore import UNREACHABLE
from linter.text import Source, Span
from linter.yaml.nodes import Fault
from linter.yaml.plain import without_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from linter.diagnostics import Diagnostic, ObjectName

SCHEMA_VERSION: Final = 1
"""Rises when an older peerlint would misread the file."""

STALE: Final = "stale-baseline"

_MEMBERS: Final = frozenset({"path", "rule", "object", "field", "fingerprint", "count"})


class Entry(NamedTuple):
    """Equal findings of one file, and how many of them; the order of entries is that of the file.

    `path` is from the baseline's directory; `object` and `field` tell readers which finding is meant.
    """

    path: str
    rule: str
    object: str
    field: str
    fingerprint: str
    times: int = 1

    @property
    def key(self) -> tuple[str, str, str]:
        """What a finding must share with it."""
        return self.path, self.rule, self.fingerprint


class Division(NamedTuple):
    """Diagnostics held against a baseline: those to report, how many it holds, how many more each entry expects."""

    kept: tuple[Diagnostic, ...]
    held: int
    left: tuple[int, ...]


class Baseline(NamedTuple):
    """What a baseline file says: `directory` is where it lies, absolute; `source` its text, for positions.

    `gone` are files that entries name and that are no more.
    """

    source: Source
    directory: str
    entries: tuple[Entry, ...] = ()
    gone: frozenset[str] = frozenset()

    def name(self, path: str, location: str) -> str:
        """A file as entries call it, given by its path as shown and its place ("-" for standard input)."""
        if path == STDIN:
            return path
        location = os.path.abspath(path) if location == "-" else location
        return os.path.relpath(location, self.directory).replace(os.sep, "/") if location else path

    def divide(self, diagnostics: Iterable[Diagnostic], name: Callable[[str], str]) -> Division:
        """Take out what the entries hold; of more findings than an entry counts, the last ones stay.

        An entry whose file is no more holds what is found of the same object in another one: the file was renamed.
        """
        left = [entry.times for entry in self.entries]
        holders: dict[tuple[str, str, str], list[int]] = {}
        for number, entry in enumerate(self.entries):
            for key in {entry.key, self._anywhere(entry)}:
                holders.setdefault(key, []).append(number)
        kept: list[Diagnostic] = []
        held = 0
        for one in diagnostics:
            path = name(one.at.source.path)
            numbers = (number for place in (path, "") for number in holders.get((place, one.rule, one.fingerprint), ()))
            holder = next((number for number in numbers if left[number]), None)
            if holder is None or one.rule in UNREACHABLE:
                kept.append(one)
            else:
                left[holder] -= 1
                held += 1
        return Division(tuple(kept), held, tuple(left))

    def _anywhere(self, entry: Entry) -> tuple[str, str, str]:
        """The key of an entry whose file was renamed, as far as that can be told; else its usual one."""
        return ("", *entry.key[1:]) if entry.object and entry.path in self.gone else entry.key

    def stale(self, left: Sequence[int], is_judged: Callable[[Entry], bool]) -> dict[int, int]:
        """By the number of the entry, how many of its findings are gone for certain."""
        found = ((number, missed) for number, missed in enumerate(left) if missed)
        return {number: missed for number, missed in found if is_judged(self.entries[number])}

    def faults(self, stale: dict[int, int]) -> Iterator[Fault]:
        """The stale entries, for the rule `stale-baseline`, each at its place in the file."""
        places = _places(self.source) if stale else ()
        for number, missed in stale.items():
            entry = self.entries[number]
            share = "these" if missed == entry.times else f"{missed} of these {entry.times}"
            these, its = ("this", "its") if entry.times == 1 else (share, "their")
            reason = f"`{entry.rule}` no longer finds {these}, so that the entry would hide {its} return"
            yield Fault(STALE, reason, places[number])

    def without(self, stale: dict[int, int]) -> tuple[Entry, ...]:
        """The entries less what is stale."""
        counted = (one._replace(times=one.times - stale.get(number, 0)) for number, one in enumerate(self.entries))
        return tuple(entry for entry in counted if entry.times)


def recorded(diagnostics: Iterable[Diagnostic], name: Callable[[str], str]) -> tuple[Entry, ...]:
    """Entries that hold all these diagnostics but those about peerlint's own input."""
    counted = Counter(_entry(one, name(one.at.source.path)) for one in diagnostics if one.rule not in UNREACHABLE)
    return tuple(entry._replace(times=times) for entry, times in counted.items())


def _entry(one: Diagnostic, path: str) -> Entry:
    title = _titled(one.subject) if one.subject else ""
    return Entry(path, one.rule, title, without_positions(one.field or ""), one.fingerprint)


def _titled(subject: ObjectName) -> str:
    return "/".join(part for part in (subject.kind, subject.namespace, subject.name) if part)


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline: sorted, an entry a line, so that a change of one is a change of one line."""
    from json import dumps

    times: Counter[Entry] = Counter()
    for entry in entries:
        times[entry._replace(times=0)] += entry.times
    lines = [dumps(_members(entry, count), ensure_ascii=False) for entry, count in sorted(times.items())]
    listed = "[\n    {}\n  ]".format(",\n    ".join(lines)) if lines else "[]"
    return f'{{\n  "schemaVersion": {SCHEMA_VERSION},\n  "findings": {listed}\n}}\n'


def _members(entry: Entry, count: int) -> dict[str, str | int]:
    telling = {"object": entry.object, "field": entry.field}
    told = {name: text for name, text in telling.items() if text}
    return {"path": entry.path, "rule": entry.rule, **told, "fingerprint": entry.fingerprint, "count": count}


def read(source: Source, directory: str) -> tuple[Baseline, tuple[Fault, ...]]:
    """Read a baseline that lies in a directory; its mistakes are faults for the rule `invalid-configuration`."""
    from json import loads

    try:
        entries = _entries(loads(source.text))
    except (ValueError, RecursionError):
        entries = None
    faults: tuple[Fault, ...] = ()
    if entries is None:
        entries, faults = _examined(source)
    return Baseline(source, os.path.realpath(directory), tuple(entries)), faults


def _examined(source: Source) -> tuple[list[Entry], tuple[Fault, ...]]:
    """What is not plainly a baseline: its mistakes with their places, or the entries after all (YAML has comments)."""
    from linter.settings.reading import examined
    from linter.yaml.plain import plain

    root, _, faults = examined(source, "baseline.schema.json", "member")
    entries = None if faults else _entries(plain(root))
    if entries is None and not faults:
        faults = (Fault("invalid-configuration", "this is no baseline: it has no findings", Span(0, 0)),)
    return entries or [], faults


def _entries(data: Any) -> list[Entry] | None:
    """The entries, if the data is what the schema asks for: said far sooner than the schema says it."""
    if not isinstance(data, dict) or data.keys() != {"schemaVersion", "findings"}:
        return None
    version, findings = data["schemaVersion"], data["findings"]
    if isinstance(version, bool) or version != SCHEMA_VERSION or not isinstance(findings, list):
        return None
    found = [entry for one in findings if (entry := _read_entry(one))]
    return found if len(found) == len(findings) else None


def _read_entry(one: Any) -> Entry | None:
    if not isinstance(one, dict) or not one.keys() <= _MEMBERS:
        return None
    path, rule, fingerprint, count = (one.get(name) for name in ("path", "rule", "fingerprint", "count"))
    texts = (path, rule, fingerprint, one.get("object", ""), one.get("field", ""))
    if not all(isinstance(text, str) for text in texts) or not (path and rule and fingerprint):
        return None
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        return None
    return Entry(path, rule, one.get("object", ""), one.get("field", ""), fingerprint, count)


def _places(source: Source) -> list[Span]:
    """Where the rules of the entries stand, in their order."""
    from linter.yaml.nodes import Mapping, Sequence, content
    from linter.yaml.parser import documents
    from linter.yaml.plain import at

    document = next(documents(source, {}))
    found = at(document.root, "/findings") if document.root else None
    listed = content(found) if found else None
    entries = [content(item) for item in listed.items] if isinstance(listed, Sequence) else []
    return [entry.fields["rule"].value.span for entry in entries if isinstance(entry, Mapping)]
