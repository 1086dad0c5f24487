"""The C parser of ruamel.yaml (package `ruamel.yaml.clib`): the only door to ruamel in peerlint."""

from __future__ import annotations


class ReaderMissing(ImportError):
    """The C parser cannot be imported; the message says what to install. The pure parser is no substitute: it accepts
    and refuses other texts than Calico's reader."""


try:
    import _ruamel_yaml as clib
except ImportError as error:
    raise ReaderMissing(
        f"the C extension of ruamel.yaml cannot be imported ({error}); install it with: pip install ruamel.yaml.clib"
    ) from error
