"""Golden values for FourierPlan: SciPy's rfft2 and irfft2 in double precision, at probed places.

Usage: python tools/golden_fourier.py > Tests/Fixtures/fourier.json
"""

import json

import numpy as np
import scipy.fft

MASK = (1 << 64) - 1


def splitmix(seed, count):
    """The numbers in [-1, 1) that the test draws: SplitMix64 with 24 bits each."""
    state, values = seed, []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        values.append(((z ^ (z >> 31)) >> 40) * 2.0**-23 - 1)
    return np.array(values)


def case(height, width, norm):
    """One size: probes of the spectrum of a picture, and of the picture of an arbitrary spectrum."""
    half = width // 2 + 1
    picture = splitmix(1000 * height + width, height * width).reshape(height, width)
    forward = scipy.fft.rfft2(picture, norm=norm)
    parts = splitmix(1000 * height + width + 1, 2 * height * half).reshape(2, height, half)
    inverse = scipy.fft.irfft2(parts[0] + 1j * parts[1], s=(height, width), norm=norm)
    bins = [(0, 0), (height - 1, half - 1), (height // 2, 0), (0, half - 1), (1 % height, 1 % half), (height // 2, half - 1)]
    random = np.random.default_rng(7)
    bins += [(int(random.integers(height)), int(random.integers(half))) for _ in range(24)]
    points = [(0, 0), (height - 1, width - 1)]
    points += [(int(random.integers(height)), int(random.integers(width))) for _ in range(24)]
    return {
        "height": height, "width": width, "norm": norm,
        "spectrum": [[r, c, forward[r, c].real, forward[r, c].imag] for r, c in bins],
        "picture": [[r, c, inverse[r, c]] for r, c in points],
    }


sizes = [(7, 7), (8, 6), (8, 7), (1, 1), (1, 5), (4, 1), (96, 96), (224, 224), (256, 260), (512, 330)]
norms = ["backward", "ortho", "forward"]
cases = [case(h, w, norm) for h, w in sizes for norm in (norms if h < 50 else norms[:1])]
print(json.dumps(cases, separators=(",", ":")))
