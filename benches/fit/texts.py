"""The labelled texts: tests/sentences/written, tests/sentences/dev.jsonl and, where they are there, ../shared/gold."""
import collections
import json
import pathlib
import re
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SENTENCES = ROOT / 'tests' / 'sentences'
SHARED = ROOT.parent / 'shared'
MARK = re.compile(r'\[\[([^|\]]*)\|([^\]]*)\]\]')

"""Texts of one hand. `fold`: what is fitted together is never told by what it was fitted to. `weight`: of each figure.
`before`: the commit whose catalogue had not yet been mended by these texts."""
Group = collections.namedtuple('Group', 'name fold weight before texts')
"""A text and by start of a figure its accepted indicators: an empty list where it has none, None where it is open."""
Text = collections.namedtuple('Text', 'text labels')


def written(piece):
    """A piece of a marked text: its first line tells place, year and voice."""
    head, _, body = piece.strip().partition('\n')
    place, year, _ = head.removeprefix('@').split('|', 2)
    text, labels, at = f'{place}{year}年法治政府建设情况报告\n\n', {}, 0
    body = re.sub(r'(?m)^#+\s*', '', body.strip())
    for mark in MARK.finditer(body):
        text += body[at:mark.start()]
        at, tag = mark.end(), mark[2].strip()
        id = tag.lstrip('?~<!')
        # Doubtful figures and growths are left out: a growth goes by other figures of its sentence.
        labels[len(text)] = None if '?' in tag or '~' in tag else [id] * bool(id)
        text += mark[1]
    return Text(text + body[at:] + '\n', labels)


def of_json(text, figures, offset=0):
    open_ = lambda f: f['nature'] == 'change' or f['indicator'] is None and f.get('also')
    ids = lambda f: [f['indicator']] * bool(f['indicator']) + f.get('also', [])
    return Text(text, {f['start'] + offset: None if open_(f) else ids(f) for f in figures})


def sentences(path):
    for line in path.read_text(encoding='utf-8').splitlines():
        one = json.loads(line)
        plan = '下一步工作打算\n\n' if one.get('chapter') == 'plan' else ''
        head = f"{one['place']}{one['year']}年法治政府建设情况报告\n\n{plan}"
        yield of_json(head + one['text'] + '\n', one['figures'], len(head))


def gold():
    for path in sorted((SHARED / 'gold').glob('*.json')):
        report = json.loads(path.read_text(encoding='utf-8'))
        if 'figures' in report:
            text = (SHARED / 'seeds' / report['file']).read_text(encoding='utf-8')
            yield of_json(text.removeprefix('\ufeff'), report['figures'])


def groups():
    for one in tomllib.loads((SENTENCES / 'written' / 'groups.toml').read_text(encoding='utf-8'))['group']:
        name = one['name']
        if name == 'seeds':
            texts = list(gold())
        elif name == 'dev':
            texts = list(sentences(SENTENCES / 'dev.jsonl'))
        else:
            marked = (SENTENCES / 'written' / f'{name}.txt').read_text(encoding='utf-8')
            texts = [written(piece) for piece in re.split(r'(?m)^====$', marked) if piece.strip()]
        if texts:
            yield Group(name, one['fold'], one['weight'], one.get('before'), texts)
