"""Golden values for NonnegativeFactorization: multiplicative updates (Lee & Seung 2001) in double precision, a slow
and different way to the same minimum.

Usage: python tools/golden_factorization.py
Prints the least error of several starts, which Tests/TensorTests/NonnegativeFactorizationTests.swift holds. The matrix
is a formula there too.
"""

import numpy as np

i, j = np.mgrid[:60, :32]
matrix = np.abs(np.sin(i * 0.7 + 1) * np.cos(j * 0.3)) + np.abs(np.cos(i * 0.13) * np.sin(j * 1.1 + 2))
matrix = matrix + 0.2 * np.abs(np.sin(i * j * 0.37))
print("norm", np.linalg.norm(matrix))
for rank in [1, 3, 6]:
    errors = []
    for start in range(12):
        random = np.random.default_rng(start)
        u, w = random.random((60, rank)), random.random((rank, 32))
        for _ in range(6000):
            u *= (matrix @ w.T) / (u @ (w @ w.T) + 1e-12)
            w *= (u.T @ matrix) / ((u.T @ u) @ w + 1e-12)
        errors.append(np.linalg.norm(matrix - u @ w))
    print("rank", rank, "least", min(errors), "greatest", max(errors))
