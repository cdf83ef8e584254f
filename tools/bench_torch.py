"""The peer of the engine's benchmarks: PyTorch, forward and backward to the input, weights frozen, in evaluation mode.

Usage: python tools/bench_torch.py MODEL BATCH THREADS [fp32|bf16]
MODEL: a network of torchvision, such as resnet50 or vit_b_16; sort (distribution matching of eight taps of ResNet-50, as VITAL's
authors write it: sort, then sort of the indices); vital (one such step with the network); relevance (zennit's pass through ResNet-50); inner (a step of VITAL for a neuron of layer4, with relevance by zennit); or a step of a method on a
network, as maco:vit_l_16, with the picture's side, if that isn't the network's, as maco:resnet50:1024.

It says "ready" when it is. Every line on standard input asks for one more run of each variant; the answer is one line of JSON with the
milliseconds by the clock and of the processors: {"eager": [wall, cpu], "channels-last": [wall, cpu]}.
"""

import copy
import json
import sys
import time

import torch
import torchvision

from bench_methods import method_step

TAPS = ["conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4"]
SIZES = [(64, 12544), (64, 12544), (64, 12544), (64, 3136), (256, 3136), (512, 784), (1024, 196), (2048, 49)]


def matching(value, target):
    """Mean squared distance between values and the target quantiles of their ranks, by channel."""
    value = value.flatten(2)
    ranks = value.sort(-1).indices.sort(-1).indices
    return (value - target.gather(-1, ranks)).square().mean()


def targets():
    return [torch.rand(1, channels, positions).sort(-1).values for channels, positions in SIZES]


def network_step(name, batch, layout, dtype=torch.float32):
    """Forward and backward from all logits."""
    model = getattr(torchvision.models, name)().eval().requires_grad_(False).to(dtype, memory_format=layout)
    picture = torch.randn(batch, 3, 224, 224).to(dtype, memory_format=layout).requires_grad_()
    seed = torch.full((batch, 1000), 0.01, dtype=dtype)

    def step():
        picture.grad = None
        model(picture).backward(seed)

    return step


def vital_step():
    """Forward with hooks at eight taps, sort matching at each, backward."""
    model = torchvision.models.resnet50().eval().requires_grad_(False)
    picture, wanted, values = torch.randn(1, 3, 224, 224).requires_grad_(), targets(), {}
    for tap in TAPS:
        # A copy, because the next layer may work in place.
        getattr(model, tap).register_forward_hook(lambda _, __, out, tap=tap: values.update({tap: out.clone()}))

    def step():
        picture.grad = None
        model(picture)
        sum(matching(values[tap], target) for tap, target in zip(TAPS, wanted)).backward()

    return step


def sort_step():
    """Sort matching alone, on random values."""
    values = [torch.randn(1, channels, positions).requires_grad_() for channels, positions in SIZES]
    wanted = targets()

    def step():
        for value in values:
            value.grad = None
        sum(matching(value, target) for value, target in zip(values, wanted)).backward()

    return step


def relevance_step(layout):
    """Layer-wise relevance propagation by zennit, from a logit to the picture."""
    from zennit.composites import EpsilonPlusFlat
    from zennit.torchvision import ResNetCanonizer

    model = torchvision.models.resnet50().eval().requires_grad_(False).to(memory_format=layout)
    picture = torch.randn(1, 3, 224, 224).to(memory_format=layout).requires_grad_()
    EpsilonPlusFlat(canonizers=[ResNetCanonizer()]).register(model)

    def step():
        logits = model(picture)
        seed = torch.zeros_like(logits)
        seed[0, 5] = logits[0, 5].detach()
        torch.autograd.grad(logits, picture, seed)

    return step


def inner_step(layout):
    """VITAL's step for a neuron of layer4: zennit's relevance at four layers, activation x relevance matched, backward."""
    from zennit.composites import EpsilonPlus
    from zennit.torchvision import ResNetCanonizer

    layers = ["conv1", "layer1", "layer2", "layer3"]
    model = torchvision.models.resnet50().eval().requires_grad_(False).to(memory_format=layout)
    ruled = copy.deepcopy(model)
    EpsilonPlus(canonizers=[ResNetCanonizer()]).register(ruled)
    picture, values, marked = torch.randn(1, 3, 224, 224).to(memory_format=layout).requires_grad_(), {}, {}
    for layer in layers + ["layer4"]:
        getattr(model, layer).register_forward_hook(lambda _, __, out, layer=layer: values.update({layer: out.clone()}))
        getattr(ruled, layer).register_forward_hook(lambda _, __, out, layer=layer: marked.update({layer: out}))
    model(picture)
    wanted = {layer: torch.rand(values[layer].shape).flatten(2).sort(-1).values for layer in layers}

    def step():
        ruled(picture)
        start = torch.zeros_like(marked["layer4"])
        start[:, 7] = marked["layer4"][:, 7].detach()
        relevances = torch.autograd.grad(marked["layer4"], [marked[layer] for layer in layers], start)
        picture.grad = None
        model(picture)
        loss = 0
        for layer, relevance in zip(layers, relevances):
            r = relevance.detach().flatten(2)
            r = r - r.amin(2, keepdim=True)
            r = r / (r.amax(2, keepdim=True) + 1e-6)
            loss = loss + matching(r * values[layer].flatten(2), wanted[layer])
        loss.backward()

    return step


def main():
    name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    if name == "sort":
        steps = {"eager": sort_step()}
    elif name == "vital":
        steps = {"eager": vital_step()}
    elif name == "relevance":
        steps = {"eager": relevance_step(torch.contiguous_format), "channels-last": relevance_step(torch.channels_last)}
    elif name == "inner":
        steps = {"eager": inner_step(torch.contiguous_format), "channels-last": inner_step(torch.channels_last)}
    elif ":" in name:
        method, network, *size = name.split(":")
        options = [int(side) for side in size]
        steps = {"eager": method_step(method, network, batch, torch.contiguous_format, *options)}
        if not network.startswith("vit"):
            steps["channels-last"] = method_step(method, network, batch, torch.channels_last, *options)
    else:
        dtype = torch.bfloat16 if sys.argv[4:] == ["bf16"] else torch.float32
        steps = {"eager": network_step(name, batch, torch.contiguous_format, dtype)}
        if not name.startswith("vit"):
            steps["channels-last"] = network_step(name, batch, torch.channels_last, dtype)
    print("ready", flush=True)
    for _ in sys.stdin:
        times = {}
        for variant, step in steps.items():
            wall, processor = time.perf_counter(), time.process_time()
            step()
            times[variant] = [1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - processor)]
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
