"""What to tell a person about a text that is no selector: the offending part, then what belongs there (selector §9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from linter.selectors.tokens import Fault, Token

_OPERATORS = "`==`, `!=`, `in`, `not in`, `contains`, `starts with`, `ends with`"
_CONNECTORS = {"and": "and is `&&`", "or": "or is `||`", "not": "not is `!`"}
_NUMBERS = "values are texts, there is no order among them"
_PATTERNS = "there are no patterns, only `contains`, `starts with` and `ends with`"
_FOREIGN = {
    ":": "equality is `==`",
    "is": "equality is `==`",
    "eq": "equality is `==`",
    "equals": "equality is `==`",
    "ne": "inequality is `!=`",
    "exists": "presence is `has(…)`",
    "doesnotexist": "absence is `!has(…)`",
    ">": _NUMBERS,
    "<": _NUMBERS,
    "gt": _NUMBERS,
    "lt": _NUMBERS,
    "matches": _PATTERNS,
    "like": _PATTERNS,
    "~": _PATTERNS,
    "#": "there are no comments",
    "[": "a set stands in `{…}`, a group in `(…)`",
    "*": "everything is `all()`",
    "$": "nothing is substituted",
    "“": "a value stands in straight quotes",
    "‘": "a value stands in straight quotes",
    "”": "a value stands in straight quotes",
    "’": "a value stands in straight quotes",
    "\n": "a selector is one line",
    "\r": "a selector is one line",
}
_LONE = frozenset(("lex-lone-equals", "lex-lone-ampersand", "lex-lone-pipe"))
_OTHER_QUOTE = "use the other kind of quote outside"
_LONGEST = 40


def wording(text: str, fault: Fault) -> str:
    """One sentence: what stands at the fault, why that is wrong, what belongs there."""
    return _SENTENCES[fault.error_class](text, fault)


def underlined(text: str, fault: Fault) -> tuple[int, int]:
    """Where the text begins and ends that the sentence speaks of."""
    if fault.error_class in _LONE:
        return _run_start(text, fault), fault.offset + 1
    token = fault.before if _blames_before(text, fault) else fault.token
    start = fault.before.start if token.kind == "(" and fault.before.kind == "key" else token.start
    return start, token.end


def _blames_before(text: str, fault: Fault) -> bool:
    """Nothing follows, or `and`, `or`, `not` was read as a label key because that is what Calico takes it for."""
    return fault.token.kind == "end" or (fault.before.kind == "key" and _raw(text, fault.before).lower() in _CONNECTORS)


def _unterminated(text: str, fault: Fault) -> str:
    escaped = text.rfind("\\", 0, fault.offset) + 1
    if escaped and text[escaped : escaped + 1] in "'\"":
        return f"{_at(text, fault)} has no closing quote: a backslash escapes nothing, {_OTHER_QUOTE}"
    return f"{_at(text, fault)} has no closing quote"


def _lone(text: str, fault: Fault) -> str:
    mark = text[fault.offset]
    kind = {"=": "equality", "&": "and", "|": "or"}[mark]
    return f"{shown(text[_run_start(text, fault) : fault.offset + 1])} is no operator: {kind} is `{mark}{mark}`"


def _run_start(text: str, fault: Fault) -> int:
    """Where a run of the mark at fault begins."""
    start = fault.offset
    while start and text[start - 1] == text[fault.offset]:
        start -= 1
    return start


def _no_operator(text: str, fault: Fault) -> str:
    if fault.before.kind != "key":
        return _value_missing(text, fault) if fault.before.kind == "comparison" else _set_missing(text, fault)
    connector = _CONNECTORS.get(_raw(text, fault.before).lower())
    if connector:
        return f"{_token(text, fault.before)} is read as a label key: {connector}"
    word = _raw(text, fault.token).lower()
    if word in ("and", "or"):
        return f"{_at(text, fault)} is no operator: {_CONNECTORS[word]}, {_presence(text, fault.before)}"
    remedy = _FOREIGN.get(word) or f"the label key {_token(text, fault.before)} is followed by one of {_OPERATORS}"
    return f"{_at(text, fault)} is no operator: {remedy}"


def _no_identifier(text: str, fault: Fault) -> str:
    if text.startswith("has(", fault.token.start):
        return f"{_at(text, fault)} names no label key: it takes one, without quotes"
    character = text[fault.offset]
    invisible = character.isspace() or not character.isprintable()
    nothing = "only blanks and tabs separate" if invisible else "no operator, label key or quoted value begins with it"
    return f"{shown(character)} cannot stand here: {_FOREIGN.get(character, nothing)}"


def _not_closed(text: str, fault: Fault) -> str:
    takes = "takes one label key and" if text.startswith("has(", fault.token.start) else "takes nothing and"
    return f"{_at(text, fault)} {takes} is closed by `)`"


def _too_long(text: str, fault: Fault) -> str:
    return f"{_at(text, fault)} is a label key of {fault.token.end - fault.token.start} characters: 512 are the most"


def _nothing_asked(text: str, fault: Fault) -> str:
    key = _token(text, fault.before)
    if key in ("`all`", "`global`", "`true`"):
        return f"{key} alone is a label key without a question: everything is `all()`"
    return f"{key} alone is a label key without a question: {_presence(text, fault.before)}"


def _operator_missing(text: str, fault: Fault) -> str:
    key = _raw(text, fault.before)
    if fault.token.kind == "(":
        return _no_function(text, fault)
    if fault.token.kind == "text":
        return f"{_at(text, fault)} follows the label key {shown(key)} without an operator: equality is `==`"
    if fault.token.kind == "{":
        return f"{_at(text, fault)} follows the label key {shown(key)}: a set comes after `in` or `not in`"
    return f"{_at(text, fault)} follows the label key {shown(key)} without a question: {_presence(text, fault.before)}"


def _no_function(text: str, fault: Fault) -> str:
    key = _raw(text, fault.before)
    name = shown(text[fault.before.start : fault.token.end])
    if key in ("has", "all", "global"):
        return f"{name} is no function: the parenthesis touches the word, `{key}(`"
    if key.lower() in ("has", "all", "global"):
        return f"{name} is no function: it is written `{key.lower()}(`, in lower case"
    if key.lower() in _CONNECTORS:
        return f"{shown(key)} is read as a label key: {_CONNECTORS[key.lower()]}"
    return f"{name} is no function: there are `has(key)`, `all()` and `global()`"


def _value_missing(text: str, fault: Fault) -> str:
    operator = _token(text, fault.before)
    if fault.token.kind == "end":
        return f"{operator} has no value after it"
    if fault.token.kind == "key":
        return f"{_at(text, fault)} is not quoted: a value is, `'{_raw(text, fault.token)}'`"
    return f"{_at(text, fault)} stands where {operator} wants a quoted value"


def _set_missing(text: str, fault: Fault) -> str:
    operator = _token(text, fault.before)
    if fault.token.kind == "end":
        return f"{operator} has no set after it"
    return f"{_at(text, fault)} stands where {operator} wants a set: `{{'a', 'b'}}`"


def _brace_missing(text: str, fault: Fault) -> str:
    if fault.token.kind == "end":
        return f"the set after {_token(text, fault.before)} is not closed by `}}`"
    if fault.token.kind == "key":
        return f"{_at(text, fault)} is not quoted: every member of a set is, `'{_raw(text, fault.token)}'`"
    if fault.token.kind == "text":
        return f"{_at(text, fault)} follows {_token(text, fault.before)} without a comma"
    return f"{_at(text, fault)} stands where a set wants a quoted member or `}}`"


def _parenthesis_missing(text: str, fault: Fault) -> str:
    if fault.token.kind == "end":
        return f"{_token(text, fault.before)} ends the text while a `(` is open"
    return f"{_at(text, fault)} stands where a group wants `&&`, `||` or `)`"


def _unexpected(text: str, fault: Fault) -> str:
    if fault.token.kind == "end":
        return f"{_token(text, fault.before)} has nothing after it"
    if fault.token.kind == "text":
        return f"{_at(text, fault)} is quoted: a label key stands first, without quotes"
    return f"{_at(text, fault)} stands where an operation begins: a label key, `has(…)`, `all()`, `!` or `(`"


def _trailing(text: str, fault: Fault) -> str:
    if fault.token.kind == ")":
        return f"{_at(text, fault)} closes nothing"
    if fault.token.kind == ",":
        return f"{_at(text, fault)} joins nothing: and is `&&`"
    if fault.token.kind == "text" and fault.token.start == fault.before.end:
        return f"{_at(text, fault)} follows a closed quote: a quote is not doubled, {_OTHER_QUOTE}"
    if fault.token.kind in ("operation", "key", "!", "("):
        return f"{_at(text, fault)} follows a whole operation: the two are joined by `&&` or `||`"
    return f"{_at(text, fault)} follows a whole operation: only `&&` or `||` does"


_SENTENCES: dict[str, Callable[[str, Fault], str]] = {
    "lex-unterminated-string": _unterminated,
    "lex-lone-equals": _lone,
    "lex-lone-ampersand": _lone,
    "lex-lone-pipe": _lone,
    "lex-operator-expected": _no_operator,
    "lex-identifier-expected": _no_identifier,
    "lex-has-not-closed": _not_closed,
    "lex-all-not-closed": _not_closed,
    "lex-global-not-closed": _not_closed,
    "lex-label-too-long": _too_long,
    "syn-unexpected-end": _nothing_asked,
    "syn-operator-expected": _operator_missing,
    "syn-string-expected": _value_missing,
    "syn-set-expected": _set_missing,
    "syn-brace-not-closed": _brace_missing,
    "syn-paren-not-closed": _parenthesis_missing,
    "syn-unexpected-token": _unexpected,
    "syn-trailing-content": _trailing,
}


def shown(text: str) -> str:
    """A piece of a selector as a message shows it: on one line, shortened, what is invisible by its code."""
    if text in ("\n", "\r"):
        return "a line break"
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return "`" + "".join([c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text]) + "`"


def _raw(text: str, token: Token) -> str:
    return text[token.start : token.end]


def _token(text: str, token: Token) -> str:
    return shown(_raw(text, token))


def _at(text: str, fault: Fault) -> str:
    return _token(text, fault.token)


def _presence(text: str, key: Token) -> str:
    return f"presence is {shown('has(' + _raw(text, key) + ')')}"
