"""Writes what PyTorch makes of VITAL and of optimizers, for the Swift tests to compare with.

A plain rendering of the published loss (VITAL, arXiv 2503.22399, algorithm 1 and its code's settings) by
automatic differentiation, on the demo ResNet and the first five zebra references. The picture begins as hashed
numbers, which Swift computes alike, and the shifts are recorded, so both sides take the same ten steps.
Writes `Tests/Fixtures/visualization.json`; run it again when the demo ResNet is trained anew.

    python tools/golden_visualization.py
"""

import base64
import hashlib
import json
import math
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from golden_relevance import vital_back, vital_forward
from train_demo import REPOSITORY, loaded

MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
LAYERS = ["conv1", "layer1", "layer2", "layer3", "layer4"]
WEIGHTS = [1, 0.5, 1, 2, 1]
TV, NORM = 0.01, 0.02
SHIFTS = [(3, -5), (-13, 0), (0, 7), (12, 13), (-4, -4), (1, 2), (-7, 9), (5, -11), (10, 3), (-2, 6)]


def hashed(name, count):
    """Numbers in [-1, 1) of a name: SplitMix64 from the name's FNV-1a hash on."""
    state = 0xCBF29CE484222325
    for byte in name.encode():
        state = (state ^ byte) * 0x100000001B3 % 2**64
    with np.errstate(over="ignore"):
        z = np.uint64(state) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.float64) * 2.0**-23 - 1).astype(np.float32)


def variation(x):
    """The four norms of DeepInversion's total variation, and the four means of its l1 form."""
    differences = [
        x[..., :, :-1] - x[..., :, 1:],
        x[..., :-1, :] - x[..., 1:, :],
        x[..., 1:, :-1] - x[..., :-1, 1:],
        x[..., :-1, :-1] - x[..., 1:, 1:],
    ]
    return sum(torch.norm(d) for d in differences), sum(d.abs().mean() for d in differences)


class Taps:
    """The values of the matched layers in the last forward run."""

    def __init__(self, network):
        self.network, self.values = network, {}
        for name in LAYERS:
            network.get_submodule(name).register_forward_hook(
                lambda module, inputs, output, name=name: self.values.__setitem__(name, output))

    def __call__(self, x):
        self.network(x)
        return [self.values[name].flatten(2) for name in LAYERS]


def vital_loss(taps, targets, x):
    loss = TV * variation(x)[0] + NORM * x.flatten(1).norm(dim=1).mean()
    for weight, value, target in zip(WEIGHTS, taps(x), targets):
        value = value[0]
        rank = value.argsort(dim=1).argsort(dim=1)
        loss = loss + weight * ((value - target.gather(1, rank)) ** 2).mean()
    return loss


def rate(step, steps, warm_up):
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / (steps - warm_up)))


def sample(tensor, count=96):
    """A few numbers, evenly spread."""
    flat = tensor.detach().flatten()
    return flat[torch.linspace(0, len(flat) - 1, count).long()].tolist()


def whole(tensor):
    """All numbers as half floats in base64, and what to multiply them by."""
    flat = tensor.detach().flatten()
    scale = flat.abs().max().item()
    return {"scale": scale, "halves": base64.b64encode((flat / scale).half().numpy().tobytes()).decode()}


def references():
    files = sorted((REPOSITORY / "content/references/zebra").glob("*.jpg"))[:5]
    pictures = torch.stack([
        torch.from_numpy(np.asarray(Image.open(file).convert("RGB")).copy()).permute(2, 0, 1) / 255 for file in files])
    return (pictures - MEAN) / DEVIATION


def run(loss_of, targets, size):
    """A loss with its gradient at hashed numbers, and ten steps from there."""
    x = torch.from_numpy(hashed("golden.vital", 3 * size * size)).view(1, 3, size, size) * 1.5
    low, high = (0 - MEAN) / DEVIATION, (1 - MEAN) / DEVIATION
    still = x.clone().requires_grad_(True)
    loss = loss_of(still)
    (gradient,) = torch.autograd.grad(loss, still)
    moved = x.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([moved], lr=1.0, betas=(0.5, 0.9), eps=1e-8)
    losses = []
    for step, shift in enumerate(SHIFTS):
        optimizer.param_groups[0]["lr"] = rate(step, len(SHIFTS), 4)
        optimizer.zero_grad()
        value = loss_of(torch.roll(moved, shift, dims=(2, 3)))
        value.backward()
        optimizer.step()
        with torch.no_grad():
            moved.clamp_(low, high)
        losses.append(value.item())
    return {
        "shifts": SHIFTS, "loss": loss.item(), "gradientNorm": gradient.norm().item(),
        "gradient": whole(gradient), "targets": [sample(target, 16) for target in targets],
        "losses": losses, "picture": sample(moved), "pictureNorm": moved.norm().item(),
    }


def vital():
    torch.set_num_threads(1)
    network = loaded("demo-resnet").float().eval().requires_grad_(False)
    taps = Taps(network)
    pictures = references()
    targets = [value.sort(dim=2).values.mean(0) for value in taps(pictures)]
    weights = REPOSITORY / "content/models/demo-resnet/weights.safetensors"
    return {
        "weights": hashlib.sha256(weights.read_bytes()).hexdigest(), "layerWeights": WEIGHTS, "tv": TV, "norm": NORM,
        **run(lambda x: vital_loss(taps, targets, x), targets, pictures.shape[-1]),
    }


# VITAL for an inner neuron: activation x relevance, after the paper's section 3.2 and its code.

INNER_LAYER, INNER_CHANNEL, INNER_WEIGHTS = "layer4", 2, [0.1, 1, 1, 1]
INNER_PRICE = 0.0003  # Small, or it would drown what is matched.


def inner_relevance(net, x, restricted):
    """Relevance at conv1, layer1, layer2 and layer3 of one picture, from a channel of layer4, by the authors' rules."""
    stem, blocks, a = vital_forward(net, x.detach())
    relevance = torch.zeros_like(a)
    if restricted:
        cosine = a[0, INNER_CHANNEL] / a[0].norm(dim=0).clamp(min=1e-20)
        relevance[0, INNER_CHANNEL].view(-1)[cosine.argmax()] = 1
    else:
        relevance[:, INNER_CHANNEL] = a[:, INNER_CHANNEL]
    found = vital_back(net, stem, blocks, relevance)
    return [found[layer][0].flatten(1) for layer in LAYERS[:4]]


def weighted(relevance):
    """Relevance from 0 to 1 over the positions of each channel."""
    above = relevance - relevance.min(dim=1, keepdim=True).values
    return above / (above.max(dim=1, keepdim=True).values + 1e-6)


def importance(relevance):
    greatest = relevance.max(dim=1).values
    greatest = greatest - greatest.min()
    return greatest / (greatest.max() + 1e-6)


def inner(restricted):
    """Loss and gradient at a picture, and ten steps."""
    network = loaded("demo-resnet").float().eval().requires_grad_(False)
    taps = Taps(network)
    pictures = references()
    features, counts = [], []
    for picture in pictures:
        relevances = inner_relevance(network, picture[None], restricted)
        values = taps(picture[None])[:4]
        features.append([(weighted(r) * v[0]).sort(dim=1).values for r, v in zip(relevances, values)])
        counts.append([importance(r) for r in relevances])
    targets = [torch.stack(layer).mean(0) for layer in zip(*features)]
    counts = [torch.stack(layer) for layer in zip(*counts)]

    def loss_of(x):
        relevances = inner_relevance(network, x, restricted)
        loss = INNER_PRICE * (variation(x)[0] + x.flatten(1).norm(dim=1).mean())
        for weight, r, value, target, counted in zip(INNER_WEIGHTS, relevances, taps(x)[:4], targets, counts):
            f = weighted(r) * value[0]
            rank = f.argsort(dim=1).argsort(dim=1)
            square = (f - target.gather(1, rank)) ** 2
            loss = loss + weight * (counted[:, :, None] * square[None]).mean()
        return loss

    return {"layer": INNER_LAYER, "channel": INNER_CHANNEL, "layerWeights": INNER_WEIGHTS, "price": INNER_PRICE,
            "importance": [sample(counted.mean(0), 8) for counted in counts], **run(loss_of, targets, pictures.shape[-1])}


def regularizers():
    x = torch.from_numpy(hashed("golden.variation", 2 * 3 * 7 * 9)).view(2, 3, 7, 9).requires_grad_(True)
    l2, l1 = variation(x)
    norm = x.flatten(1).norm(dim=1).mean()
    results = {"l2": l2, "l1": l1, "norm": norm}
    return {
        name: {"value": value.item(), "gradient": torch.autograd.grad(value, x, retain_graph=True)[0].flatten().tolist()}
        for name, value in results.items()
    }


def optimizers():
    """Ten steps of each from the same start, with gradients that are functions of the place."""
    makers = {
        "adam": lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.5, 0.9)),
        "nadam": lambda p: torch.optim.NAdam(p, lr=0.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    }
    results = {}
    for name, make in makers.items():
        x = torch.from_numpy(hashed("golden.optimizer", 16)).requires_grad_(True)
        optimizer = make([x])
        for _ in range(10):
            optimizer.zero_grad()
            (x**4 - x).sum().backward()
            optimizer.step()
        results[name] = x.tolist()
    results["cautious"] = cautious(torch.from_numpy(hashed("golden.optimizer", 16)), 0.1, 0.5, 0.9)
    return results


def cautious(x, rate, beta1, beta2):
    """Ten steps of cautious Adam (arXiv 2411.16085, algorithm 1), which PyTorch has not."""
    m, v = torch.zeros_like(x), torch.zeros_like(x)
    for step in range(1, 11):
        gradient = 4 * x**3 - 1
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        update = (m / (1 - beta1**step)) / ((v / (1 - beta2**step)).sqrt() + 1e-8)
        mask = (update * gradient > 0).float()
        x = x - rate * update * mask * x.numel() / (mask.sum() + 1)
    return x.tolist()


def main():
    record = {
        "torch": torch.__version__, "vital": vital(), "inner": inner(False), "restricted": inner(True),
        "regularizers": regularizers(), "optimizers": optimizers()}
    path = Path(REPOSITORY / "Tests/Fixtures/visualization.json")
    path.write_text(json.dumps(record, indent=1) + "\n")
    print(path.stat().st_size, "bytes", record["vital"]["loss"], record["vital"]["losses"])


if __name__ == "__main__":
    main()
