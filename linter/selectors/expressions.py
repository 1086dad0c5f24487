"""Expressions of Calico's selector language and the selector they form (selector §2, §4, §5).

Nodes are built once by the parser and never assigned to afterwards; slotted classes, because a tree costs microseconds.
All positions are offsets into the selector's text, counted in code points, ends exclusive. Parentheses make no node:
`start` and `end` of an operand leave out the parentheses around it, those of the node it belongs to take them in.
No function here recurses: 1,024 characters nest 500 deep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import ClassVar, Final

    from linter.selectors.conditions import Condition
    from linter.selectors.matching import Program


class Everything:
    """`all()`, an empty text (both `name` "all"), or `global()`."""

    __slots__ = ("end", "name", "start")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name: Final = name
        self.start: Final = start
        self.end: Final = end

    def __str__(self) -> str:
        return f"{self.name}()"


class Has:
    """`has(key)`."""

    __slots__ = ("end", "key", "key_start", "start")

    operator: ClassVar[str] = "has"
    values: ClassVar[tuple[str, ...]] = ()

    def __init__(self, key: str, key_start: int, start: int, end: int) -> None:
        self.key: Final = key
        self.key_start: Final = key_start
        self.start: Final = start
        self.end: Final = end

    def __str__(self) -> str:
        return f"has({self.key})"


class Comparison:
    """`key operator 'value'`: `==`, `!=`, `contains`, `starts with` or `ends with`.

    It starts with its key and ends with the closing quote of its value.
    """

    __slots__ = ("end", "key", "operator", "operator_start", "start", "value")

    def __init__(self, key: str, operator: str, value: str, start: int, operator_start: int, end: int) -> None:
        self.key: Final = key
        self.operator: Final = operator
        self.value: Final = value
        self.start: Final = start
        self.operator_start: Final = operator_start
        self.end: Final = end

    @property
    def key_start(self) -> int:
        """Where the key begins."""
        return self.start

    @property
    def values(self) -> tuple[str, ...]:
        """The texts that the label is held against."""
        return (self.value,)

    @property
    def value_start(self) -> int:
        """Where the opening quote of the value stands."""
        return self.end - len(self.value) - 2

    def __str__(self) -> str:
        return f"{self.key} {self.operator} {quoted(self.value)}"


class Membership:
    """`key in {…}` or `key not in {…}`: members as written, `member_starts` where their opening quotes stand."""

    __slots__ = ("end", "key", "member_starts", "members", "operator", "operator_start", "start")

    def __init__(
        self,
        key: str,
        operator: str,
        members: tuple[str, ...],
        member_starts: tuple[int, ...],
        start: int,
        operator_start: int,
        end: int,
    ) -> None:
        self.key: Final = key
        self.operator: Final = operator
        self.members: Final = members
        self.member_starts: Final = member_starts
        self.start: Final = start
        self.operator_start: Final = operator_start
        self.end: Final = end

    @property
    def key_start(self) -> int:
        """Where the key begins."""
        return self.start

    @property
    def values(self) -> tuple[str, ...]:
        """The texts that the label is held against."""
        return self.members

    def __str__(self) -> str:
        members = ", ".join([quoted(member) for member in sorted(set(self.members))])
        return f"{self.key} {self.operator} {{{members}}}"


class Not:
    """An odd run of `!` before one operand; it starts with the first of them."""

    __slots__ = ("end", "operand", "start")

    def __init__(self, operand: Expression, start: int, end: int) -> None:
        self.operand: Final = operand
        self.start: Final = start
        self.end: Final = end


class And:
    """Two or more operands joined by `&&`, not flattened."""

    __slots__ = ("end", "operands", "start")

    def __init__(self, operands: tuple[Expression, ...], start: int, end: int) -> None:
        self.operands: Final = operands
        self.start: Final = start
        self.end: Final = end


class Or:
    """Two or more operands joined by `||`, not flattened."""

    __slots__ = ("end", "operands", "start")

    def __init__(self, operands: tuple[Expression, ...], start: int, end: int) -> None:
        self.operands: Final = operands
        self.start: Final = start
        self.end: Final = end


Test = Has | Comparison | Membership
"""What asks one label."""

Expression = Everything | Has | Comparison | Membership | Not | And | Or


class Selector:
    """A text that Calico accepts as a selector, and the tree it stands for. Two are equal if their texts are."""

    __slots__ = ("_canonical", "_conditions", "_program", "root", "text")

    def __init__(self, text: str, root: Expression) -> None:
        self.text: Final = text
        self.root: Final = root
        self._canonical: str | None = None
        self._conditions: tuple[Condition, ...] | None = None
        self._program: Program | None = None

    @property
    def canonical(self) -> str:
        """The text Calico prints for this tree (selector §5); reading it back may collapse a `!!`."""
        if self._canonical is None:
            self._canonical = canonical(self.root)
        return self._canonical

    @property
    def unique_id(self) -> str:
        """The identifier by which Calico holds two selectors equal: purely syntactic (selector §5)."""
        from base64 import urlsafe_b64encode
        from hashlib import sha224

        digest = sha224(f"s:{self.canonical}".encode(errors="surrogatepass")).digest()
        return "s:" + urlsafe_b64encode(digest).decode().rstrip("=")

    @property
    def keys(self) -> frozenset[str]:
        """The label keys this selector asks for."""
        return frozenset([node.key for node in walk(self.root) if isinstance(node, Has | Comparison | Membership)])

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What it asks of labels, from left to right."""
        if self._conditions is None:
            from linter.selectors.conditions import conditions

            self._conditions = conditions(self)
        return self._conditions

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Whether something that carries these labels is selected (selector §4)."""
        if self._program is None:
            from linter.selectors.matching import Program

            self._program = Program(self.root)
        return self._program.matches(labels)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Selector) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Selector({self.text!r})"


def quoted(value: str) -> str:
    """A value as Calico prints it: in double quotes unless it contains one (selector §5)."""
    return f"'{value}'" if '"' in value else f'"{value}"'


def walk(root: Expression) -> Iterator[Expression]:
    """Every node, each before its operands, operands from left to right."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(operands(node)))


def operands(node: Expression) -> tuple[Expression, ...]:
    """The direct parts of a node; none where it is one operation."""
    if isinstance(node, And | Or):
        return node.operands
    return (node.operand,) if isinstance(node, Not) else ()


def canonical(root: Expression) -> str:
    """The tree as Calico prints it (selector §5)."""
    pieces: list[str] = []
    waiting: list[Expression | str] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Not):
            pieces.append("!")
            waiting.append(item.operand)
        elif isinstance(item, And | Or):
            waiting.append(")")
            waiting.extend(_joined(item.operands, " && " if isinstance(item, And) else " || "))
            pieces.append("(")
        else:
            pieces.append(str(item))
    return "".join(pieces)


def _joined(parts: tuple[Expression, ...], connector: str) -> Iterator[Expression | str]:
    """The parts with connectors between them, from right to left as a stack wants them."""
    yield parts[-1]
    for part in reversed(parts[:-1]):
        yield connector
        yield part
