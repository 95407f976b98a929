#!/usr/bin/env python3
"""Fits src/data/wording.tsv and src/data/trust.toml to labelled texts. Needs numpy, scipy and scikit-learn.

usage: python3 benches/fit [--least X] [--write] [--work FOLDER]

The texts and who wrote them are told in tests/sentences/written/groups.toml. What is told of a text by weights that were
fitted to it says too little about texts that nobody has seen. So the wordings of each fold are weighed by the others,
and a group that the catalogue was mended by is read with the catalogue of before, from history. Printed are precision
and recall at several confidences, each group by weights fitted without its fold.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import tempfile

import texts
import trust
import wording

DATA = texts.ROOT / 'src' / 'data'


def built():
    """The program that reads texts: benches/links.rs."""
    told = subprocess.run(['cargo', 'bench', '--no-run', '--message-format=json', '--bench', 'links'], cwd=texts.ROOT,
                          stdout=subprocess.PIPE, check=True, text=True)
    units = [json.loads(line) for line in told.stdout.splitlines()]
    return [u['executable'] for u in units if u.get('target', {}).get('name') == 'links' and u.get('executable')][-1]


def lay(group, work):
    """Writes the texts of a group out, and the catalogue that it is read with."""
    for i, text in enumerate(group.texts):
        path = work / group.name / f'{i:04}.txt'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.text, encoding='utf-8')
    if group.before is None:
        return DATA / 'catalogue'
    packed = subprocess.run(['git', 'archive', group.before, 'src/data/catalogue'], cwd=texts.ROOT,
                            stdout=subprocess.PIPE, check=True)
    before = work / f'before-{group.before}'
    before.mkdir(exist_ok=True)
    subprocess.run(['tar', 'x', '-C', before], input=packed.stdout, check=True)
    return before / 'src' / 'data' / 'catalogue'


def printed(*command):
    lines = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
    return list(csv.reader(lines, delimiter='\t', quoting=csv.QUOTE_NONE))


def labelled(group, rows):
    """The rows of figures whose label is known, with it."""
    for file, start, *rest in rows:
        label = group.texts[int(pathlib.Path(file).stem)].labels.get(int(start))
        if label is not None:
            yield label, rest


def words(program, group, work):
    rows = printed(program, '--words', work / group.name)
    return [wording.Row(*rest, label[0] if label else None) for label, rest in labelled(group, rows)]


def signs(program, group, work, catalogue, weights):
    names, *rows = printed(program, '--catalogue', catalogue, '--wording', weights, work / group.name)
    found = []
    for label, (_, nature, linked, _, first, *values) in labelled(group, rows):
        if nature != 'change' and first != '-':
            values = [float(value) for value in values]
            settled = linked == '-' or not any(values)
            found.append(trust.Row(group.name, group.weight, values, first in label, settled))
    return names[7:], found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--least', type=float, default=0.49)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--work', type=pathlib.Path, default=pathlib.Path(tempfile.mkdtemp()))
    args = parser.parse_args()
    program, groups = built(), list(texts.groups())
    catalogues = {group.name: lay(group, args.work) for group in groups}
    heard = {group.name: words(program, group, args.work) for group in groups}
    folds = sorted({group.fold for group in groups})
    seen = {}
    for fold in folds:
        path = args.work / f'wording-{fold}.tsv'
        wording.write(path, wording.fit([row for g in groups if g.fold != fold for row in heard[g.name]]))
        for g in groups:
            if g.fold == fold:
                names, seen[g.name] = signs(program, g, args.work, catalogues[g.name], path)
    print('confidence: precision recall')
    for fold in folds:
        without = trust.fit([row for g in groups if g.fold != fold for row in seen[g.name]])
        for g in groups:
            if g.fold == fold:
                wanted = sum(bool(label) for text in g.texts for label in text.labels.values())
                trust.tell(g.name, seen[g.name], without, wanted)
    if args.write:
        wording.write(DATA / 'wording.tsv', wording.fit([row for rows in heard.values() for row in rows]))
        trust.write(DATA / 'trust.toml', names, trust.fit([row for rows in seen.values() for row in rows]), args.least)


if __name__ == '__main__':
    main()
