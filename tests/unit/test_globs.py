"""Patterns for files: gitignore's, and faster where they are folders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from linter.globs import Globs, fixed_part

PLAIN = st.lists(st.sampled_from(["a", "b", "ab", "a.b"]), min_size=1, max_size=4).map("/".join)
PART = st.sampled_from(["a", "b.yaml", "*", "**", "a*", "?", "[ab]", "."])
PATTERNS = st.builds("{}{}{}".format, st.sampled_from(["", "/", "./"]), PLAIN, st.sampled_from(["/**", "/**", "/"]))


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("charts/**", "charts/a/b.yaml", True),
        ("charts/**", "x/charts/a.yaml", False),
        ("./charts/**", "charts/a.yaml", True),
        ("charts", "x/charts/a.yaml", True),
        ("/charts", "x/charts/a.yaml", False),
        ("*.yaml", "a/b/c.yaml", True),
        ("a/*.yaml", "a/b/c.yaml", False),
        ("a/**/c.yaml", "a/b/b/c.yaml", True),
        (".github/", ".github/workflows/x.yml", True),
    ],
)
def test_they_are_gitignores(pattern: str, path: str, meant: bool) -> None:
    assert Globs([pattern]).matches(path) is meant


@given(
    st.lists(PATTERNS, max_size=3),
    PLAIN,
)
def test_folders_are_compared_as_pathspec_compares_them(patterns: list[str], path: str) -> None:
    normal = [pattern.removeprefix("./") for pattern in patterns]
    assert Globs(patterns).matches(path) == GitIgnoreSpec.from_lines(normal).match_file(path)


def test_later_ones_win() -> None:
    assert not Globs(["*.yaml", "!keep.yaml"]).matches("a/keep.yaml")
    assert not Globs()
    assert not Globs().matches("a")


@given(
    st.lists(PART, min_size=1, max_size=4),
    st.sampled_from(["", "/"]),
    st.lists(st.sampled_from(["a", "ab", "b.yaml"]), min_size=1, max_size=4),
)
def test_all_that_matches_lies_below_the_fixed_part(parts: list[str], lead: str, names: list[str]) -> None:
    pattern, path = lead + "/".join(parts), "/".join(names)
    if GitIgnoreSpec.from_lines([pattern]).match_file(path):
        fixed = fixed_part(pattern)
        assert not fixed or path.startswith(f"{fixed}/")


@given(st.lists(PATTERNS, max_size=2), st.lists(PLAIN, unique=True, max_size=12))
def test_of_sorted_paths_those_are_found_that_match(patterns: list[str], paths: list[str]) -> None:
    globs = Globs(patterns)
    assert globs.matching(sorted(paths)) == [path for path in sorted(paths) if globs.matches(path)]
