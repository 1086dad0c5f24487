"""The conversation of `peerlint read --stdin`: a JSON string in, what Calico's tools make of it out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from linter.text import Source
from linter.yaml.nodes import Fault
from linter.yaml.parser import first
from linter.yaml.plain import plain

if TYPE_CHECKING:
    from linter.yaml.plain import Json

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def answer(line: str) -> str:
    """One line of ASCII JSON for a line that holds the text of one document as a JSON string.

    It is `{"value": …}`, or `{"error": {"message": "…", "offset": 5}}` where Calico's reader refuses the text, repeated
    keys included. Of several documents that reader takes the first. A line that is no such JSON is answered
    `{"error": "…"}`.
    """
    try:
        text = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _dump({"error": f"no JSON: {error}"})
    if not isinstance(text, str):
        return _dump({"error": "a JSON string with the text of one document is wanted"})
    return _dump(_read(_LONE_SURROGATE.sub("\ufffd", text)))


def _read(text: str) -> dict[str, Json]:
    mark = text.startswith("\ufeff")
    document = first(Source("-", text[mark:]), {})
    if document is None:
        return {"value": None}
    for fault in document.faults:
        if fault.kind != Fault.LOST:
            return {"error": {"message": fault.reason, "offset": fault.span.start + mark}}
    return {"value": plain(document.root)}


def _dump(answer: dict[str, Json]) -> str:
    return json.dumps(answer)
