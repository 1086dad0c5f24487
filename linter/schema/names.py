"""Names: which one was meant, and where in a schema it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from linter.schema.dialect import Json, resolve
from linter.yaml.plain import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Path = tuple[str, ...]
"""Member names and list positions from the root; `*` stands for any list position."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` probably is a misspelling of, if there is just one.

    Names that differ in digits only, or in a last `a` or `b`, are different things and never near (rule catalogue, note
    on CAL601).
    """
    ranked = sorted(
        (distance, candidate)
        for candidate in candidates
        if (distance := _distance(name, candidate)) is not None and not _are_counterparts(name, candidate)
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _distance(name: str, candidate: str) -> float | None:
    """0 for another letter case, 0.5 for other separators, else the edits; None if the names are not alike."""
    one, other = name.lower(), candidate.lower()
    if one == other:
        return 0
    if _bare(one) == _bare(other):
        return 0.5
    limit = max(1, min(len(one), len(other)) // 3)
    if abs(len(one) - len(other)) > limit or min(len(one), len(other)) < 3:
        return None
    # Each letter that the other lacks takes an edit: counting those is much less work.
    if len(set(one).difference(other)) > limit or len(set(other).difference(one)) > limit:
        return None
    edits = _edits(one, other)
    return edits if edits <= limit else None


def _bare(name: str) -> str:
    return name.replace("_", "").replace("-", "").replace(" ", "").replace(".", "")


def _edits(one: str, other: str) -> int:
    """How many insertions, deletions, replacements and swaps of neighbours lead from one text to the other."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, wanted in enumerate(other):
            best = min(above[j + 1] + 1, row[j] + 1, above[j] + (letter != wanted))
            if i and j and letter == other[j - 1] and one[i - 1] == wanted:
                best = min(best, before[j - 1] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]


def _are_counterparts(name: str, candidate: str) -> bool:
    one, other = name.lower(), candidate.lower()
    if one == other:
        return False
    if "".join(filter(_no_digit, one)) == "".join(filter(_no_digit, other)):
        return True
    return one[:-1] == other[:-1] and {one[-1:], other[-1:]} == {"a", "b"}


def _no_digit(letter: str) -> bool:
    return not letter.isdigit()


class Known(NamedTuple):
    """Where a name is known: its path, and that path in one object (None where a list position is open)."""

    path: Path
    pointer: str | None

    @property
    def shown(self) -> str:
        """As the rule catalogue writes it: `/spec/communities[]/name`."""
        return "".join("[]" if part == "*" else f"/{part}" for part in self.path)


class Names:
    """The names that a schema knows, with every path they are known at."""

    def __init__(self, schema: Json) -> None:
        self._paths: dict[str, list[Path]] = {}
        for path in _paths(schema, schema, (), ()):
            self._paths.setdefault(path[-1], []).append(path)

    def elsewhere(self, above: Path) -> tuple[str, ...]:
        """The names known at some place, from the point of view of the object at `above`."""
        return tuple(name for name, paths in self._paths.items() if any(_counts(path, above) for path in paths))

    def places(self, name: str, above: Path) -> tuple[Known, ...]:
        """Where `name` is known from the point of view of the object at `above`, the likeliest place first.

        Names of the spec count everywhere, those of the metadata at the root and directly in the spec, those of the
        root everywhere (rule catalogue, note on CAL023).
        """
        paths = [path for path in self._paths.get(name, ()) if _counts(path, above)]
        ranked = sorted(paths, key=lambda path: (-_shared(path, above), len(path)))
        metadata = [path for path in ranked if path[0] == "metadata"]
        ordered = metadata + [path for path in ranked if path[0] != "metadata"]
        return tuple(Known(path, _pointer(path, above)) for path in ordered)

    def meant(self, name: str, above: Path) -> str | None:
        """The one pointer that `name`, standing in the object at `above`, was surely meant for."""
        places = self.places(name, above)
        if not places:
            return None
        first = places[0]
        rivals = [place for place in places[1:] if _rank(place.path, above) == _rank(first.path, above)]
        return None if rivals and first.path[0] != "metadata" else first.pointer

    def common(self, name: str, above: Path) -> str:
        """The pointer of the object that all likeliest places of `name` lie in."""
        paths = [place.path for place in self.places(name, above)]
        best = [path for path in paths if _rank(path, above) == _rank(paths[0], above)]
        shared = 0
        while all(len(path) > shared + 1 and path[shared] == best[0][shared] != "*" for path in best):
            shared += 1
        return "".join(f"/{escape(part)}" for part in best[0][:shared])


def _paths(part: Any, root: Json, above: Path, refs: tuple[str, ...]) -> Iterator[Path]:
    if not isinstance(part, dict):
        return
    ref = part.get("$ref")
    if ref is not None:
        if ref not in refs:
            yield from _paths(resolve(ref, root), root, above, (*refs, ref))
        return
    for name, below in part.get("properties", {}).items():
        yield (*above, name)
        yield from _paths(below, root, (*above, name), refs)
    yield from _paths(part.get("items"), root, (*above, "*"), refs)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for below in part.get(keyword, ()):
            yield from _paths(below, root, above, refs)


def _counts(path: Path, above: Path) -> bool:
    if path[0] == "metadata" and len(path) > 1:
        return len(path) == 2 and above in {(), ("spec",)}
    return path[0] != "status" or len(path) == 1


def _open(above: Path, path: Path) -> Path:
    """`above` with its list positions opened where `path` has them open."""
    return tuple("*" if i < len(path) and path[i] == "*" and step.isdigit() else step for i, step in enumerate(above))


def _shared(path: Path, above: Path) -> int:
    opened = _open(above, path)
    return next((i for i, step in enumerate(opened) if i >= len(path) or path[i] != step), len(opened))


def _rank(path: Path, above: Path) -> tuple[int, int]:
    return -_shared(path, above), len(path)


def _pointer(path: Path, above: Path) -> str | None:
    shared = _shared(path, above)
    steps = (*above[:shared], *path[shared:])
    return None if "*" in steps else "".join(f"/{escape(step)}" for step in steps)
