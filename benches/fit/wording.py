"""How much each pair of characters and each measure word around a number speaks for each indicator.

A figure is described by the pairs of Chinese characters beside it, those further around it and its measure word
(src/core/links/wording.rs). A linear support vector machine tells the indicators apart, and those figures that have
none. Only the strongest weights are kept.
"""
import collections

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

# How strongly weights are held near zero; how much the words further away and the measure word count.
STRENGTH, AROUND, UNIT = 0.3, 0.7, 0.5
# A feature that is met less often says nothing; so many weights are kept.
LEAST, KEPT = 3, 60_000
NOTHING = '-'
HEAD = '''# How the wording around a number speaks for each indicator: weights of pairs of characters, in hundredths, by class.
# Fitted by benches/fit, which tells how; not to be changed by hand.
'''
SCALE = {'beside': 1.0, 'around': AROUND, 'unit': UNIT}

"""A figure: the stretches beside and around it, parted by |, its measure word, and what it is."""
Row = collections.namedtuple('Row', 'beside around unit label')


def pairs(text):
    """The pairs of Chinese characters, with how often each is met."""
    han = lambda c: '\u4e00' <= c <= '\u9fff'
    return collections.Counter(a + b for a, b in zip(text, text[1:]) if han(a) and han(b))


def features(row):
    """The features of a figure with their values, as src/core/links/wording.rs reckons them."""
    for kind, text in (('beside', row.beside), ('around', row.around)):
        met = pairs(text)
        root = np.sqrt(sum(met.values()) or 1)
        yield from ((kind, pair, SCALE[kind] * times / root) for pair, times in met.items())
    yield 'unit', row.unit, UNIT


def matrix(rows, vocabulary):
    data, column, ends = [], [], [0]
    for row in rows:
        for kind, key, value in features(row):
            if (kind, key) in vocabulary:
                data.append(value)
                column.append(vocabulary[kind, key])
        ends.append(len(column))
    return sp.csr_matrix((data, column, ends), shape=(len(rows), len(vocabulary)))


def fit(rows):
    """Features, classes, weights by class and feature, and what each class begins with, in hundredths."""
    met = collections.Counter((kind, key) for row in rows for kind, key, _ in features(row))
    keys = sorted(key for key, times in met.items() if times >= LEAST)
    found = matrix(rows, {key: i for i, key in enumerate(keys)})
    # The same texts give the same weights.
    model = LinearSVC(C=STRENGTH, random_state=0).fit(found, [row.label or NOTHING for row in rows])
    weights = np.round(model.coef_ * [100 * SCALE[kind] for kind, _ in keys]).astype(int)
    bar = np.partition(np.abs(weights).ravel(), -KEPT)[-KEPT] if weights.size > KEPT else 1
    weights[np.abs(weights) < max(bar, 1)] = 0
    return keys, list(model.classes_), weights, np.round(model.intercept_ * 100).astype(int)


def write(path, fitted):
    keys, classes, weights, base = fitted
    with open(path, 'w', encoding='utf-8') as out:
        out.write(HEAD)
        out.write('class\t\t' + ' '.join(classes) + '\n')
        out.write('base\t\t' + ' '.join(f'{i}:{weight}' for i, weight in enumerate(base)) + '\n')
        for (kind, key), column in zip(keys, weights.T):
            if column.any() and key:
                out.write(f'{kind}\t{key}\t' + ' '.join(f'{i}:{column[i]}' for i in column.nonzero()[0]) + '\n')
