"""Whether any labels make several expressions come out as wanted: Davis and Putnam's search over questions to labels.

The expressions become one formula of questions under "all of" and "some of", negations pushed down to the questions.
Those are answered one by one: where the answer is forced first, then by a guess, taken back where it contradicts. Which
answers contradict each other `linter.selectors.label_values` says, label by label, for labels are independent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.selectors.expressions import And, Comparison, Everything, Expression, Has, Membership, Not, Or, Test
from linter.selectors.label_values import Answer, Contradiction, Effort, Question, value_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.selectors.label_space import LabelSpace

_ALL, _SOME, _ASK = 0, 1, 2


class Formula:
    """Expressions that are wanted to hold, or not to, as numbered nodes; parts have higher numbers than their node.

    Node 0 is "all of" everything wanted. "All of" nothing holds, "some of" nothing does not.
    """

    __slots__ = ("kinds", "parts", "questions", "wanted")

    def __init__(self, expressions: Iterable[tuple[Expression, bool]]) -> None:
        self.kinds = [_ALL]
        self.parts: list[list[int]] = [[]]
        self.wanted: list[tuple[int, int]] = [(0, 0)]
        """For a question its number and 1, or -1 where the answer no is wanted."""
        numbers: dict[Question, int] = {}
        waiting = [(expression, wanted, 0) for expression, wanted in expressions]
        while waiting:
            expression, wanted, whole = waiting.pop()
            if isinstance(expression, Not):
                waiting.append((expression.operand, not wanted, whole))
            elif isinstance(expression, And | Or):
                node = self._group(_ALL if isinstance(expression, And) is wanted else _SOME, whole)
                waiting += [(operand, wanted, node) for operand in reversed(expression.operands)]
            elif isinstance(expression, Everything):
                self._add(_ALL if wanted else _SOME, whole)
            else:
                question, yes = asked(expression)
                number = numbers.setdefault(question, len(numbers))
                self._add(_ASK, whole, (number, 1 if yes is wanted else -1))
        self.questions = list(numbers)

    def _group(self, kind: int, whole: int) -> int:
        return whole if self.kinds[whole] == kind else self._add(kind, whole)

    def _add(self, kind: int, whole: int, wanted: tuple[int, int] = (0, 0)) -> int:
        node = len(self.kinds)
        self.kinds.append(kind)
        self.parts.append([])
        self.wanted.append(wanted)
        self.parts[whole].append(node)
        return node


def asked(test: Test) -> tuple[Question, bool]:
    """The question of a test, and the answer with which it holds."""
    if isinstance(test, Membership):
        return Question(test.key, "one of", members=frozenset(test.members)), test.operator == "in"
    if isinstance(test, Comparison) and test.operator in ("==", "!="):
        return Question(test.key, "one of", members=frozenset((test.value,))), test.operator == "=="
    if isinstance(test, Has) or not test.value:
        return Question(test.key, "present"), True
    return Question(test.key, test.operator.partition(" ")[0], test.value), True


def model(formula: Formula, space: LabelSpace | None, effort: Effort) -> dict[str, str]:
    """Labels with which every expression comes out as wanted.

    Raises:
        Contradiction: there are none.
        Exhausted: the effort does not suffice to tell.
    """
    search = _Search(formula, space, effort)
    guesses: list[tuple[int, int, bool]] = []
    answer: dict[int, bool] = {}
    while True:
        try:
            search.answer(answer)
            guess = search.settle()
            if guess is None:
                return search.labels()
            guesses.append((len(search.trail), *guess))
            answer = dict([guess])
        except Contradiction:
            if not guesses:
                raise
            known, question, yes = guesses.pop()
            search.forget(known)
            answer = {question: not yes}


class _Search:
    """The answers given so far; those to one label never contradict each other."""

    def __init__(self, formula: Formula, space: LabelSpace | None, effort: Effort) -> None:
        self._formula = formula
        self._space = space
        self._effort = effort
        self._answers = [0] * len(formula.questions)
        self._by_key: dict[str, list[Answer]] = {question.key: [] for question in formula.questions}
        self.trail: list[int] = []

    def answer(self, answers: dict[int, bool]) -> None:
        """Take answers to numbered questions.

        Raises:
            Contradiction: no label answers like that.
        """
        for number, yes in answers.items():
            question = self._formula.questions[number]
            self._answers[number] = 1 if yes else -1
            self._by_key[question.key].append((question, yes))
            self.trail.append(number)
        for key in {self._formula.questions[number].key for number in answers}:
            value_for(self._by_key[key], self._space, self._effort)

    def forget(self, known: int) -> None:
        """Take back all answers but the first `known`."""
        while len(self.trail) > known:
            number = self.trail.pop()
            self._answers[number] = 0
            self._by_key[self._formula.questions[number].key].pop()

    def settle(self) -> tuple[int, bool] | None:
        """Give every answer that is forced; then None where all is as wanted, else a question to guess and a guess.

        Raises:
            Contradiction: what is wanted cannot be any more.
        """
        while True:
            outcomes = self._outcomes()
            if outcomes[0]:
                if outcomes[0] < 0:
                    raise Contradiction
                return None
            forced, open_choice = self._forced(outcomes)
            if not forced:
                return self._guess(open_choice, outcomes)
            self.answer(forced)

    def _outcomes(self) -> list[int]:
        """For every node 1 where it holds whatever is answered next, -1 where it does not, else 0."""
        kinds, parts, wanted, answers = self._formula.kinds, self._formula.parts, self._formula.wanted, self._answers
        outcomes = [0] * len(kinds)
        self._effort.spend(len(kinds))
        for node in range(len(kinds) - 1, -1, -1):
            if kinds[node] == _ASK:
                number, sign = wanted[node]
                outcomes[node] = answers[number] * sign
            elif kinds[node] == _ALL:
                outcomes[node] = min([outcomes[part] for part in parts[node]], default=1)
            else:
                outcomes[node] = max([outcomes[part] for part in parts[node]], default=-1)
        return outcomes

    def _forced(self, outcomes: list[int]) -> tuple[dict[int, bool], list[int]]:
        """The answers without which node 0 fails, and the open parts of the narrowest choice."""
        formula = self._formula
        forced: dict[int, bool] = {}
        narrowest: list[int] = []
        needed = {0}
        for node, kind in enumerate(formula.kinds):
            if node not in needed or outcomes[node]:
                continue
            open_parts = [part for part in formula.parts[node] if not outcomes[part]]
            if kind == _ASK:
                number, sign = formula.wanted[node]
                forced[number] = sign > 0  # the contrary, if wanted too, fails the next outcome
            elif kind == _ALL or len(open_parts) == 1:
                needed.update(open_parts)
            elif not narrowest or len(open_parts) < len(narrowest):
                narrowest = open_parts
        return forced, narrowest

    def _guess(self, choice: list[int], outcomes: list[int]) -> tuple[int, bool]:
        node = choice[0]
        while self._formula.kinds[node] != _ASK:
            node = next(part for part in self._formula.parts[node] if not outcomes[part])
        number, sign = self._formula.wanted[node]
        return number, sign > 0

    def labels(self) -> dict[str, str]:
        """Labels that answer as recorded."""
        values = {key: value_for(answers, self._space, self._effort) for key, answers in self._by_key.items()}
        return {key: value for key, value in values.items() if value is not None}
