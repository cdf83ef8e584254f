"""Weights that need no file: each number is a hash of its tensor's name and its index.

Number i of a name is output i of SplitMix64 (Steele, Lea & Flood 2014) seeded by the name's 64-bit FNV-1a hash; its
24 upper bits give a multiple of 2^-23 in [-1, 1). Sources/Models/HashedWeights.swift computes the same bits, so golden
values of whole networks can be compared without storing weights.
"""

import numpy as np

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def fnv1a(name):
    """64-bit FNV-1a hash of a text."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def integers(name, count):
    """The first `count` outputs of SplitMix64 for a name, as 64-bit integers."""
    with np.errstate(over="ignore"):
        z = np.uint64(fnv1a(name)) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def numbers(name, count):
    """The first `count` numbers in [-1, 1) of a name, exact in single precision."""
    high = (integers(name, count) >> np.uint64(40)).astype(np.float32)
    return high * np.float32(2.0**-23) - np.float32(1)


def limits(name, shape):
    """Center and half width of a tensor's range; matrices and kernels get variance 2 / fan-in (He et al. 2015)."""
    suffix = name.rsplit(".", 1)[-1]
    if suffix == "running_var":
        return 1.0, 0.5
    if suffix == "running_mean":
        return 0.0, 0.2
    if suffix in ("class_token", "pos_embedding"):
        return 0.0, 1.0
    if suffix.endswith("bias"):
        return 0.0, 0.1
    if len(shape) == 1:
        return 0.75, 0.25
    return 0.0, float(np.sqrt(6 / np.prod(shape[1:], dtype=np.float64)))


def tensor(name, shape):
    """The weights of a name and shape, in single precision."""
    center, spread = limits(name, shape)
    values = np.float32(center) + np.float32(spread) * numbers(name, int(np.prod(shape, dtype=np.int64)))
    return values.reshape(shape)


def fill(module):
    """Gives a PyTorch module hashed weights, named as in its state dictionary, and evaluation mode."""
    import torch

    with torch.no_grad():
        for name, value in module.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                value.copy_(torch.from_numpy(tensor(name, tuple(value.shape))))
    return module.eval()
