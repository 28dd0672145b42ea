#!/usr/bin/env python3
"""Fits crates/names/data/model.tsv, and reports how good the fit is on names it has not seen.

  python3 bench/names/train.py --dev ../shared/data/names-dev [--program target/release/counteratlas] [--write]

What is fitted on what, and how to read the figures, is in bench/names/README.md. Needs numpy 2 and scikit-learn 1.9;
the same seed, versions and data give the same file byte by byte.
"""
import argparse
import collections
import csv
import pathlib
import subprocess
import sys
import tempfile
import zlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED, TREES, RATE, DEPTH, FOLDS = 1, 60, 0.2, 3, 5
# Candidates that the index finds for a query weigh less than labelled pairs: there are many, nearly all are wrong.
CANDIDATES, CANDIDATE_WEIGHT = 6, 0.3
# More of these can only speak for, of those only against; a fit that says otherwise has learnt a fault of the labels.
FOR = "own_least own_most own_met shared_least shared_most shared_met all_met likeness initials whole joined".split()
AGAINST = ("reading_against field_one kind_one own_left_least own_left_most shared_left_least shared_left_most "
           "place_against number_against legal_against kind_against other_character country_against field_against "
           "number_one place_one branch_one lone_acronym").split()


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Table:
    """Labelled pairs with their measures, as `counteratlas names compare --measures` writes them."""

    def __init__(self, program, pairs):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as out:
            subprocess.run([program, "names", "compare", "--measures", pairs], stdout=out, check=True)
            self.rows = read(out.name)
        columns = list(self.rows[0])
        self.names = columns[columns.index("at_most") + 1:]
        self.x = np.array([[float(row[name]) for name in self.names] for row in self.rows])
        self.y = np.array([int(row["is_match"]) for row in self.rows])
        self.shipped = self.column("score")
        self.bounds = self.column("at_least"), self.column("at_most")

    def column(self, name):
        return np.array([float(row[name]) for row in self.rows])

    def keep(self, mask):
        self.rows = [row for row, keep in zip(self.rows, mask) if keep]
        self.x, self.y = self.x[mask], self.y[mask]


def candidates(program, dev, folder):
    """The best few candidates of every query, labelled by whether they are the entity that was meant."""
    found = folder / "found.tsv"
    with open(found, "w", encoding="utf-8") as out:
        subprocess.run([program, "names", "screen", "--best", str(CANDIDATES), dev / "screen_kb_dev.tsv",
                        dev / "screen_queries_dev.tsv"], stdout=out, check=True)
    pairs = folder / "candidates.tsv"
    with open(pairs, "w", encoding="utf-8") as out:
        out.write("name1\tname2\tis_match\n")
        for row in read(found):
            if row["best"]:
                out.write(f"{row['name']}\t{row['best_name']}\t{int(row['best'] == row['entity'])}\n")
    table = Table(program, pairs)
    # A candidate of which everything meets and nothing is left over is the same body, listed twice.
    place = {name: i for i, name in enumerate(table.names)}
    doubled = (table.y == 0) & (table.x[:, place["whole"]] > 0) & (table.x[:, place["all_met"]] > 0.95)
    table.keep(~doubled)
    return table


def fit(names, x, y, weights):
    signs = [1 if name in FOR else -1 if name in AGAINST else 0 for name in names]
    model = HistGradientBoostingClassifier(max_iter=TREES, learning_rate=RATE, max_depth=DEPTH, min_samples_leaf=40,
                                           l2_regularization=3, monotonic_cst=signs, random_state=SEED,
                                           early_stopping=False)
    return model.fit(x, y, sample_weight=weights)


def both(pairs, rows, found, others):
    """Training data: the given rows of the pairs, and the given candidates at their lower weight."""
    x = np.vstack([pairs.x[rows], found.x[others]])
    y = np.concatenate([pairs.y[rows], found.y[others]])
    weights = np.concatenate([np.ones(len(rows)), np.full(len(others), CANDIDATE_WEIGHT)])
    return x, y, weights


def unseen(pairs, found):
    """Log odds of every pair by a model that has seen neither the pair nor a candidate with one of its names."""
    folds = np.array([zlib.crc32(min(r["name1"], r["name2"]).encode()) % FOLDS for r in pairs.rows])
    odds = np.zeros(len(pairs.y))
    for fold in range(FOLDS):
        test, train = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        known = {pairs.rows[i][side] for i in test for side in ("name1", "name2")}
        others = [i for i, r in enumerate(found.rows) if r["name1"] not in known and r["name2"] not in known]
        model = fit(pairs.names, *both(pairs, train, found, np.array(others, dtype=int)))
        odds[test] = model.decision_function(pairs.x[test])
    return odds


def calibration(odds, y, bounds):
    """Scale and shift of the log odds that make shares of probabilities, and what comes of them."""
    line = LogisticRegression(C=1e6).fit(odds[:, None], y)
    scale, shift = float(line.coef_[0, 0]), float(line.intercept_[0])
    scores = np.clip(1 / (1 + np.exp(-(scale * odds + shift))), *bounds)
    return scale, shift, scores


def ends(scores, y):
    order = np.argsort(-scores, kind="stable")
    sorted_scores = scores[order]
    last = np.flatnonzero(np.append(sorted_scores[1:] != sorted_scores[:-1], True))
    return sorted_scores[last], np.cumsum(y[order])[last] / (last + 1), np.cumsum(y[order])[last] / y.sum()


def at_precision(scores, y, target):
    cuts, precision, recall = ends(scores, y)
    good = np.flatnonzero(precision >= target)
    return (cuts[good[-1]], recall[good].max()) if len(good) else (2.0, 0.0)


def report(title, scores, table):
    y = table.y
    cut, r90 = at_precision(scores, y, 0.90)
    print(f"{title}: AP {average_precision_score(y, scores):.4f}, recall at 95% precision "
          f"{at_precision(scores, y, 0.95)[1]:.4f}, at 90% {r90:.4f} (score {cut:.3f})")
    return cut


def report_groups(scores, table, cut):
    groups = collections.defaultdict(lambda: ([], []))
    for row, score, label in zip(table.rows, scores, table.y):
        for kind in ("category", "source"):
            groups[kind, row[kind].removeprefix("neg|")][1 - label].append(score >= cut)
    print("\n| by | group | same | recall | different | wrongly taken |\n|---|---|---|---|---|---|")
    for (kind, group), (same, other) in sorted(groups.items(), key=lambda g: (g[0][0], -len(g[1][0]))):
        if len(same) >= 10:
            print(f"| {kind} | {group} | {len(same)} | {np.mean(same):.3f} | {len(other)} | {np.mean(other or [0]):.3f} |")


def report_shares(scores, y):
    print("\n| score | pairs | mean score | share that is right |\n|---|---|---|---|")
    for low in np.arange(0, 1, 0.1):
        inside = (scores >= low) & (scores < low + 0.1 + (low > 0.85))
        if inside.any():
            print(f"| {low:.1f}–{low + 0.1:.1f} | {inside.sum()} | {scores[inside].mean():.3f} | {y[inside].mean():.3f} |")


def tree_row(names, tree, scale):
    """A tree as seven questions and eight leaves, breadth first; `-` asks nothing and goes to the left."""
    questions, leaves = ["-"] * 7, [0.0] * 8

    def walk(node, at, depth):
        node = tree.nodes[node]
        if node["is_leaf"]:
            first = at
            for _ in range(DEPTH - depth):
                first = 2 * first + 1
            for leaf in range(first, first + 2 ** (DEPTH - depth)):
                leaves[leaf - 7] = node["value"] * scale
            return
        questions[at] = f"{names[node['feature_idx']]}>{node['num_threshold']:.6g}"
        walk(node["left"], 2 * at + 1, depth + 1)
        walk(node["right"], 2 * at + 2, depth + 1)

    walk(0, 0, 0)
    return "\t".join(["tree", *questions, *(f"{leaf:.5f}" for leaf in leaves)])


def write(path, names, model, scale, shift):
    base = float(model._baseline_prediction.ravel()[0]) * scale + shift
    lines = ["# How measures of two names become a probability. Fitted by bench/names/train.py; see bench/names/README.md.",
             "# A tree asks `measure>value`: no leads to question 2i+1, yes to 2i+2; `-` is always no. Then eight leaves, "
             "in log odds.", f"base\t{base:.5f}", "same\t0.8", "possible\t0.5"]
    lines += [tree_row(names, trees[0], scale) for trees in model._predictors]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dev", type=pathlib.Path, default=ROOT / "../shared/data/names-dev")
    parser.add_argument("--program", default=ROOT / "target/release/counteratlas")
    parser.add_argument("--write", action="store_true", help="replace crates/names/data/model.tsv")
    args = parser.parse_args()
    pairs = Table(args.program, args.dev / "org_pairs_dev.tsv")
    with tempfile.TemporaryDirectory() as folder:
        found = candidates(args.program, args.dev, pathlib.Path(folder))
    print(f"{len(pairs.y)} pairs, {len(found.y)} candidates ({found.y.mean():.3f} of them right)")
    odds = unseen(pairs, found)
    scale, shift, scores = calibration(odds, pairs.y, pairs.bounds)
    report("shipped model, seen", pairs.shipped, pairs)
    cut = report("this fit, unseen", scores, pairs)
    for level in (0.8, 0.9):
        print(f"score {level} and more: {np.mean(pairs.y[scores >= level]):.3f} of {np.sum(scores >= level)} are right")
    report_groups(scores, pairs, cut)
    report_shares(scores, pairs.y)
    if args.write:
        everything = both(pairs, np.arange(len(pairs.y)), found, np.arange(len(found.y)))
        write(ROOT / "crates/names/data/model.tsv", pairs.names, fit(pairs.names, *everything), scale, shift)
        print("written; build again before the next run", file=sys.stderr)


if __name__ == "__main__":
    main()
