"""Golden values for PictureDistance, by NumPy and SciPy in double precision.

Usage: python tools/golden_similarity.py
Prints the numbers that Tests/EvaluationTests/PictureDistanceTests.swift holds. The pictures are formulas there too.
"""

import numpy as np
from scipy.signal import convolve2d

y, x = np.mgrid[:23, :31]
a = np.stack([0.5 + 0.4 * np.sin(x / (2.0 + c) + y / 3.0) for c in range(3)]).astype(np.float32).astype(float)
b = a + 0.1 * np.stack([np.cos(x * 1.7 + c) * np.sin(y * 0.9) for c in range(3)])
b = b.astype(np.float32).astype(float)

g = np.exp(-((np.arange(11) - 5.0) ** 2) / (2 * 1.5**2))
window = np.outer(g, g) / g.sum() ** 2


def similarity(p, q):
    """Wang et al. 2004, windows within the picture, no correction of the variance for small samples."""
    blur = lambda v: convolve2d(v, window, mode="valid")
    mp, mq = blur(p), blur(q)
    vp, vq, c = blur(p * p) - mp * mp, blur(q * q) - mq * mq, blur(p * q) - mp * mq
    c1, c2 = 0.01**2, 0.03**2
    return np.mean((2 * mp * mq + c1) * (2 * c + c2) / ((mp * mp + mq * mq + c1) * (vp + vq + c2)))


d = a - b
eight = lambda v: np.floor(np.clip(v, 0, 1) * 255 + 0.5)
print("maximum", np.abs(d).max())
print("euclidean", np.sqrt((d * d).sum()))
print("root mean square", np.sqrt((d * d).mean()))
print("peak ratio", -10 * np.log10((d * d).mean()))
print("similarity", np.mean([similarity(a[c], b[c]) for c in range(3)]))
print("changed", np.mean(eight(a) != eight(b)))
