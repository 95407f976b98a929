#!/usr/bin/env python3
"""Fits src/data/trust.toml: how much each sign speaks for a link. Needs numpy and scikit-learn.

usage: trust.py [--least X] [--write] ROWS.tsv:LABELS …
  ROWS.tsv  what `cargo bench --bench links -- [--catalogue FOLDER] FOLDER` prints for the texts of a folder
  LABELS    a folder with one JSON file a text, of the same name: {"figures": [{"start": …, "indicator": id or null,
            "nature": …, "also": [ids], "doubtful": true}]}, as in ../shared/gold

A text that the catalogue was mended by says too little about texts that nobody has seen. So each group of texts is read
with the catalogue of before it was looked at (`--catalogue`, from history). Changes and doubtful figures are left out, and
so are links that the figures of a sentence settle between them. Printed are precision and recall at several confidences,
each text weighed by a model that was fitted without it, and without its whole group.
"""
import argparse, collections, csv, json, pathlib
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

# How strongly the weights are held near zero; half or twice as much changes little.
STRENGTH = 0.1
TARGET = pathlib.Path(__file__).resolve().parent.parent / 'src' / 'data' / 'trust.toml'
HEAD = '''# How far the best candidate of a figure is to be trusted. Each sign that shows (src/core/links/trust.rs) adds its weight
# to the base; the sum is the logarithm of the odds that the link is right.
# Fitted by benches/trust.py, which tells how; not to be changed by hand.
# A link with less confidence than `least` is not made.
'''

Row = collections.namedtuple('Row', 'group text signs right settled')


def labels(folder):
    """By text, the accepted ids of each figure; None where it does not count."""
    found = {}
    for path in pathlib.Path(folder).glob('*.json'):
        figures = json.loads(path.read_text(encoding='utf-8'))['figures']
        ids = lambda f: [f['indicator']] * bool(f['indicator']) + f.get('also', [])
        out = lambda f: f.get('doubtful') or f.get('nature') == 'change'
        found[path.stem] = {f['start']: None if out(f) else ids(f) for f in figures}
    return found


def read(pair):
    """The rows of one group with a candidate, and how many figures have an indicator in the labels."""
    rows_file, folder = pair.rsplit(':', 1)
    known, rows, seen = labels(folder), [], set()
    lines = csv.reader(open(rows_file, encoding='utf-8'), delimiter='\t', quoting=csv.QUOTE_NONE)
    names = next(lines)[7:]
    for file, start, _, nature, linked, _, first, *signs in lines:
        text = pathlib.Path(file).stem
        ids = known.get(text, {}).get(int(start), [])
        seen.add((text, int(start)))
        if ids is None or nature == 'change' or first == '-':
            continue
        signs = np.array([float(sign) for sign in signs])
        rows.append(Row(rows_file, f'{rows_file}/{text}', signs, first in ids, linked == '-' or not signs.any()))
    wanted = sum(bool(ids) for text in known.values() for ids in text.values())
    return names, rows, wanted


def fit(rows):
    x, y = np.array([r.signs for r in rows]), np.array([r.right for r in rows])
    scale = StandardScaler().fit(x)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(scale.transform(x), y)
    weights = model.coef_[0] / scale.scale_
    return weights, model.intercept_[0] - weights @ scale.mean_


def confidence(rows, fitted):
    weights, base = fitted
    return 1 / (1 + np.exp(-np.array([r.signs for r in rows]) @ weights - base))


def tell(name, rows, sure, wanted):
    told = []
    for least in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
        right = [r.right for r, c in zip(rows, sure) if c >= least]
        p, r = sum(right) / max(1, len(right)), sum(right) / max(1, wanted)
        told.append(f'{least:.2f}: {p:.3f} {r:.3f}')
    print(f'{name:24}', ' | '.join(told))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('pairs', nargs='+'); ap.add_argument('--least', type=float, default=0.65)
    ap.add_argument('--write', action='store_true')
    args = ap.parse_args()
    groups = [read(pair) for pair in args.pairs]
    names, wanted = groups[0][0], sum(group[2] for group in groups)
    rows = [row for group in groups for row in group[1] if not row.settled]
    print('confidence: precision recall')
    sure = np.zeros(len(rows))
    for rest, part in GroupKFold(8).split(rows, groups=[r.text for r in rows]):
        sure[part] = confidence([rows[i] for i in part], fit([rows[i] for i in rest]))
    tell('all, text by text', rows, sure, wanted)
    for _, mine, count in groups if len(groups) > 1 else []:
        part = [row for row in mine if not row.settled]
        others = fit([row for row in rows if row.group != part[0].group])
        tell(pathlib.Path(part[0].group).stem, part, confidence(part, others), count)
    weights, base = fit(rows)
    body = f'least = {args.least}\nbase = {base:.3f}\n\n[weights]\n' + ''.join(
        f'{name} = {weight:.3f}\n' for name, weight in zip(names, weights))
    if args.write:
        TARGET.write_text(HEAD + body, encoding='utf-8')
    else:
        print(body, end='')


if __name__ == '__main__':
    main()
