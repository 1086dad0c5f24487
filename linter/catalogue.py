"""The rules of a run: the core ones, and those of the packs that the user's own configuration names."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from linter.discovery import repository
from linter.packs import CORE, PackError, load
from linter.settings import rule_packs
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.rulekit import Rule
    from linter.text import Source

CODE: Final = r"[A-Z]{2,8}\d{3,4}"
RESERVED: Final = "CAL"


class Catalogue(NamedTuple):
    """The rules that a run knows, and what is wrong with the packs that were named."""

    rules: tuple[Rule, ...]
    mistakes: tuple[Fault, ...] = ()


def is_trusted(configuration: str) -> bool:
    """Whether packs may be loaded that this configuration names, without it being named itself.

    Packs are code. Only the configuration at the root of the repository that the working directory lies in, outside
    repositories the one in the working directory, is the user's own; any other came with the files to be checked.
    """
    here = os.path.realpath(os.getcwd())
    return os.path.realpath(os.path.dirname(configuration)) == (repository(here) or here)


def catalogue(core: tuple[Rule, ...], configuration: Source, root: str, *, trusted: bool) -> Catalogue:
    """The core rules and those of the packs that a configuration, which lies in `root`, names.

    A pack that cannot be loaded, or may not be, is a fault for the rule `invalid-configuration`.
    """
    rules = core
    mistakes: list[Fault] = []
    for named in rule_packs(configuration):
        if not trusted:
            reason = (
                f"`{named.value}` is not loaded: rule packs are code, and are loaded only when the configuration at "
                "the root of your repository names them, or the one given with --config"
            )
            mistakes.append(Fault("invalid-configuration", reason, named.span))
            continue
        try:
            rules = joined(rules, pack(os.path.join(root, named.value)))
        except PackError as error:
            reason = f"`{named.value}` is no rule pack that can be loaded: {error}"
            mistakes.append(Fault("invalid-configuration", reason, named.span))
    return Catalogue(rules, tuple(mistakes))


def pack(directory: str) -> tuple[Rule, ...]:
    """The rules of a user's pack.

    Raises:
        PackError: it is no directory or holds no rule, one of its rules cannot be loaded, or has a code that is none or
            that belongs to peerlint.
    """
    if not os.path.isdir(directory):
        raise PackError(f"{directory}: no such directory")
    rules = load(directory, os.path.abspath(directory))
    if not rules:
        raise PackError(f"{directory}: no rule file in it")
    for rule in rules:
        if not re.fullmatch(CODE, rule.code) or rule.code.startswith(RESERVED):
            raise PackError(
                f"{rule.check.__code__.co_filename}: {rule.code} is no code for it: write two to eight capitals, not "
                f"{RESERVED}, and three or four digits"
            )
    return rules


def joined(rules: Sequence[Rule], more: Sequence[Rule]) -> tuple[Rule, ...]:
    """Two sets of rules as one.

    Raises:
        PackError: a name or a code of the one is taken in the other.
    """
    taken = {key: rule for rule in rules for key in (rule.name, rule.code)}
    for rule in more:
        for key in (rule.name, rule.code):
            if key in taken:
                whose = "peerlint" if taken[key].pack == CORE else taken[key].pack
                raise PackError(f"{rule.check.__code__.co_filename}: {key} is taken by a rule of {whose}")
    return (*rules, *more)
