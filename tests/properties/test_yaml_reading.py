"""Any bytes become documents and faults, and every node stands where it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.text import Source, Span
from linter.yaml import scalars
from linter.yaml.encoding import decode
from linter.yaml.nodes import Alias, Document, Fault, Mapping, Node, Scalar, Sequence, walk
from linter.yaml.parser import documents
from linter.yaml.plain import at, entry_at, plain, pointer
from linter.yaml.wire import answer

if TYPE_CHECKING:
    from linter.yaml.nodes import Value

PIECES = [
    *"abx1 \n:-?[]{},#&*!|>'\"%@\\\t\r~=<.",
    *[
        "\r\n",
        "\n  ",
        "\n- ",
        "\n---\n",
        "\n...\n",
        ": ",
        "- ",
        "? ",
        " #c\n",
        "|\n  ",
        ">-\n  ",
        "<<: ",
        "\\'",
        '"\\x41"',
    ],
    *[
        "&x ",
        "*x",
        "*x : ",
        "!t ",
        "! ",
        "!!int ",
        "fd00::1",
        "64512:10",
        '"q"',
        "'s'",
        "yes",
        "0x1F",
        "1.10",
        ".nan",
        "null",
    ],
    *[
        "[a, b]",
        "{a: b}",
        "{}",
        "[]",
        "é",
        "日本",
        "😀",
        "\ufeff",
        "\x85",
        "\u2028",
        "\xa0",
        "\ue000",
        "\0",
        "\x7f",
        "\uffff",
    ],
    *["%TAG ! x\n---\n", "has(a) && !has(b)"],
]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60))
LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\x85\ufeff\ufffe\uffff")
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(LETTERS, max_size=20)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS, max_size=9), inner, max_size=4),
)


def read(text: str) -> list[Document]:
    return list(documents(Source("a.yaml", text.removeprefix("\ufeff")), {}))


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "replace"))))
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b"a\0b\0:\0")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
def test_any_bytes_are_documents_and_faults(data: bytes) -> None:
    source, undecoded = decode("a.yaml", data)
    found = list(documents(source, {}, undecoded))
    kinds = {Fault.INVALID, Fault.LOST, Fault.DUPLICATE, Fault.LIMIT}
    told = [fault for document in found for fault in document.faults]
    assert {fault.kind for fault in told} <= kinds
    assert set(undecoded) <= set(told)
    for fault in told:
        assert 0 <= fault.span.start <= fault.span.end <= len(source.text)
        assert all(0 <= span.start <= span.end <= len(source.text) for span, _ in fault.related)
    for document in found:
        refused = any(fault.kind in (Fault.INVALID, Fault.LIMIT) for fault in document.faults)
        assert document.root is None or not refused
        json.dumps(plain(document.root), allow_nan=False)


@settings(deadline=None)
@given(TEXTS)
def test_answers_are_values_or_errors(text: str) -> None:
    answered = json.loads(answer(json.dumps(text)))
    assert answered.keys() in ({"value"}, {"error"})
    if "error" in answered:
        assert 0 <= answered["error"]["offset"] <= len(text)
        assert answered["error"]["message"]


@settings(deadline=None)
@given(TEXTS)
@example("a: &x\n  - {b: 1}\n  - *x\n")
@example("a:\r\n- 'b'\r\n\r\n# c\r\n- |\r\n  d\r\n\r\n")
@example("? a\n? b # c\n\nc: {d, e: , f}\n")
@example("[a: b , c: ]\n")
@example("- !t &x 'é' # 😀\n-\n- ! >\n  😀\n")
def test_every_node_stands_where_it_says(text: str) -> None:
    end = 0
    for number, document in enumerate(read(text)):
        assert document.index == number
        assert end <= document.start <= document.end <= len(document.source.text)
        end = document.end
        if document.root is not None:
            check(document.root, Span(0 if number == 0 else document.start, document.end), document.source)


def check(node: Node, outer: Span, source: Source) -> None:
    assert outer.covers(node.span)
    if isinstance(node, Alias):
        assert source[node.span] == f"*{node.name}"
        return
    properties, bare = source[Span(node.start, node.text_start)], Span(node.text_start, node.end)
    assert (node.anchor is not None) == ("&" in properties.split("#")[0] and f"&{node.anchor}" in properties)
    assert (node.tag is None) <= ("!" not in properties)
    assert bool(properties) == (node.anchor is not None or node.tag is not None)
    inside = Span(node.text_start, node.end)
    if isinstance(node, Scalar):
        check_scalar(node, source[bare])
    elif isinstance(node, Sequence):
        brackets = source[bare][:1] + source[bare][-1:] if node.flow else source[bare][:1]
        assert brackets == ("[]" if node.flow else "-")
        for item in node.items:
            check(item, inside, source)
            inside = Span(item.end, node.end)
    else:
        for entry in node.entries:
            assert inside.covers(entry.span)
            check(entry.value, Span(entry.key.end, node.end), source)
            inside = Span(entry.span.end, node.end)


def check_scalar(node: Scalar, written: str) -> None:
    """What is written there, read alone or as an item of a list, is the scalar again."""
    if node.style in ("|", ">"):
        assert written.startswith(node.style)
        assert not written.endswith("\n")
    elif written == "":
        assert (node.text, node.style) == ("", "")
    elif scalars.is_json(scalars.plain(node.text, {})) and not written.startswith("\ufeff"):
        roots = [document.root for text in (written, f"- {written}", f"[{written}]") for document in read(text)]
        again = [root.items[0] if isinstance(root, Sequence) and root.items else root for root in roots]
        assert (node.text, node.style) in [(one.text, one.style) for one in again if isinstance(one, Scalar)]


@settings(deadline=None)
@given(TEXTS)
@example("a: &x {b: [1, {c: 2}]}\nd: {<<: *x, e/f~g: *x}\n")
def test_pointers_lead_back(text: str) -> None:
    for document in read(text):
        if document.root is None or document.faults:
            continue
        for node in walk(document.root):
            path = pointer(document, node.span)
            found, entry = at(document.root, path), entry_at(document.root, path)
            assert found is not None
            assert entry is None or entry.value is found
            assert (found if entry is None else entry).span.covers(node.span) or "<<" in text


@settings(deadline=None)
@given(st.lists(DATA, min_size=1, max_size=4), st.sampled_from([None, 0, 2]), st.booleans())
def test_json_is_read_as_json(values: list[Value], indent: int | None, crlf: bool) -> None:
    text = "\n---\n".join(json.dumps(value, indent=indent, ensure_ascii=False) for value in values)
    text = text.replace("\n", "\r\n") if crlf else text
    found = read(text)
    assert [fault.reason for document in found for fault in document.faults] == []
    assert [plain(document.root) for document in found] == values


@settings(deadline=None)
@given(DATA, st.text(LETTERS, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_positions_count_code_points_and_both_characters_of_crlf(value: Value, comment: str, line_end: str) -> None:
    text = f"# 😀{comment}{line_end}key:{line_end}  - {json.dumps(value, ensure_ascii=False)}{line_end}"
    (document,) = read(text)
    assert isinstance(document.root, Mapping)
    (entry,) = document.root.entries
    assert document.source[entry.key.span] == "key"
    assert document.source[entry.span] == text[text.index("key:") :].rstrip("\r\n")
    marked, faults = decode("a.yaml", ("\ufeff" + text).encode())
    assert (marked.text, faults) == (text, ())


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_document_is_read_alike_whatever_stands_before(before: str, text: str) -> None:
    before, text = before.removeprefix("\ufeff"), text.replace("\ufeff", "").replace("\n---", "\n--")
    alone = read("---\n" + text)
    after = [document for document in read(f"- 1\n{before}\n---\n{text}") if document.start > len(before) + 7]
    assert [plain(document.root) for document in after] == [plain(document.root) for document in alone]
    assert [fault.reason for document in after for fault in document.faults] == [
        fault.reason for document in alone for fault in document.faults
    ]


@settings(deadline=None)
@given(TEXTS)
def test_the_memo_changes_nothing(text: str) -> None:
    memo: dict[str, Value] = {}
    source = Source("a.yaml", text)
    once, twice = ([plain(document.root) for document in documents(source, memo)] for _ in range(2))
    assert (
        json.dumps(once)
        == json.dumps(twice)
        == json.dumps([plain(document.root) for document in documents(source, {})])
    )
