"""Why a label cannot have a key or a value (selector §8)."""

import pytest

from linter.selectors.label_space import KUBERNETES, WORKLOADS


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("kubernetes.io/hostname", None),
        ("rack", None),
        ("-", "it does not begin and end with a letter or digit"),
        ("a/b/c", "what stands before its last `/` is no lower-case domain name of at most 253 characters"),
        ("A.io/b", "what stands before its last `/` is no lower-case domain name of at most 253 characters"),
        ("a/", "it has no name"),
        ("a" * 64, "it has 64 characters, 63 are the most"),
    ],
)
def test_keys(key: str, fault: str | None) -> None:
    assert KUBERNETES.key_fault(key) == fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", None),
        ("a", None),
        ("a-_.B", None),
        ("a b", "it holds ' '"),
        ("é", "it holds 'é'"),
        ("a-", "it does not begin and end with a letter or digit"),
        ("a" * 63, None),
        ("a" * 64, "it has 64 characters, 63 are the most"),
    ],
)
def test_values(value: str, fault: str | None) -> None:
    assert KUBERNETES.value_fault(value) == fault


def test_exemptions() -> None:
    assert WORKLOADS.exempts("pcns.team")
    assert not WORKLOADS.exempts("team")
    assert not KUBERNETES.exempts("pcns.team")
