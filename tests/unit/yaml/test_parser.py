"""Streams become documents; a broken one hides no other."""

from __future__ import annotations

import json

import pytest

from linter.text import Source
from linter.yaml.nodes import Document, Entry, Fault, Mapping
from linter.yaml.parser import documents, first
from linter.yaml.plain import plain


def read(text: str) -> list[Document]:
    return list(documents(Source("a.yaml", text), {}))


def data(text: str) -> list[object]:
    return [plain(document.root) for document in read(text)]


def only(text: str, kind: str) -> tuple[Document, Fault]:
    (document,) = read(text)
    (fault,) = document.faults
    assert fault.kind == kind
    return document, fault


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a: 1", ["a: 1"]),
        ("a: 1\n---\nb: 2\n", ["a: 1\n", "\nb: 2\n"]),
        ("---\na: 1\n---\nb: 2", ["\na: 1\n", "\nb: 2"]),
        ("# c\n---\na: 1", ["\na: 1"]),
        ("%YAML 1.1\n# c\n\n---\na: 1\n", ["\na: 1\n"]),
        ("--- # Source: x\na: 1\r\n---\r\nb: 2\r\n", [" # Source: x\na: 1\r\n", "\r\nb: 2\r\n"]),
        ("--- {a: 1}", [" {a: 1}"]),
        ("a: 1\n---", ["a: 1\n", ""]),
        ("---\n---\n", ["\n", "\n"]),
        ("a: 1\n...\n---\nb: 2", ["a: 1\n...\n", "\nb: 2"]),
        ("a: |\n  ---\n  b\n---\nc: 1", ["a: |\n  ---\n  b\n", "\nc: 1"]),
        ("a: ---b\n---\nc: 1", ["a: ---b\n", "\nc: 1"]),
        ("", []),
        ("\n\n", []),
        ("# only\n# comments\n", []),
    ],
)
def test_bounds(text: str, parts: list[str]) -> None:
    found = read(text)
    assert [text[document.start : document.end] for document in found] == parts
    assert [document.index for document in found] == list(range(len(parts)))
    assert all(not document.faults for document in found)


def test_an_empty_document_has_no_root() -> None:
    empty, full, last = read("---\n# nothing\n---\na: 1\n---\n")
    assert (empty.root, last.root) == (None, None)
    assert full.root is not None


def test_a_null_that_is_written_is_a_root() -> None:
    assert read("~")[0].root is not None
    assert read("!x")[0].root is not None


def test_streams_of_json() -> None:
    assert data('{"a": [1, true, null, "x"]}\n---\n[1.5]\n') == [{"a": [1, True, None, "x"]}, [1.5]]


@pytest.mark.parametrize(
    "broken",
    [
        "a: [",
        "a: 'x",
        'a: "x" y',
        "a: b: c",
        "\ta: 1",
        "a: @",
        "a: *x",
        "a: .nan",
        "a: !!int x",
        "? [a]\n: b",
        "a: |\n\tx",
        "a: {",
        "key: a\n  b: c",
        "%FOO",
        "a: \x07",
        "a: \ud800",
        '"\\/"',
        "<<: 1",
        "[" * 200,
        "a: 1\na: 2",
        "}",
    ],
)
def test_a_broken_document_hides_no_other(broken: str) -> None:
    before, middle, after, last = read(f"é: 1\n---\n{broken}\n---\nb: 2\n---\n- 😀\n")
    assert plain(before.root) == {"é": 1}
    assert plain(after.root) == {"b": 2}
    assert plain(last.root) == ["😀"]
    assert after.source[after.root.span] == "b: 2" if after.root else False
    assert last.source[last.root.span] == "- 😀" if last.root else False
    assert middle.faults
    assert all(middle.start <= fault.span.start <= middle.end for fault in middle.faults)
    assert (middle.root is None) == (middle.faults[0].kind != Fault.DUPLICATE)


def test_a_complaint_has_its_place_and_its_context() -> None:
    document, fault = only("spec:\n  a: [b, c\n  d: e\n", Fault.INVALID)
    assert document.source.position(fault.span.start)[:2] == (3, 4)
    assert fault.reason == "did not find expected ',' or ']'"
    ((place, word),) = fault.related
    assert document.source[place] == "["
    assert word == "while parsing a flow sequence"


def test_places_count_from_the_start_of_the_file() -> None:
    text = "é: 😀\n---\nb: 1\n---\nc: [x\n"
    *_, document = read(text)
    (fault,) = document.faults
    assert fault.related[0][0].start == text.index("[")
    assert fault.span.start == len(text)


@pytest.mark.parametrize(
    ("text", "reason", "slice_"),
    [
        ("a: *x", "unknown anchor 'x' referenced", "*x"),
        ("a: &x [*x]", "anchor 'x' value contains itself", "*x"),
        ("a: .inf", "unsupported value: JSON has no number for .inf", ".inf"),
        ("a: &x .nan\n", "unsupported value: JSON has no number for .nan", "&x .nan"),
        ("a: !!null x", "cannot decode a !!str as a !!null", "!!null x"),
        ("~: 1", "unsupported map key: null has no name in JSON", "~"),
        (
            "18446744073709551615: 1",
            "unsupported map key: 18446744073709551615 is no signed 64-bit integer",
            "18446744073709551615",
        ),
        ("[a]: b", "invalid map key: a list cannot be a key", "[a]"),
        ("? {a: b}\n: c", "invalid map key: a mapping cannot be a key", "{a: b}"),
        ("<<: a", "map merge requires map or sequence of maps as the value", "a"),
        ("<<: [{a: 1}, b]", "map merge requires map or sequence of maps as the value", "[{a: 1}, b]"),
        ("a: &x [1]\n<<: *x", "map merge requires map or sequence of maps as the value", "*x"),
        ('a: "x\\/y"', "found unknown escape character", "\\/"),
    ],
)
def test_what_only_the_values_show(text: str, reason: str, slice_: str) -> None:
    document, fault = only(text, Fault.INVALID)
    assert fault.reason == reason
    assert document.source[fault.span] == slice_
    assert document.root is None


def test_a_key_that_is_not_there_stands_after_its_question_mark() -> None:
    _, fault = only("? a\n? \n: 1\n", Fault.INVALID)
    assert fault.reason == "unsupported map key: null has no name in JSON"
    assert fault.span == (5, 5)


def test_all_wrong_values_of_a_document_are_told() -> None:
    (document,) = read("a: .nan\nb: !!int x\nc: [.inf]\n")
    assert sorted(document.source[fault.span] for fault in document.faults) == ["!!int x", ".inf", ".nan"]


def test_infinities_may_be_keys() -> None:
    assert data(".inf: 1\n-.inf: 2\n.nan: 3") == [{".inf": 1, "-.inf": 2, ".nan": 3}]


def test_an_alias_to_an_infinity_is_refused_where_it_is_a_value() -> None:
    document, fault = only("&x .inf : 1\na: *x", Fault.INVALID)
    assert document.source[fault.span] == "*x"


@pytest.mark.parametrize(
    ("kept", "lost"),
    [
        ('"q"', ":no\nasNumber: 1"),
        ("{a: 1}\n", "b"),
        ("{a: 1} # c\n\n# d\n", "b: 2"),
        ("a: 1\n...\n", "b: 2"),
        ("a: 1\n...\n# c\n...\n", "b"),
        ("[a] ", "b"),
        ("[]", ": b"),
        ("{? a}\t", ": b\nc: @"),
        ("'a'\n", "'b'"),
        ("a\n...\n", "[unread"),
    ],
)
def test_lost_text(kept: str, lost: str) -> None:
    document, fault = only(kept + lost, Fault.LOST)
    assert fault.span == (len(kept), len(kept) + 1)
    assert document.root is not None


@pytest.mark.parametrize(
    "text", ["a: 1\n...", "a: 1\n...\n# c\n", "[a] # c", "a: 1\n...\n%YAML 1.1\n---\nb: 1", "a\n\n\n"]
)
def test_nothing_is_lost(text: str) -> None:
    assert [fault for document in read(text) for fault in document.faults] == []


def test_repeated_keys() -> None:
    document, fault = only("a: 1\nb: 2\n'a': 3\n", Fault.DUPLICATE)
    assert document.source[fault.span] == "'a'"
    assert fault.reason == 'key "a" is written twice'
    assert fault.related == (((0, 1), "first written here"),)
    assert plain(document.root) == {"a": 1, "b": 2}
    assert isinstance(document.root, Mapping)
    assert len(document.root.entries) == 3


def test_reasons_are_one_short_line_without_values() -> None:
    key = "k\n" * 500
    told = [
        fault.reason
        for text in (
            f"{json.dumps(key)}: 1\n" * 2,
            f"a: *{'x' * 5000}",
            "password: !!int hunter2",
            f"a: &{'x' * 5000} [*{'x' * 5000}]",
        )
        for document in read(text)
        for fault in document.faults
    ]
    assert len(told) == 4
    assert all(len(reason) < 200 and "\n" not in reason and "hunter2" not in reason for reason in told)


def test_every_repetition_is_told_and_not_more_than_a_hundred() -> None:
    assert len(read("a: 1\na: 2\na: 3\nb: {c: 1, c: 2}")[0].faults) == 3
    assert len(read("a: 1\n" * 5000)[0].faults) == 100


@pytest.mark.parametrize(
    "text", ["1: a\n1: b", "1: a\n0x1: b", "yes: a\ntrue: b", "1.0: a\n1.00: b", "&x a: 1\n*x : 2"]
)
def test_keys_that_are_equal_to_the_reader(text: str) -> None:
    only(text, Fault.DUPLICATE)


@pytest.mark.parametrize(
    "text", ['1: a\n"1": b', "1: a\n1.0: b", 'yes: a\n"true": b', ".nan: a\n.nan: b", "0.5: a\n'0.5': b"]
)
def test_keys_that_only_json_cannot_tell_apart(text: str) -> None:
    document, fault = only(text, Fault.LOST)
    assert "chance decides" in fault.reason
    assert list((plain(document.root) or {}).values()) == ["b"]  # type: ignore[union-attr]


def test_keys_of_one_text_in_two_cases_are_two_keys() -> None:
    assert data("peerIP: 1\npeerip: 2") == [{"peerIP": 1, "peerip": 2}]


class TestMerges:
    def root(self, text: str) -> Mapping:
        (document,) = read(text)
        assert isinstance(document.root, Mapping)
        return document.root

    def test_fields_have_them_and_entries_do_not(self) -> None:
        root = self.root("base: &b {x: 1, v: 2}\nuse:\n  z: 0\n  <<: *b\n  w: 3\n")
        use = root.fields["use"].value
        assert isinstance(use, Mapping)
        assert list(use.fields) == ["z", "x", "v", "w"]
        assert [entry.merged for entry in use.fields.values()] == [False, True, True, False]
        assert [entry.key.text for entry in use.entries] == ["z", "<<", "w"]

    def test_merged_entries_stand_where_they_were_written(self) -> None:
        root = self.root("base: &b {x: 1}\nuse: {<<: *b}\n")
        base, use = (root.fields[name].value for name in ("base", "use"))
        assert isinstance(base, Mapping)
        assert isinstance(use, Mapping)
        assert use.fields["x"].key is base.fields["x"].key
        assert use.fields["x"].value is base.fields["x"].value
        assert isinstance(base.fields["x"], Entry)

    def test_chains_and_lists(self) -> None:
        assert data("a: &a {x: 1}\nb: &b {<<: *a, v: 2}\nc: {<<: [*b, {z: 3}]}\n") == [
            {"a": {"x": 1}, "b": {"x": 1, "v": 2}, "c": {"x": 1, "v": 2, "z": 3}}
        ]

    def test_quoted_it_is_a_key(self) -> None:
        assert data("'<<': {a: 1}") == [{"<<": {"a": 1}}]

    @pytest.mark.parametrize("text", ["! '<<': {a: 1}", "!!merge x: 1", "!!merge <<: {a: 1}"])
    def test_tags_can_make_and_keep_it_a_merge(self, text: str) -> None:
        assert data(text) == [{"x": 1} if "x" in text else {"a": 1}]

    @pytest.mark.parametrize(
        ("text", "place", "reason"),
        [
            ("b: &b {x: 1}\nu: {<<: *b, x: 2}", "x", 'key "x" repeats the one merged in by "<<"'),
            (
                "b: &b {x: 1}\nu: {x: 2, <<: *b}",
                "<<",
                '"<<" brings in key "x", which the mapping already has: merged keys must not repeat',
            ),
            (
                "b: &b {x: 1}\nu: {<<: [*b, *b]}",
                "<<",
                '"<<" brings in key "x", which the mapping already has: merged keys must not repeat',
            ),
            (
                "b: &b {x: 1}\nu: {<<: *b, <<: {x: 3}}",
                "<<",
                '"<<" brings in key "x", which the mapping already has: merged keys must not repeat',
            ),
        ],
    )
    def test_merged_keys_must_not_repeat(self, text: str, place: str, reason: str) -> None:
        document, fault = only(text, Fault.DUPLICATE)
        assert fault.reason == reason
        assert document.source[fault.span] == place
        assert fault.span.start == text.rindex(place)
        assert all(text[span.start] == "x" for span, _ in fault.related)


def test_flow_colons_between_others() -> None:
    assert data("a: [64512:10, 'x:y', \"x\":1, fd00::1, !t:u v:w, b: c]\nd: http://x:80/\n") == [
        {"a": ["64512:10", "x:y", {"x": 1}, "fd00::1", "v:w", {"b": "c"}], "d": "http://x:80/"}
    ]


def test_the_first_document_of_a_text() -> None:
    found = first(Source("a", "a: 1\n---\nb: 2\n"), {})
    assert found is not None
    assert plain(found.root) == {"a": 1}
    assert [fault.kind for fault in found.faults] == [Fault.LOST]
    assert first(Source("a", "# nothing"), {}) is None
