"""The C parser comes in by the light door, and the ordinary one still stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
AGREE = """
import json, sys
from linter.yaml.wire import answer
cases = json.load(open('tests/cases/yaml.json', encoding='utf-8'))
answers = [json.loads(answer(json.dumps(case['text']))) for case in cases]
assert all(('error' in one) == ('refused' in case) for one, case in zip(answers, cases))
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_import_is_light() -> None:
    loaded = run("""
import sys
from linter.yaml import extension
assert extension.LIGHT, 'ruamel.yaml.clib no longer loads without ruamel.yaml: mend the stand-ins'
print(sorted(name for name in sys.modules if 'ruamel' in name))
""")
    assert loaded == "['_ruamel_yaml']"


def test_ruamel_still_works_after_the_light_import() -> None:
    run("""
from linter.yaml import extension
import ruamel.yaml, io
for kind in ('rt', 'safe'):
    yaml, out = ruamel.yaml.YAML(typ=kind), io.StringIO()
    yaml.dump(yaml.load('a: [1, &x b, *x]'), out)
    assert 'a:' in out.getvalue(), kind
    try:
        yaml.load('a: [')
    except ruamel.yaml.error.YAMLError:
        pass
    else:
        raise SystemExit('no error')
get = extension.events('a: [1]')
assert sum(1 for _ in iter(get, None)) == 10
""")


def test_where_ruamel_is_loaded_its_own_classes_serve() -> None:
    run("import ruamel.yaml\nfrom linter.yaml import extension\nassert not extension.LIGHT\n" + AGREE)


def test_the_light_way_agrees() -> None:
    run("from linter.yaml import extension\nassert extension.LIGHT\n" + AGREE)


def test_an_unexpected_import_error_falls_back() -> None:
    run("""
import linter.yaml.scalars, sys
source = open('linter/yaml/extension.py', encoding='utf-8').read()
broken = source.replace('"ruamel.yaml.tokens"', '"ruamel.yaml.tockens"')
assert broken != source
names = {'__name__': 'linter.yaml.extension'}
exec(compile(broken, 'extension.py', 'exec'), names)
assert names['LIGHT'] is False
assert type(names['events']('a')()).__name__ == 'StreamStartEvent'
import ruamel.yaml
""")


def test_without_the_extension_the_message_says_what_to_install() -> None:
    said = run("""
import sys
sys.modules['_ruamel_yaml'] = None
try:
    import linter.yaml.parser
except ImportError as error:
    print(type(error).__name__, error)
""")
    assert said.startswith("ReaderMissing ")
    assert "pip install ruamel.yaml.clib" in said


@pytest.mark.parametrize("module", ["ruamel.yaml.main", "ruamel.yaml.constructor", "json"])
def test_reading_a_document_imports_no_more(module: str) -> None:
    run(f"""
import sys
from linter.text import Source
from linter.yaml.parser import documents
list(documents(Source('a.yaml', 'a: [1, b]\\n---\\nc: "d"\\n'), {{}}))
assert {module!r} not in sys.modules
""")
