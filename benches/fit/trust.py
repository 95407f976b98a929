"""How much each sign speaks for a link: a logistic regression."""
import collections

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

# How strongly the weights are held near zero; half or twice as much changes little.
STRENGTH = 0.1
HEAD = '''# How far the best candidate of a figure is to be trusted. Each sign that shows (src/core/links/trust.rs) adds its weight
# to the base; the sum is the logarithm of the odds that the link is right.
# Fitted by benches/fit, which tells how; not to be changed by hand.
# A link with less confidence than `least` is not made.
'''

"""A figure with a candidate. `settled`: a link that the figures of a sentence settle between them."""
Row = collections.namedtuple('Row', 'group weight signs right settled')


def fit(rows):
    """Weights and base."""
    rows = [row for row in rows if not row.settled]
    signs, right = np.array([r.signs for r in rows]), np.array([r.right for r in rows])
    scale = StandardScaler().fit(signs)
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(scale.transform(signs), right, sample_weight=[r.weight for r in rows])
    weights = model.coef_[0] / scale.scale_
    return weights, model.intercept_[0] - weights @ scale.mean_


def confidence(rows, fitted):
    weights, base = fitted
    return 1 / (1 + np.exp(-np.array([r.signs for r in rows]) @ weights - base))


def tell(name, rows, fitted, wanted):
    """Prints precision and recall at several confidences."""
    rows = [row for row in rows if not row.settled]
    told, sure = [], confidence(rows, fitted)
    for least in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
        right = [r.right for r, c in zip(rows, sure) if c >= least]
        told.append(f'{least:.2f}: {np.mean(right):.3f} {sum(right) / max(1, wanted):.3f}')
    print(f'{name:8}', ' | '.join(told), flush=True)


def write(path, names, fitted, least):
    weights, base = fitted
    lines = ''.join(f'{name} = {weight:.3f}\n' for name, weight in zip(names, weights))
    path.write_text(f'{HEAD}least = {least}\nbase = {base:.3f}\n\n[weights]\n{lines}', encoding='utf-8')
