"""Whether one label can answer several questions as wanted, and with which value.

Without bounds on values this is settled at once. A value that is made of what must be in it, kept apart by a character
that occurs in no question, contains nothing else that any question asks for: if that value fails, every value does.
Within the bounds of Kubernetes that value may be too long or illegal; then all values are searched, up to an effort.
"""

from __future__ import annotations

from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from linter.selectors.label_space import LabelSpace


class Question(NamedTuple):
    """What is asked of a label: `kind` is "present", "one of", "contains", "starts" or "ends"."""

    key: str
    kind: str
    text: str = ""
    members: frozenset[str] = frozenset()

    def holds(self, value: str) -> bool:
        """The answer for a label that is there."""
        if self.kind == "one of":
            return value in self.members
        if self.kind == "contains":
            return self.text in value
        if self.kind == "starts":
            return value.startswith(self.text)
        return self.kind == "present" or value.endswith(self.text)


Answer = tuple[Question, bool]


class Contradiction(Exception):  # noqa: N818 - a result, not a failure
    """No label answers as wanted."""


class Exhausted(Exception):  # noqa: N818 - a result, not a failure
    """The effort is spent and nothing is known."""


class Effort:
    """How many steps a decision may still take."""

    __slots__ = ("_left",)

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Take steps.

        Raises:
            Exhausted: more than there were.
        """
        self._left -= steps
        if self._left < 0:
            raise Exhausted


def value_for(answers: Sequence[Answer], space: LabelSpace | None, effort: Effort) -> str | None:
    """A value with which a label answers all these questions about it, None where it may be absent.

    Raises:
        Contradiction: there is none.
        Exhausted: the effort does not suffice to tell.
    """
    wanted = [question for question, yes in answers if yes]
    if not wanted:
        return None
    effort.spend(len(answers))
    key = wanted[0].key
    bounds = None if space is None or space.exempts(key) else space
    if bounds and bounds.key_fault(key):
        raise Contradiction
    sets = [question.members for question in wanted if question.kind == "one of"]
    if not sets:
        return _composed(answers, wanted, bounds, effort)
    members = frozenset.intersection(*sets)
    return _first(sorted(members), answers, bounds, effort)


def _first(candidates: Iterable[str], answers: Sequence[Answer], bounds: LabelSpace | None, effort: Effort) -> str:
    for value in candidates:
        effort.spend(len(answers) * (1 + len(value) // 64))  # a long text takes longer to search
        legal = bounds is None or bounds.value_fault(value) is None
        if legal and all(question.holds(value) is yes for question, yes in answers):
            return value
    raise Contradiction


def _composed(answers: Sequence[Answer], wanted: list[Question], bounds: LabelSpace | None, effort: Effort) -> str:
    start = max((question.text for question in wanted if question.kind == "starts"), key=len, default="")
    end = max((question.text for question in wanted if question.kind == "ends"), key=len, default="")
    parts = [start, *(question.text for question in wanted if question.kind == "contains"), end]
    texts = frozenset(chain.from_iterable([question.text, *question.members] for question, _ in answers))
    effort.spend(sum(map(len, texts)))
    used = frozenset(chain.from_iterable(texts))
    plain = (separator.join(parts) for separator in ("", "x", "-", "1", *sorted(_LETTERS - used)[:1]))
    try:
        return _first(plain, answers, bounds, effort)
    except Contradiction:
        unbounded = _first([_unused(used).join(parts)], answers, None, effort)
    return _searched(answers, bounds, used, effort) if bounds else unbounded


def _unused(used: frozenset[str]) -> str:
    for code in chain(range(0xA1, 0xD800), range(0xE000, 0x110000)):
        if chr(code) not in used:
            return chr(code)
    raise Exhausted


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_START, _END = "\x02", "\x03"


def _searched(answers: Sequence[Answer], bounds: LabelSpace, used: frozenset[str], effort: Effort) -> str:
    """The shortest legal value that answers as wanted: breadth first over what can be known of a value's beginning.

    Characters that occur in no question are all alike: one of those that may stand at an edge and one of the others do.
    """
    automaton = _Automaton(answers, bounds, effort)
    edge = sorted(bounds.edge & used) + sorted(bounds.edge - used)[:1]
    alphabet = edge + sorted(bounds.inner - bounds.edge & used) + sorted(bounds.inner - bounds.edge - used)[:1]
    begun = automaton.step(0, 0, _START)
    waiting = deque([(*begun, True, "")]) if begun else deque()
    seen = set()
    while waiting:
        node, found, complete, value = waiting.popleft()
        end = automaton.step(node, found, _END) if complete else None
        if end and end[1] == automaton.complete:
            return value
        if len(value) == bounds.longest:
            continue
        effort.spend(len(alphabet))
        for character in alphabet if value else edge:
            next_ = automaton.step(node, found, character)
            state = next_ and (*next_, character in bounds.edge)
            if state and state not in seen:
                seen.add(state)
                waiting.append((*state, value + character))
    raise Contradiction


class _Automaton:
    """Aho and Corasick's automaton of what must and what must not be in a value, its beginning and end marked."""

    def __init__(self, answers: Sequence[Answer], bounds: LabelSpace, effort: Effort) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._back = [0]
        self._wanted = [0]
        self._forbidden = [False]
        self.complete = 0
        for question, yes in answers:
            for text in _marked(question):
                effort.spend(len(text))
                if bounds.inner.issuperset(text.strip(_START + _END)):
                    self._add(text, yes)
                elif yes:
                    raise Contradiction
        self._link()

    def _add(self, text: str, yes: bool) -> None:
        node = 0
        for character in text:
            if character not in self._next[node]:
                self._next[node][character] = len(self._next)
                self._next.append({})
                self._back.append(0)
                self._wanted.append(0)
                self._forbidden.append(False)
            node = self._next[node][character]
        if yes:
            self._wanted[node] |= self.complete + 1
            self.complete = self.complete * 2 + 1
        else:
            self._forbidden[node] = True

    def _link(self) -> None:
        """For every node where the longest end of it that is a beginning too goes on."""
        waiting = deque(self._next[0].values())
        while waiting:
            node = waiting.popleft()
            for character, next_ in self._next[node].items():
                self._back[next_] = self._follow(self._back[node], character)
                self._wanted[next_] |= self._wanted[self._back[next_]]
                self._forbidden[next_] |= self._forbidden[self._back[next_]]
                waiting.append(next_)

    def _follow(self, node: int, character: str) -> int:
        while node and character not in self._next[node]:
            node = self._back[node]
        return self._next[node].get(character, 0)

    def step(self, node: int, found: int, character: str) -> tuple[int, int] | None:
        """The state after one more character, None where something forbidden is complete then."""
        node = self._follow(node, character)
        return None if self._forbidden[node] else (node, found | self._wanted[node])


def _marked(question: Question) -> list[str]:
    if question.kind == "one of":
        return [f"{_START}{member}{_END}" for member in question.members]
    if question.kind == "starts":
        return [_START + question.text]
    if question.kind == "ends":
        return [question.text + _END]
    return [question.text] if question.kind == "contains" else []
