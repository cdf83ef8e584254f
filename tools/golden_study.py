"""Golden values for the statistics of human studies.

Usage: NLTK_DATA=folder python tools/golden_study.py
Writes Tests/Fixtures/study/*.json: inputs and what SciPy, statsmodels, scikit-learn, krippendorff, pingouin and NLTK
make of them. What has no package (the resampling of participants, the limits of ICC to more than two digits) is
computed here in plain NumPy; published worked examples stand beside in the tests, with their sources.
Versions: requirements.txt.
"""

import json
import os
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pingouin
import scipy.stats as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

warnings.filterwarnings("ignore")
rng = np.random.default_rng(2024)
golden = {}


def plain(value):
    """NumPy to JSON; NaN to null."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (np.bool_, bool)):
        return bool(value)
    if isinstance(value, (np.integer, int)):
        return int(value)
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else float(value)
    return value


# Quantiles and ranks
samples = [[3.5], [1, 2], [5, 1, 4, 2, 3], np.round(rng.normal(size=20), 3), [2, 2, 3, 3, 3, 1]]
golden["quantiles"] = [
    {"values": v, "probabilities": (q := [0, 0.05, 0.25, 0.5, 0.73, 0.95, 1]), "quantiles": np.quantile(v, q),
     "variance": np.var(v, ddof=1) if len(v) > 1 else None, "mean": np.mean(v), "ranks": st.rankdata(v)}
    for v in samples
]

# Distribution functions: lower tail, upper tail, quantile of the lower tail
def distribution(name, parameters, d, places, shares=(1e-9, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999)):
    golden.setdefault("distributions", []).append(
        {"name": name, "parameters": parameters, "places": places, "lower": d.cdf(places), "upper": d.sf(places),
         "shares": shares, "quantiles": d.ppf(shares)})


distribution("normal", [], st.norm, [-12, -3.2, -1, 0, 0.3, 1.96, 7, 20])
for df in [1, 2, 3, 7.5, 40, 500]:
    distribution("chi-square", [df], st.chi2(df), [0.001, 0.5, 1, 3.84, 10, 45, 120, 600])
    distribution("t", [df], st.t(df), [-30, -2, -0.5, 0, 0.01, 1, 2.3, 5, 100])
for a, b in [(1, 1), (2, 3), (0.5, 0.5), (30, 2), (0.1, 8), (400, 700)]:
    distribution("beta", [a, b], st.beta(a, b), [0.001, 0.1, 0.364, 0.5, 0.9, 0.9999])
    distribution("f", [2 * a, 2 * b], st.f(2 * a, 2 * b), [0.01, 0.5, 1, 1.2, 4, 50])

# Friedman
tables = [rng.integers(1, 6, (12, 4)), np.round(rng.normal(size=(9, 3)), 3), rng.integers(1, 4, (40, 5)),
          np.round(rng.normal(size=(15, 4)) + [0, 0.3, 0.6, 1], 2)]
golden["friedman"] = []
for table in tables:
    n, k = table.shape
    chi, p = st.friedmanchisquare(*table.T)
    f = (n - 1) * chi / (n * (k - 1) - chi)
    ranks = np.apply_along_axis(st.rankdata, 1, table)
    golden["friedman"].append(
        {"rows": table, "chiSquare": chi, "p": p, "f": f, "pF": st.f.sf(f, k - 1, (k - 1) * (n - 1)),
         "meanRanks": ranks.mean(0), "concordance": chi / (n * (k - 1))})

# Wilcoxon signed rank
golden["wilcoxon"] = []
differences = [
    np.round(rng.normal(0.3, 1, 12), 4), np.round(rng.normal(0.2, 1, 50), 5), np.round(rng.normal(0.2, 1, 51), 5),
    rng.integers(-2, 4, 30), rng.integers(-2, 4, 10), [0, 0, 1, -2, 3, 4, 4, 0], [1.5], [1, 2, 3, 4, 5, 6, 7],
    np.round(rng.normal(0.1, 1, 200), 1),
]
for d in map(np.asarray, differences):
    for zeros in ["wilcox", "pratt"]:
        for source in ["auto", "asymptotic"]:
            r = st.wilcoxon(d, zero_method=zeros, correction=False, method=source)
            kept = d[d != 0]
            ranks = st.rankdata(np.abs(d if zeros == "pratt" else kept))
            ranks = ranks[d != 0] if zeros == "pratt" else ranks
            plus, minus = ranks[kept > 0].sum(), ranks[kept < 0].sum()
            golden["wilcoxon"].append(
                {"differences": d, "zeros": zeros, "source": source, "statistic": r.statistic, "p": r.pvalue,
                 "z": getattr(r, "zstatistic", None), "positive": plus, "negative": minus,
                 "rankBiserial": (plus - minus) / (plus + minus)})
x, y = rng.integers(1, 6, 25), rng.integers(1, 5, 25)
assert np.isclose(pingouin.wilcoxon(x, y)["RBC"].iloc[0], [
    (lambda d, r: (r[d > 0].sum() - r[d < 0].sum()) / r.sum())(d := (x - y)[x != y], st.rankdata(np.abs(d)))])

# Groups of different participants
golden["mannWhitney"] = []
source = np.random.default_rng(99)
for a, b in [(source.normal(size=8), source.normal(0.5, size=12)), (source.integers(1, 6, 20), source.integers(1, 5, 25)),
             ([1.5], [2.5, 0.5]), (source.normal(size=30), source.normal(1, size=25)), ([1, 2, 3], [4, 5, 6])]:
    a, b = np.round(a, 4), np.round(b, 4)
    exact = st.mannwhitneyu(a, b)
    golden["mannWhitney"].append({"a": a, "b": b, "u": exact.statistic, "p": exact.pvalue,
                                  "normal": st.mannwhitneyu(a, b, method="asymptotic").pvalue})
golden["kruskal"] = [
    {"groups": groups, "h": (r := st.kruskal(*groups)).statistic, "p": r.pvalue}
    for groups in [[source.integers(1, 6, n) for n in (9, 12, 7)], [np.round(source.normal(size=n), 3) for n in (5, 6)]]]

# Holm, Cliff's delta, Wilson, binomial
p = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 0.9], np.round(rng.uniform(size=10) ** 3, 6)]
golden["holm"] = [{"p": v, "corrected": multipletests(v, method="holm")[1]} for v in p]
pairs = [([1, 2, 3], [2, 3, 4, 5]), (rng.integers(1, 6, 30), rng.integers(1, 5, 20)), ([4, 5], [1, 2])]
golden["cliff"] = [
    {"a": a, "b": b, "delta": np.sign(np.subtract.outer(a, b)).mean()} for a, b in pairs]
golden["wilson"] = [
    {"successes": s, "trials": n, "level": level,
     "limits": proportion_confint(s, n, alpha=1 - level, method="wilson")}
    for s, n in [(0, 5), (5, 5), (41, 50), (3, 7), (921, 1000)] for level in [0.9, 0.95]]
golden["binomial"] = [
    {"successes": s, "trials": n, "chance": c, "twoSided": st.binomtest(s, n, c).pvalue,
     "greater": st.binomtest(s, n, c, "greater").pvalue, "less": st.binomtest(s, n, c, "less").pvalue}
    for s, n in [(0, 5), (5, 5), (41, 50), (25, 50), (3, 7), (921, 1000), (1, 1), (60, 200)]
    for c in [0.5, 0.25, 0.82]]

# Correlation
golden["correlation"] = []
for n in [3, 8, 40]:
    x = np.round(rng.normal(size=n), 3)
    y = np.round(0.5 * x + rng.normal(size=n), 1)
    r, s = st.pearsonr(x, y), st.spearmanr(x, y)
    golden["correlation"].append(
        {"x": x, "y": y, "pearson": r.statistic, "pearsonP": r.pvalue, "spearman": s.statistic,
         "spearmanP": s.pvalue})

# Kappa
golden["kappa"] = []
for n in [6, 40]:
    a = rng.integers(1, 6, n)
    b = np.clip(a + rng.integers(-1, 2, n), 1, 5)
    golden["kappa"].append(
        {"first": a, "second": b} | {
            name: cohen_kappa_score(a, b, weights=w, labels=[1, 2, 3, 4, 5])
            for name, w in [("none", None), ("linear", "linear"), ("quadratic", "quadratic")]})

# Krippendorff: units × raters, null where missing
nan = np.nan
hayes = np.array([  # Krippendorff 2011, section E: four observers, twelve units
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
    [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]])
ratings = np.clip(rng.integers(1, 6, (20, 1)) + rng.integers(-1, 2, (20, 8)), 1, 5).astype(float)
ratings[rng.uniform(size=ratings.shape) < 0.3] = nan
golden["krippendorff"] = [
    {"units": table.T.tolist() and [[None if np.isnan(v) else v for v in unit] for unit in table.T]} | {
        level: krippendorff.alpha(reliability_data=table, level_of_measurement=level)
        for level in ["nominal", "ordinal", "interval"]}
    for table in [hayes, ratings.T]]

# Intraclass correlation
golden["icc"] = []
shrout = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
rated = np.clip(rng.integers(1, 6, (15, 1)) + rng.integers(-1, 2, (15, 5)), 1, 5)
noise = rng.integers(1, 6, (8, 6))
for table in [shrout, rated, noise]:
    n, k = table.shape
    m = table.mean()
    msr = k * ((table.mean(1) - m) ** 2).sum() / (n - 1)
    msc = n * ((table.mean(0) - m) ** 2).sum() / (k - 1)
    mse = ((table - table.mean(1)[:, None] - table.mean(0) + m) ** 2).sum() / ((n - 1) * (k - 1))
    long = pd.DataFrame(table).stack().reset_index()
    long.columns = ["unit", "rater", "score"]
    packaged = pingouin.intraclass_corr(long, "unit", "rater", "score").set_index("Type")
    one, many = packaged.loc["ICC(A,1)"], packaged.loc["ICC(A,k)"]
    # McGraw & Wong 1996, table 7
    a = k * one.ICC / (n * (1 - one.ICC))
    b = 1 + k * one.ICC * (n - 1) / (n * (1 - one.ICC))
    v = (a * msc + b * mse) ** 2 / ((a * msc) ** 2 / (k - 1) + (b * mse) ** 2 / ((n - 1) * (k - 1)))
    up, down = st.f.ppf(0.975, n - 1, v), st.f.ppf(0.975, v, n - 1)
    low = n * (msr - up * mse) / (up * (k * msc + (k * n - k - n) * mse) + n * msr)
    high = n * (down * msr - mse) / (k * msc + (k * n - k - n) * mse + n * down * msr)
    limits = [low, high, *(k * x / (1 + (k - 1) * x) for x in (low, high))]
    assert np.allclose(limits, [*one["CI95"], *many["CI95"]], atol=0.00501), (limits, packaged)
    golden["icc"].append({"rows": table, "single": one.ICC, "average": many.ICC, "limits": limits})

# Density
golden["density"] = []
for v in [[1, 2], rng.integers(1, 6, 30), np.round(rng.normal(3, 1, 50), 3)]:
    kde = st.gaussian_kde(v)
    places = np.linspace(0, 6, 13)
    golden["density"].append({"values": v, "places": places, "densities": kde(places),
                              "bandwidth": np.sqrt(kde.covariance[0, 0])})

# The bootstrap of participants, by the generator written out
MASK = 2**64 - 1


def split_mix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def named(seed, label):
    h = 0xCBF29CE484222325
    for byte in label.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return split_mix(next(split_mix(seed)) ^ h)


people = [np.round(rng.normal(rng.normal(3, 0.8), 0.5, rng.integers(3, 9)), 2) for _ in range(15)]
source = named(7, "mean")
means = []
for _ in range(2000):
    drawn = [people[(next(source) * 15) >> 64] for _ in range(15)]
    means.append(np.concatenate(drawn).mean())
# Hesterberg 2015, expanded percentile interval
tail = st.norm.cdf(st.t.ppf(0.025, 14) * np.sqrt(15 / 14))
golden["bootstrap"] = {
    "people": people, "seed": 7, "label": "mean", "limits": np.quantile(means, [0.025, 0.975]),
    "expanded": np.quantile(means, [tail, 1 - tail]),
    "first": [int(x) >> 32 for _, x in zip(range(3), split_mix(42))]}

path = Path(__file__).parent.parent / "Tests/Fixtures/study/statistics.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(plain(golden), separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")

# A whole study: 24 participants, 3 methods, 6 targets, some answers missing; what the analysis says of it
long = []
for person in range(24):
    bias = rng.normal(0, 0.6)
    for target in range(6):
        for method, quality in enumerate([3.6, 3.1, 2.4]):
            if rng.uniform() < 0.05:
                continue
            rating = int(np.clip(np.round(quality + bias + 0.3 * target - 0.8 + rng.normal(0, 0.8)), 1, 5))
            long.append((f"p{person:02}", f"t{target}", f"m{method}", rating))
frame = pd.DataFrame(long, columns=["participant", "target", "method", "rating"])
means = frame.pivot_table(index="participant", columns="method", values="rating", aggfunc="mean")
units = frame.pivot(index=["target", "method"], columns="participant", values="rating")
complete = units.dropna(axis=1)
wide = complete.stack().reset_index()
wide.columns = ["target", "method", "rater", "score"]
wide["unit"] = wide.target + wide.method
pairs = [("m0", "m1"), ("m0", "m2"), ("m1", "m2")]
tests = [st.wilcoxon((means[a] - means[b]).round(9), correction=False) for a, b in pairs]
chi, p = st.friedmanchisquare(*means.round(9).to_numpy().T)
packaged = pingouin.intraclass_corr(wide, "unit", "rater", "score").set_index("Type")
study = {
    "rows": long,
    "methods": [
        {"count": len(r), "median": np.median(r), "mean": np.mean(r), "q5": np.quantile(r, 0.05),
         "q95": np.quantile(r, 0.95), "high": np.mean(r >= 4), "distribution": [(r == v).sum() for v in range(1, 6)],
         "overTargets": units.xs(m, level="method").mean(axis=1).mean()}
        for m in ["m0", "m1", "m2"] for r in [frame[frame.method == m].rating.to_numpy()]],
    "targets": [{"target": t, "mean": v} for t, v in
                units.mean(axis=1).groupby("target").mean().sort_values().items()],
    "friedman": [chi, p],
    "pairs": [{"difference": (means[a] - means[b]).mean(), "p": t.pvalue, "corrected": c,
               "rankBiserial": pingouin.wilcoxon((means[a] - means[b]).round(9)).RBC.iloc[0],
               "cliff": np.sign(np.subtract.outer(means[a].to_numpy(), means[b].to_numpy()).round(9)).mean()}
              for (a, b), t, c in zip(pairs, tests, multipletests([t.pvalue for t in tests], method="holm")[1])],
    "alpha": krippendorff.alpha(reliability_data=units.to_numpy().T, level_of_measurement="ordinal"),
    "raters": complete.shape[1],
    "icc": packaged.loc["ICC(A,k)"].ICC,
}
path = path.with_name("analysis.json")
path.write_text(json.dumps(plain(study), separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")

# Similarity of nouns, by NLTK from the files of Debian's wordnet-base. NLTK looks for its data in the folders of NLTK_DATA:
# copy /usr/share/wordnet to $NLTK_DATA/corpora/wordnet beforehand.
from nltk.corpus.reader.wordnet import WordNetCorpusReader  # noqa: E402

folder = Path(os.environ["NLTK_DATA"]) / "corpora/wordnet"
# Debian leaves out two files that only other reckonings need: the names of the lexicographers' files, and the senses' keys.
(folder / "lexnames").write_text("".join(f"{number:02}\tfile{number}\t1\n" for number in range(45)))
WordNetCorpusReader.map_wn = lambda self, *_: None
wordnet = WordNetCorpusReader(str(folder), None)
every = sorted(wordnet.all_synsets("n"), key=lambda s: s.offset())
chosen = [every[i] for i in rng.integers(0, len(every), 600)]
senses = [[a.offset(), b.offset(), a.wup_similarity(b)] for a, b in zip(chosen[:300], chosen[300:])]
# Neighbours too, where several ways lead to what is common.
for synset in [every[i] for i in rng.integers(0, len(every), 3000)]:
    if len(synset.hypernyms()) > 1 and len(senses) < 450:
        other = every[rng.integers(0, len(every))]
        senses += [[synset.offset(), other.offset(), synset.wup_similarity(other)],
                   [other.offset(), synset.offset(), other.wup_similarity(synset)],
                   [synset.offset(), (up := max(synset.hypernyms(), key=lambda s: s.offset())).offset(), synset.wup_similarity(up)]]
words = ["zebra", "horse", "dog", "cat", "mushroom", "clock", "coffee_mug", "traffic_light", "strawberry", "car", "goose",
         "mouse", "knife", "ladybug", "volcano", "person", "stripe", "chef", "fireman"]
best = lambda a, b: max(x.wup_similarity(y) or 0 for x in wordnet.synsets(a, "n") for y in wordnet.synsets(b, "n"))
forms = ["zebras", "wolves", "firemen", "geese", "mice", "boxes", "churches", "berries", "buses", "glasses", "axes", "data",
         "dice", "men", "traffic_lights", "knives", "fungi", "xyzzy", "s", "dogs"]
path = path.with_name("wordnet.json")
path.write_text(json.dumps(plain({
    "senses": senses,
    "words": [[a, b, best(a, b)] for i, a in enumerate(words) for b in words[:i]],
    "lemmas": {form: wordnet._morphy(form, "n") for form in forms},
}), separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
