"""What is wrong with the ignores of a file: facts for `unused-ignore`, `unknown-ignore` and `ignore-without-reason`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.suppressions.ignore import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from linter.diagnostics import Diagnostic
    from linter.suppressions.ignore import Ignore, Name
    from linter.text import Span


UNUSED: Final = "unused-ignore"
UNKNOWN: Final = "unknown-ignore"
UNREASONED: Final = "ignore-without-reason"


class IgnoreFault(NamedTuple):
    """One mistake in one ignore; `rule` is the rule that words it, one of the constants above.

    `names` are the names at fault, as written. `edits` put it right, if that is clear.
    """

    rule: str
    span: Span
    names: tuple[str, ...]
    annotation: bool = False
    edits: tuple[tuple[Span, str], ...] = ()
    mistake: str = ""
    """UNKNOWN: why the whole ignore suppresses nothing; without it, `names` has one name that is no rule's."""
    nearest: str = ""
    """UNKNOWN: the name that was probably meant."""
    unreachable: bool = False
    """UNUSED: the names are rules that no ignore reaches."""
    first: str = ""
    """UNUSED: the first key of a document, which the comment covers and nothing else."""
    missed: Span | None = None
    """UNUSED: the nearest place at which one of the names does find something."""


def faults(
    ignores: tuple[Ignore, ...],
    used: Collection[Name],
    rules: Mapping[str, str],
    ran: Callable[[str], bool],
    kept: Iterable[Diagnostic] = (),
) -> Iterator[IgnoreFault]:
    """The mistakes in the ignores of one file.

    `used` are the names that suppressed something, `rules` the rules by name and by code; `ran` tells by its name
    whether a rule looked at this file at all: one that did not proves no ignore needless. `kept` is what was not
    suppressed, because an ignore that covers nothing often stands a line beside what it was meant for.
    """
    kept = tuple(kept)
    for ignore in ignores:
        if ignore.mistake:
            repair = (ignore.repair,) if ignore.repair else ()
            yield IgnoreFault(UNKNOWN, ignore.span, (), ignore.annotation, repair, ignore.mistake)
            continue
        unknown = tuple(name for name in ignore.names if name.text not in rules)
        idle = tuple(
            name
            for name in ignore.names
            if name not in used and name not in unknown and _is_needless(ignore, rules[name.text], ran)
        )
        yield from (_unknown(ignore, name, rules) for name in unknown)
        if idle:
            yield _unused(ignore, idle, rules, kept)
        bare = [name for name in ignore.names if not name.reason and name not in unknown and name not in idle]
        if bare:
            span = bare[0].span if ignore.annotation else ignore.span
            yield IgnoreFault(UNREASONED, span, tuple(name.text for name in bare), ignore.annotation)


def _is_needless(ignore: Ignore, rule: str, ran: Callable[[str], bool]) -> bool:
    return rule in UNREACHABLE or (not ignore.doubtful and ran(rule))


def _unknown(ignore: Ignore, name: Name, rules: Mapping[str, str]) -> IgnoreFault:
    from linter.schema.names import nearest

    meant = nearest(name.text, rules) or ""
    is_verbatim = name.span.end - name.span.start == len(name.text)
    edits = ((name.span, meant),) if meant and is_verbatim else ()
    return IgnoreFault(UNKNOWN, name.span, (name.text,), ignore.annotation, edits, nearest=meant)


def _unused(
    ignore: Ignore, idle: tuple[Name, ...], rules: Mapping[str, str], found: tuple[Diagnostic, ...]
) -> IgnoreFault:
    """All of it goes, or just the names that suppress nothing."""
    kept = [name for name in ignore.names if name not in idle]
    names = tuple(name.text for name in idle)
    edits: tuple[tuple[Span, str], ...] = ()
    if not kept and ignore.removal:
        edits = ((ignore.removal, ""),)
    elif kept and ignore.rewrite:
        edits = _rewritten(ignore, ignore.rewrite, kept)
    span = idle[0].span if kept else ignore.span
    meant = {rules[name] for name in names} - UNREACHABLE
    places = [one.at.span for one in found if one.rule in meant]
    return IgnoreFault(
        rule=UNUSED,
        span=span,
        names=names,
        annotation=ignore.annotation,
        edits=edits,
        unreachable=not meant,
        first=ignore.first,
        missed=min(places, key=lambda place: abs(place.start - span.start), default=None),
    )


def _rewritten(ignore: Ignore, span: Span, kept: list[Name]) -> tuple[tuple[Span, str], ...]:
    if not ignore.annotation:
        return ((span, ", ".join(name.text for name in kept)),)
    from linter.yaml.quoting import quoted

    text = "; ".join(f"{name.text}: {name.reason}" if name.reason else name.text for name in kept)
    return ((span, quoted(text)),)
