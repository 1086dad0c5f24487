"""What can be said on the command line."""

from __future__ import annotations

import argparse
from typing import Any

from linter import __version__


class UsageError(Exception):
    """The command line asks for something that cannot be; the text says what (exit status 2)."""


SEVERITIES = ("error", "warning", "hint", "never")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; the command's module is `options.command`."""
    top = argparse.ArgumentParser(
        prog="peerlint",
        description="Static analysis of Calico BGP manifests: what Calico rejects, what it silently ignores, and what "
        "would break BGP on every node.",
        epilog="exit status: 0 clean, 1 findings at or above the fail level, 2 wrong usage or configuration, "
        "3 peerlint itself failed",
        formatter_class=_Formatter,
    )
    top.add_argument("--version", action="version", version=f"peerlint {__version__}")
    top.add_argument("--print-completion", action=_Completion, choices=("bash", "zsh", "tcsh"), help="shell completion")
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", required=True, prog="peerlint", parser_class=_Command
    )
    _check(commands.add_parser("check", help="lint manifests", description="Lint manifests."))
    _fix(commands.add_parser("fix", help="mend what check finds, as far as it knows how"))
    _read(commands.add_parser("read", help="show manifests as Calico's tools will see them"))
    _select(commands.add_parser("select", help="show which nodes a selector matches, and why"))
    _explain(commands.add_parser("explain", help="show a rule's page"))
    _rules(commands.add_parser("rules", help="list the rules"))
    _configuration(commands.add_parser("config", help="show the settings in force, or write a file to start from"))
    _new(commands.add_parser("new", help="write a rule file to start from"))
    _test(commands.add_parser("test", help="run the examples of a rule pack"))
    top.set_defaults(baseline=None, write_baseline=None, prune_baseline=False)
    return top


class _Formatter(argparse.HelpFormatter):
    """Help at a fixed width: argparse makes a formatter for every option, and each would ask for the terminal's."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)


class _Command(argparse.ArgumentParser):
    """The parser of one command."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Formatter, **settings)


class _Completion(argparse.Action):
    """Print a completion script; the library that writes it is imported only here."""

    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        import shtab

        print(shtab.complete(parser, str(rest[1])))
        parser.exit()


def _check(check: argparse.ArgumentParser) -> None:
    _paths(check)
    _judging(check)
    check.add_argument("--show-unknown", action="store_true", help="tell which rules need to know more than is here")
    _baseline(check)
    _reporting(check)


def _fix(fix: argparse.ArgumentParser) -> None:
    fix.description = (
        "Make the safe fixes of what check finds, again and again until none is left, and report what remains. Files "
        "are written all or none; what an ignore or the baseline covers, inventories and files that cannot be written "
        "are left alone. Standard input is answered on standard output, and the report goes to standard error."
    )
    fix.epilog = (
        "exit status: 0 nothing remains at or above the fail level, and --diff has nothing to show, 1 something does, "
        "2 wrong usage or configuration, or a file could not be written (then none is), 3 peerlint itself failed"
    )
    _paths(fix)
    add = fix.add_argument
    add("--unsafe", action="store_true", help="make the fixes too that change what Calico does with an object")
    add("--diff", action="store_true", help="print what would change as a patch, and write nothing")
    add("--show-fixes", action="store_true", help="list each fix that is made")
    _judging(fix)
    add("--baseline", metavar="FILE", help="findings that were there before, which are neither fixed nor reported")
    _reporting(fix)


def _judging(command: argparse.ArgumentParser) -> None:
    """Options of what is judged, by what, and with which status."""
    add = command.add_argument
    add("--output", action="append", metavar="FORMAT[=FILE]", help="text, concise, json or jsonl; may be repeated")
    _deciding(command)
    add("--preview", action="store_true", help="let rules speak that are still on trial")
    add("--exit-zero", action="store_true", help="status 0 whatever is found")
    add("--no-ignores", action="store_true", help="heed no ignore comments and annotations")
    _config(command)


def _deciding(command: argparse.ArgumentParser) -> None:
    """Options that take the place of settings, or add to them."""
    add = command.add_argument
    add("--calico-version", metavar="3.N", help="the Calico release to judge for (default: the newest known)")
    add("--cluster", metavar="NAME", help="only this cluster of the configuration")
    add("--inventory", action="append", default=[], metavar="PATH", help="Nodes and context: read, not reported on")
    add("--select", action="append", default=[], metavar="RULES", help="only these rules (names, codes, prefixes)")
    add("--ignore", action="append", default=[], metavar="RULES", help="not these rules")
    add("--fail-level", choices=SEVERITIES, help="least severity that makes the status 1 (default: warning)")


def _reporting(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--color", choices=("auto", "always", "never"), default="auto", help="colour the text output")
    add("--quiet", action="store_true", help="findings only: no summary, no notes")
    add("--statistics", action="store_true", help="count the findings of each rule")
    add("--allow-empty", action="store_true", help="status 0 when the paths hold no file")
    add("--stdin-filename", metavar="PATH", help="what to call standard input in the findings")


def _read(read: argparse.ArgumentParser) -> None:
    read.description = "Print each document as the JSON that Calico's tools make of it."
    _paths(read)
    read.add_argument("--stdin", action="store_true", help="answer JSON strings, a document each, by lines")


def _select(select: argparse.ArgumentParser) -> None:
    select.description = "Show which nodes a selector matches, and for the others the part that failed."
    add = select.add_argument
    add("selector", nargs="?", metavar="EXPR", help="a Calico selector")
    add("--label", action="append", default=[], metavar="KEY=VALUE", help="a label to match against; may be repeated")
    add("--inventory", action="append", default=[], metavar="PATH", help="manifests with Nodes of either group")
    add("--explain", action="store_true", help="draw the selector as a tree")
    add("--output", choices=("text", "json"), default="text", metavar="FORMAT", help="text or json")
    add("--stdin", action="store_true", help='answer lines {"selector": "…", "labels": [{…}]} with JSON lines')


def _explain(explain: argparse.ArgumentParser) -> None:
    explain.description = "Print a rule's page."
    explain.add_argument("rule", metavar="RULE", help="a rule's name or code")
    _config(explain)
    explain.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _rules(rules: argparse.ArgumentParser) -> None:
    rules.description = "Print the catalogue of rules."
    _config(rules)
    formats = ("text", "json", "markdown")
    rules.add_argument("--output", choices=formats, default="text", metavar="FORMAT", help="text, json or markdown")


def _configuration(config: argparse.ArgumentParser) -> None:
    actions = config.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=_Command)
    show = actions.add_parser("show", help="print each setting in force and where it comes from")
    show.description = "Print each setting in force and where it comes from: the default, a line of the file, a flag."
    _paths(show)
    _deciding(show)
    _config(show)
    show.add_argument("--baseline", metavar="FILE", help="findings that were there before, which are not reported")
    formats = ("text", "json")
    show.add_argument("--output", choices=formats, default="text", metavar="FORMAT", help="text (YAML) or json")
    show.set_defaults(color="auto", quiet=False, statistics=False, no_ignores=False, preview=False)
    init = actions.add_parser("init", help="write a commented .peerlint.yaml to start from")
    init.description = "Write a commented .peerlint.yaml to start from; one that is there is left alone."
    init.add_argument("directory", nargs="?", default=".", metavar="DIRECTORY", help="where to (default: here)")


def _new(new: argparse.ArgumentParser) -> None:
    new.description = "Write a rule file to start from, with examples that hold."
    new.add_argument("what", choices=("rule",), help="what to write")
    new.add_argument("name", metavar="NAME", help="the rule's name, such as unnamed-router")
    new.add_argument("--pack", metavar="DIR", default="peerlint-rules", help="where to (default: peerlint-rules)")
    new.add_argument("--code", metavar="CODE", help="the rule's code (default: the next one of the pack)")
    new.add_argument("--severity", choices=SEVERITIES[:3], default="warning", help="default: warning")


def _test(test: argparse.ArgumentParser) -> None:
    test.description = "Hold the rules of a pack to their pages, and to DIR/cases/<rule>.md. This runs their code."
    test.add_argument("packs", nargs="+", metavar="DIR", help="a directory of rule files")


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", metavar="PATH", help="files, directories, or - for standard input")


def _baseline(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--baseline", metavar="FILE", help="findings that were there before, which are not reported")
    only = command.add_mutually_exclusive_group()
    explained = "write today's findings to the baseline; one that is there only loses what is gone"
    only.add_argument("--write-baseline", nargs="?", const="", metavar="FILE", help=explained)
    only.add_argument("--prune-baseline", action="store_true", help="take out of the baseline what is gone")


def _config(command: argparse.ArgumentParser) -> None:
    explained = "the configuration to use instead of the nearest .peerlint.yaml"
    command.add_argument("--config", metavar="FILE", help=explained)
