"""The C parser of ruamel.yaml (package `ruamel.yaml.clib`): peerlint's only door to ruamel.

Its ordinary import drags in all of ruamel.yaml, of which reading events needs nothing (three times the start of Python,
reference performance §4.3). So for the moment of the import small stand-ins take the place of ruamel's modules: the
exceptions and event classes below. Afterwards they are gone, and the extension is marked as absent, so that a later
`import ruamel.yaml` is whole, in pure Python. Where ruamel.yaml is loaded already, or anything goes another way than
expected, the ordinary import serves.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


class ReaderMissing(ImportError):  # noqa: N818
    """The C parser cannot be imported; the message says what to install.

    ruamel's pure parser is no substitute: it accepts and refuses other texts than Calico's reader.
    """


class _YAMLError(Exception):
    pass


class _MarkedYAMLError(_YAMLError):
    def __init__(
        self, context: Any = None, context_mark: Any = None, problem: Any = None, problem_mark: Any = None
    ) -> None:
        super().__init__(problem)
        self.context, self.context_mark, self.problem, self.problem_mark = context, context_mark, problem, problem_mark


class _ScannerError(_MarkedYAMLError):
    pass


class _ParserError(_MarkedYAMLError):
    pass


class _End:
    __slots__ = ("end_mark", "explicit", "start_mark")

    def __init__(self, start_mark: Any, end_mark: Any, explicit: Any = None) -> None:
        self.start_mark = start_mark
        self.end_mark = end_mark
        self.explicit = explicit


class _MappingEnd(_End):
    __slots__ = ()


class _SequenceEnd(_End):
    __slots__ = ()


class _Start:
    __slots__ = ("anchor", "end_mark", "flow_style", "implicit", "start_mark", "tag")

    def __init__(self, anchor: Any, tag: Any, implicit: Any, start_mark: Any, end_mark: Any, flow_style: Any) -> None:
        self.anchor = anchor
        self.tag = tag
        self.implicit = implicit
        self.start_mark = start_mark
        self.end_mark = end_mark
        self.flow_style = flow_style


class _MappingStart(_Start):
    __slots__ = ()


class _SequenceStart(_Start):
    __slots__ = ()


class _Alias:
    __slots__ = ("anchor", "end_mark", "start_mark")

    def __init__(self, anchor: Any, start_mark: Any, end_mark: Any) -> None:
        self.anchor = anchor
        self.start_mark = start_mark
        self.end_mark = end_mark


def _parts(*parts: Any) -> tuple[Any, ...]:
    return parts


_STAND_INS: Final[dict[str, dict[str, Any]]] = {
    "ruamel": {},
    "ruamel.yaml": {},
    "ruamel.yaml.error": {"YAMLError": _YAMLError},
    "ruamel.yaml.reader": {"ReaderError": _YAMLError},
    "ruamel.yaml.scanner": {"ScannerError": _ScannerError},
    "ruamel.yaml.parser": {"ParserError": _ParserError},
    "ruamel.yaml.composer": {"ComposerError": _MarkedYAMLError},
    "ruamel.yaml.constructor": {"ConstructorError": _MarkedYAMLError},
    "ruamel.yaml.emitter": {"EmitterError": _YAMLError},
    "ruamel.yaml.serializer": {"SerializerError": _YAMLError},
    "ruamel.yaml.representer": {"RepresenterError": _YAMLError},
    "ruamel.yaml.tokens": {"__getattr__": _parts},
    "ruamel.yaml.nodes": {"__getattr__": _parts},
    "ruamel.yaml.events": {
        "StreamStartEvent": _parts,
        "StreamEndEvent": _End,
        "DocumentStartEvent": _parts,
        "DocumentEndEvent": _End,
        "ScalarEvent": _parts,
        "AliasEvent": _Alias,
        "MappingStartEvent": _MappingStart,
        "MappingEndEvent": _MappingEnd,
        "SequenceStartEvent": _SequenceStart,
        "SequenceEndEvent": _SequenceEnd,
    },
}


def _light() -> ModuleType:
    module = type(sys)
    try:
        for name, contents in _STAND_INS.items():
            sys.modules[name] = stand_in = module(name)
            vars(stand_in).update(contents)
        import _ruamel_yaml
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] in ("ruamel", "_ruamel_yaml")]:
            del sys.modules[name]
    sys.modules["_ruamel_yaml"] = None  # type: ignore[assignment]
    return _ruamel_yaml  # type: ignore[no-any-return]


def _load() -> ModuleType:
    """The extension.

    Raises:
        ReaderMissing: there is none.
    """
    if not any(name.partition(".")[0] in ("ruamel", "_ruamel_yaml") for name in sys.modules):
        try:
            return _light()
        except Exception:  # noqa: S110
            pass
    try:
        import _ruamel_yaml
    except ImportError as error:
        raise ReaderMissing(
            f"the C parser of ruamel.yaml cannot be imported ({error}): install it with `pip install ruamel.yaml.clib`"
        ) from error
    return _ruamel_yaml  # type: ignore[no-any-return]


clib: Final[Any] = _load()
"""The extension, for its exceptions and event classes."""

LIGHT: Final = clib.ScalarEvent is _parts
"""Whether the import was the light one."""


def events(text: str) -> Callable[[], Any]:
    """Gives the next event on every call, None after the last: scalars as tuples (anchor, tag, implicit, value,
    start_mark, end_mark, style), all others as objects with these attributes.

    Raises, when called:
        clib.YAMLError: the text is no YAML.
        UnicodeEncodeError: it has lone surrogates.
    """
    get: Callable[[], Any] = clib.CParser(text).get_event
    return get if LIGHT else lambda: _as_tuple(get())


def _as_tuple(event: Any) -> Any:
    if event.__class__ is not clib.ScalarEvent:
        return event
    return (
        event.anchor, event.tag, event.implicit, event.value, event.start_mark, event.end_mark, event.style,
    )  # fmt: skip
