"""What people write is judged without the algebra."""

import pytest

from linter.selectors import algebra, parse
from linter.selectors.extent import Extent, extent
from linter.selectors.label_space import KUBERNETES, WORKLOADS, LabelSpace


@pytest.mark.parametrize(
    ("text", "space"),
    [
        ("has(rack)", KUBERNETES),
        ("!has(rack) && zone in {'a', 'b'}", KUBERNETES),
        ("rack == 'a' && (zone != 'b' || !(row contains 'c'))", KUBERNETES),
        ("rack in {'a b', 'a'} || zone not in {''}", KUBERNETES),
        ("pcns.a/b/c == 'x y' && has(pcsa.d/e/f)", WORKLOADS),
    ],
)
def test_tests_of_different_labels_are_settled_at_once(
    text: str, space: LabelSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(algebra, "satisfiable")
    assert extent(parse(text), space) == Extent(nothing=False, everything=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all()", Extent(nothing=False, everything=True)),
        ("!all()", Extent(nothing=True, everything=False)),
        ("has(a) && !has(a)", Extent(nothing=True, everything=False)),
        ("has(a) || !has(a)", Extent(nothing=False, everything=True)),
        ("has(a) || has(a)", Extent(nothing=False, everything=False)),
        ("a in {}", Extent(nothing=True, everything=False)),
        ("a not in {}", Extent(nothing=False, everything=True)),
        ("a == 'b c'", Extent(nothing=True, everything=False)),
        ("has(-)", Extent(nothing=True, everything=False)),
        ("all() && has(a)", Extent(nothing=False, everything=False)),
    ],
)
def test_the_others_by_the_algebra(text: str, expected: Extent) -> None:
    assert extent(parse(text), KUBERNETES) == expected
