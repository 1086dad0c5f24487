"""The effective keys of mappings whose written keys do not say it all: merges, repeated keys, keys that are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.yaml import scalars
from linter.yaml.nodes import Entry, Fault, Mapping, Node, Scalar, Sequence, content
from linter.yaml.quoting import brief

if TYPE_CHECKING:
    from linter.yaml.nodes import Value

_MERGE = "tag:yaml.org,2002:merge"
_WANT_MAP = "map merge requires map or sequence of maps as the value"

_Identity = tuple[type, "Value"]


def is_merge(key: Scalar) -> bool:
    """Whether a key is `<<` with its meaning; quoted it is an ordinary key."""
    return key.text == "<<" and (key.tag in ("!", _MERGE) or (not key.style and key.tag is None))


def name(key: Scalar) -> str:
    """The member name that JSON gets for a key.

    Raises:
        scalars.Refusal: it has none.
    """
    return scalars.name(_before_json(key))


def sources(merge: Entry) -> list[Mapping]:
    """The mappings a `<<` brings in, in the order of Calico's reader: of a list the last first.

    Raises:
        scalars.Refusal: its value is no mapping, no alias of one and no list of such.
    """
    nodes = merge.value.items[::-1] if isinstance(merge.value, Sequence) else [merge.value]
    found = [target for target in map(content, nodes) if isinstance(target, Mapping)]
    if len(found) < len(nodes):
        raise scalars.Refusal(_WANT_MAP)
    return found


def settle(mapping: Mapping, faults: list[Fault]) -> None:
    """Fills `fields`, the first of equal keys staying, and says what Calico's reader refuses (calico-fields §10).

    The reader compares keys before they become text: `1` and `"1"` are two keys to it, and chance decides which of
    them JSON gets; here it is the later one.
    """
    seen: set[_Identity] = set()
    for entry in mapping.entries:
        try:
            if is_merge(entry.key):
                for source in sources(entry):
                    for field, brought in source.fields.items():
                        merged = Entry(brought.key, brought.value, merged=True)
                        _add(mapping, field, merged, seen, faults, entry.key)
            else:
                _add(mapping, name(entry.key), entry, seen, faults, entry.key)
        except scalars.Refusal as refusal:
            place = entry.value if is_merge(entry.key) else entry.key
            faults.append(Fault(Fault.INVALID, str(refusal), place.span))


def unholdable(root: Node) -> list[Fault]:
    """The values that JSON has no number for: infinities and NaN."""
    faults: list[Fault] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            stack.extend(entry.value for entry in reversed(node.entries))
        elif isinstance(node, Sequence):
            stack.extend(reversed(node.items))
        else:
            target = content(node)
            if isinstance(target, Scalar) and not scalars.is_json(target.value):
                reason = f"unsupported value: JSON has no number for {target.text}"
                faults.append(Fault(Fault.INVALID, reason, node.span))
    return faults


def _add(mapping: Mapping, name: str, entry: Entry, seen: set[_Identity], faults: list[Fault], place: Scalar) -> None:
    value = _before_json(entry.key)
    identity = (type(value), value)
    known = identity in seen and value == value  # noqa: PLR0124
    seen.add(identity)
    first = mapping.fields.get(name)
    if first is None or not known:
        mapping.fields[name] = entry
    if first is not None and known:
        faults.append(_repeated(name, first, entry, place))
    elif first is not None:
        reason = f'key "{brief(name)}" has two spellings in one mapping, and chance decides which value Calico gets'
        faults.append(Fault(Fault.LOST, reason, place.span, ((first.key.span, "first written here"),)))


def _before_json(key: Scalar) -> Value:
    return scalars.before_json(key.text, key.tag, key.value)


def _repeated(name: str, first: Entry, later: Entry, place: Scalar) -> Fault:
    related = [(first.key.span, "first written here")]
    name = brief(name)
    if later.merged:
        reason = f'"<<" brings in key "{name}", which the mapping already has: merged keys must not repeat'
        related.append((later.key.span, "merged from here"))
    elif first.merged:
        reason = f'key "{name}" repeats the one merged in by "<<"'
        related = [(first.key.span, "merged from here")]
    else:
        reason = f'key "{name}" is written twice'
    return Fault(Fault.DUPLICATE, reason, place.span, tuple(related))
