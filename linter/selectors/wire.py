"""The JSON lines of `peerlint select --stdin` (design: product, Diagnostics)."""

from __future__ import annotations

from json import dumps, loads
from typing import TYPE_CHECKING, cast

from linter.selectors.parser import SelectorError, parse

if TYPE_CHECKING:
    from linter.selectors.expressions import Selector


def answer(request_line: str) -> str:
    """The line that answers `{"selector": "…", "labels": [{…}, …]}`: one JSON object in ASCII, without a line end.

    A line that is no such JSON is answered `{"error": "…"}`; this never raises.
    """
    try:
        text, labels = _request(request_line)
    except _RequestError as error:
        return dumps({"error": str(error)})
    try:
        return dumps(_match(parse(text), labels))
    except SelectorError as error:
        fault = {"class": error.error_class, "message": error.message, "offset": error.offset}
        return dumps({"selector": text, "valid": False, "error": fault})


def _match(selector: Selector, labels: list[dict[str, str]]) -> dict[str, object]:
    matches = [selector.matches(one) for one in labels]
    return {"selector": selector.text, "valid": True, "canonical": selector.canonical, "matches": matches}


class _RequestError(ValueError):
    """Why a line is no request."""


def _request(line: str) -> tuple[str, list[dict[str, str]]]:
    try:
        request = loads(line)
    except (ValueError, RecursionError) as error:
        raise _RequestError(f"the line is no JSON: {error}") from error
    if not isinstance(request, dict) or not isinstance(request.get("selector"), str):
        raise _RequestError('the line is no JSON object with a text under "selector"')
    labels = request.get("labels", [])
    if not isinstance(labels, list) or not all(map(_is_label_set, labels)):
        raise _RequestError('"labels" is no list of objects with texts as values')
    return request["selector"], cast(list[dict[str, str]], labels)


def _is_label_set(labels: object) -> bool:
    return isinstance(labels, dict) and all(isinstance(value, str) for value in labels.values())
