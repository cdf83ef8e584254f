"""Writes what PyTorch makes of the published losses and steps of all methods but VITAL, for the Swift tests.

Each method is written down again from its paper and its authors' settings, with torchvision's transforms and automatic
differentiation, on the demo networks. Parameters begin as hashed numbers, and the random numbers are those of Vitrine's
own generator, written down again too, so both sides draw the same shifts, crops, colours and noise, in the same order.
For each case: loss and gradient of the first step, the losses of ten steps, and the parameters after them.
Writes `Tests/Fixtures/methods.json`; run it again when a demo network is trained anew.

    python tools/golden_methods.py
"""

import hashlib
import json
import math
from pathlib import Path

import numpy as np
import scipy.stats
import torch
import torch.nn.functional as F
import torchvision
import torchvision.transforms.functional as TF
from PIL import Image

from golden_visualization import DEVIATION, MEAN, hashed, rate, sample, variation
from train_demo import REPOSITORY, loaded

MASK = (1 << 64) - 1
SEED = 7
STEPS = 10
SIZE = 96
# Olah et al.: colours that are uncorrelated in natural pictures, as columns, divided by the greatest norm.
COLOURS = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.0, -0.05], [0.27, -0.09, 0.03]])
COLOURS = COLOURS / COLOURS.norm(dim=0).max()


class Draws:
    """Vitrine's generator: xoshiro256** seeded by SplitMix64, and what it makes of the bits."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def next(self):
        def rotate(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK

        s = self.state
        result = rotate(s[1] * 5 & MASK, 7) * 9 & MASK
        shifted = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)
        return result

    def uniform(self, low=0.0, high=1.0):
        low, high = np.float32(low), np.float32(high)
        return float(low + (high - low) * np.float32((self.next() >> 40) * 2.0**-24))

    def integer(self, low, high):
        """Each equally likely, by Lemire's method, as Swift's library does."""
        count = high - low + 1
        product = self.next() * count
        while product & MASK < (MASK + 1 - count) % count:
            product = self.next() * count
        return low + (product >> 64)

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - (self.next() >> 11) * 2.0**-53))
        return float(np.float32(radius * math.cos(2 * math.pi * (self.next() >> 11) * 2.0**-53)))


# ---- transforms: each draws for every picture of the batch in turn

def per_picture(change):
    return lambda x, draws: torch.cat([change(picture[None], draws) for picture in x])


def shift(limit):
    def change(x, draws):
        dy = draws.integer(-limit, limit)
        return torch.roll(x, (dy, draws.integer(-limit, limit)), dims=(2, 3))
    return change


def flip_together(x, draws):
    return x.flip(3) if draws.uniform() < 0.5 else x


def normalize(x, draws):
    return (x - MEAN) / DEVIATION


def repeat(copies):
    return lambda x, draws: x.repeat_interleave(copies, 0)


def colour_shift(x, draws):
    """Plug-In Inversion: each channel of each picture times exp(U(-1, 1)) plus U(-1, 1)."""
    offsets, scales = [], []
    for _ in range(x.shape[0] * x.shape[1]):
        offsets.append(draws.uniform(-1, 1))
        scales.append(math.exp(draws.uniform(-1, 1)))
    shape = (x.shape[0], x.shape[1], 1, 1)
    return x * torch.tensor(scales).view(shape) + torch.tensor(offsets).view(shape)


def enlarge(x, draws):
    return F.interpolate(x, (SIZE, SIZE), mode="bilinear", align_corners=False)


def roi_align(extent, start, length, count):
    """torchvision's roi_align along one side, as a matrix: `count` bins of so many bilinear samples that none is longer
    than a pixel, not aligned; what lies more than a pixel outside counts as zero."""
    bin = max(length, 1.0) / count
    samples = max(1, math.ceil(bin))
    matrix = torch.zeros(count, extent)
    for row in range(count):
        for index in range(samples):
            position = start + (row + (index + 0.5) / samples) * bin
            if position < -1 or position > extent:
                continue
            position = max(position, 0.0)
            lower = min(int(position), extent - 1)
            fraction = 0.0 if lower == extent - 1 else position - lower
            matrix[row, lower] += (1 - fraction) / samples
            if fraction:
                matrix[row, lower + 1] += fraction / samples
    return matrix


def horama_crop(mean=0.25, deviation=0.1, uniform=None):
    """Horama: a part of the picture by roi_align to twice the size, then antialiased bicubic reduction."""
    def change(x, draws):
        extent = x.shape[-1]
        cx, cy = 0.5 + 0.15 * draws.normal(), 0.5 + 0.15 * draws.normal()
        side = draws.uniform(*uniform) if uniform else min(max(mean + deviation * draws.normal(), 0.05), 1)
        rows = roi_align(extent, (cy - side / 2) * extent, side * extent, 2 * SIZE)
        columns = roi_align(extent, (cx - side / 2) * extent, side * extent, 2 * SIZE)
        part = rows @ x @ columns.T
        return F.interpolate(part, (SIZE, SIZE), mode="bicubic", antialias=True, align_corners=True)
    return per_picture(change)


def noise(deviation, width):
    quantiles = torch.from_numpy(scipy.stats.norm.ppf((np.arange(65536) + 0.5) / 65536).astype(np.float32))

    def change(x, draws):
        with np.errstate(over="ignore"):
            z = np.uint64(draws.next()) + np.arange(1, x.numel() + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
        normal = quantiles[torch.from_numpy((z & np.uint64(0xFFFF)).astype(np.int64))]
        uniform = torch.from_numpy(((z >> np.uint64(16)) & np.uint64(0xFFFFFF)).astype(np.float32)) * 2.0**-23 - 1
        return x + (deviation * normal + width * uniform).view(x.shape)
    return change


def resized_crop(x, draws):
    height, width = x.shape[2:]
    for _ in range(10):
        area = width * height * draws.uniform(0.08, 1)
        ratio = math.exp(draws.uniform(math.log(3 / 4), math.log(4 / 3)))
        w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < w <= width and 0 < h <= height:
            top = draws.integer(0, height - h)
            left = draws.integer(0, width - w)
            return TF.resized_crop(x, top, left, h, w, (height, width), antialias=True)
    raise ValueError("no crop fits")


def flip(x, draws):
    return x.flip(3) if draws.uniform() < 0.5 else x


def on_mean(change):
    """A warp with the mean colour where nothing is seen, to the share of the neighbours that are outside. (torchvision's
    own `fill` weights border pixels by that share twice.)"""
    return lambda x, draws: change(x - MEAN, draws) + MEAN


@on_mean
def rotation(x, draws):
    return TF.rotate(x, draws.uniform(-30, 30), TF.InterpolationMode.BILINEAR)


@on_mean
def perspective(x, draws):
    if draws.uniform() >= 0.5:
        return x
    width, height = x.shape[3], x.shape[2]
    start = [[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]
    end = []
    for index, (a, b) in enumerate(start):
        dx = draws.integer(0, int(0.5 * (width // 2)))
        dy = draws.integer(0, int(0.5 * (height // 2)))
        end.append([a + (dx if index in (0, 3) else -dx), b + (dy if index < 2 else -dy)])
    return TF.perspective(x, start, end, TF.InterpolationMode.BILINEAR)


def blur(x, draws):
    return TF.gaussian_blur(x, 9, draws.uniform(0.1 * SIZE / 224, 2 * SIZE / 224))


def grayscale(x, draws):
    return TF.rgb_to_grayscale(x, 3) if draws.uniform() < 0.1 else x


SIX = [per_picture(change) for change in (resized_crop, flip, rotation, perspective, blur, grayscale)]


def lucid_transforms():
    """pad, jitter, scale, rotate, jitter, with pixels in proportion to 224; black where there is nothing."""
    def crop(margin):
        def change(x, draws):
            top = draws.integer(0, margin)
            left = draws.integer(0, margin)
            return x[:, :, top:x.shape[2] - margin + top, left:x.shape[3] - margin + left]
        return change

    def scale(x, draws):
        factor = 1 + (draws.integer(0, 10) - 5) / 50
        return x if factor == 1 else TF.affine(x, 0, [0, 0], factor, [0, 0], TF.InterpolationMode.BILINEAR)

    def rotate(x, draws):
        angle = (list(range(-10, 11)) + 5 * [0])[draws.integer(0, 25)]
        return TF.rotate(x, angle, TF.InterpolationMode.BILINEAR)

    def centre(x, draws):
        top = int((x.shape[2] - SIZE) / 2)
        padded = F.pad(x, [SIZE] * 4)
        return padded[:, :, top + SIZE:top + 2 * SIZE, top + SIZE:top + 2 * SIZE]

    proportion = SIZE / 224
    return [lambda x, draws: F.pad(x, [round(12 * proportion)] * 4, value=0.5), crop(round(8 * proportion)), scale,
            rotate, crop(round(4 * proportion)), centre, normalize]


# ---- parameterizations

def standardized(x):
    """Over all numbers at once; a complex number's deviation is that of both parts."""
    x = x - x.mean()
    deviation = (x.abs() ** 2).sum().div(x.numel() - 1).sqrt()
    return x / (deviation + 1e-4)


def coloured(plain, low, high):
    colours = torch.sigmoid(torch.einsum("kc,chw->khw", COLOURS, plain))
    return (low + (high - low) * colours)[None]


def frequencies(size):
    return torch.sqrt(torch.fft.fftfreq(size)[:, None] ** 2 + torch.fft.rfftfreq(size)[None] ** 2)


def fourier_picture(parameters, size, decay, isLucid=False):
    """The picture of real and imaginary planes, channel by channel."""
    parts = parameters.view(3, 2, size, size // 2 + 1)
    spectrum = torch.complex(parts[:, 0], parts[:, 1])
    if not isLucid:
        spectrum = standardized(spectrum)
    spectrum = spectrum * (size / frequencies(size).clamp(min=1 / size) ** decay)
    plain = torch.fft.irfft2(spectrum, s=(size, size))
    return coloured(plain / 4, 0.0, 1.0) if isLucid else coloured(standardized(plain), -2.5, 2.5)


def maco_picture(parameters, size, magnitudes):
    phases = standardized(parameters.view(3, size, size // 2 + 1))
    plain = torch.fft.irfft2(torch.polar(magnitudes, phases), s=(size, size))
    return coloured(standardized(plain), -2.5, 2.5)


# ---- losses

class Inner:
    """The mean of one channel over all positions of a module's output."""

    def __init__(self, network, layer, channel):
        self.network, self.channel = network, channel
        network.get_submodule(layer).register_forward_hook(lambda module, inputs, output: setattr(self, "value", output))

    def __call__(self, x):
        self.network(x)
        return self.value[..., self.channel].mean() if self.value.dim() == 3 else self.value[:, self.channel].mean()


class Token(Inner):
    """One number of one token."""

    def __init__(self, network, layer, channel, token):
        super().__init__(network, layer, channel)
        self.token = token

    def __call__(self, x):
        self.network(x)
        return self.value[:, self.token, self.channel].mean()


class Head:
    """The mean over tokens of the norm of one head's output, before the layer that mixes the heads."""

    def __init__(self, network, layer, head, heads=4):
        self.network, self.head, self.heads = network, head, heads
        self.attention = network.get_submodule(layer)
        self.attention.register_forward_hook(
            lambda module, inputs, output: setattr(self, "tokens", inputs[0]))

    def __call__(self, x):
        self.network(x)
        width = self.tokens.shape[-1] // self.heads
        joined = F.linear(self.tokens, self.attention.in_proj_weight, self.attention.in_proj_bias)
        query, key, value = (part.unflatten(-1, (self.heads, width))[:, :, self.head] for part in joined.chunk(3, -1))
        weights = torch.softmax(query @ key.transpose(1, 2) / math.sqrt(width), -1)
        return (weights @ value).norm(dim=-1).mean()


class BatchNormPrior:
    """DeepInversion: distances of the batch's statistics from the running ones, before each normalization."""

    def __init__(self, network):
        self.modules = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        self.inputs = {}
        for module in self.modules:
            module.register_forward_hook(lambda module, inputs, output: self.inputs.__setitem__(module, inputs[0]))

    def __call__(self, first):
        loss = 0
        for index, module in enumerate(self.modules):
            x = self.inputs[module]
            mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            distance = (module.running_var - variance).norm(2) + (module.running_mean - mean).norm(2)
            loss = loss + (first if index == 0 else 1) * distance
        return loss


def network(name):
    return loaded(name).float().eval().requires_grad_(False)


# The published rate of spectra, 1, is as large as the numbers themselves: where a gradient is next to nothing, its sign
# and so the last digits of the arithmetic would decide what is seen. A small rate keeps ten steps comparable.
SPECTRAL_RATE = 0.02
# The same for spectra of Lucid, which begin with numbers far smaller: at its own rate of 0.05 ten steps go so far that
# processors part by their rounding.
LUCID_RATE = 0.0005


# ---- the loop

def followed(start, picture, transforms, loss, optimizer, schedule=lambda step: 1.0, bounds=None, onInput=None,
             onPicture=None):
    """Ten steps. `loss` takes what the network sees; `onInput` and `onPicture` are prices."""
    parameters = torch.from_numpy(start).requires_grad_(True)
    made = optimizer([parameters])
    base = made.param_groups[0]["lr"]
    draws = Draws(SEED)
    losses = []
    for step in range(STEPS):
        made.param_groups[0]["lr"] = base * schedule(step)
        made.zero_grad()
        image = picture(parameters)
        image.retain_grad()
        x = image
        for transform in transforms:
            x = transform(x, draws)
        value = loss(x)
        if onInput:
            value = value + onInput(x)
        if onPicture:
            value = value + onPicture(image)
        value.backward()
        if step == 0:
            gradient, imageGradient = parameters.grad.clone(), image.grad.abs()
        made.step()
        if bounds:
            with torch.no_grad():
                view = parameters.view(-1, 3, *image.shape[2:])
                view.clamp_(*bounds)
        losses.append(value.item())
    return {
        "gradient": sample(gradient), "gradientNorm": gradient.norm().item(),
        "imageGradient": sample(imageGradient), "imageGradientNorm": imageGradient.norm().item(),
        "losses": losses, "parameters": sample(parameters), "parametersNorm": parameters.norm().item(),
    }


def adam(lr, betas=(0.9, 0.999)):
    return lambda p: torch.optim.Adam(p, lr=lr, betas=betas, eps=1e-8)


def pixels(shape):
    return lambda p: p.view(shape) * 1.0


BLACK_AND_WHITE = ((0 - MEAN) / DEVIATION, (1 - MEAN) / DEVIATION)


def deep_inversion(name, batch, coarse, tv_l1=0.0):
    net = network(name)
    prior = BatchNormPrior(net)
    aims = torch.tensor([(5 + i) % 24 for i in range(batch)])

    def loss(x):
        return 1.5 * F.cross_entropy(net(x), aims) + 0.01 * prior(10)

    def price(x):
        l2, l1 = variation(x)
        return 1e-3 * l2 + tv_l1 * l1 + 2e-3 * x.flatten(1).norm(dim=1).mean()

    transforms = [shift(6 if coarse else 13), flip_together]
    if coarse:
        transforms.insert(0, lambda x, draws: F.avg_pool2d(x, 2))
    start = 1.5 * hashed("golden.deep-inversion", batch * 3 * SIZE * SIZE)
    return followed(start, pixels((batch, 3, SIZE, SIZE)), transforms, loss, adam(0.25, (0.5, 0.9)),
                    lambda step: rate(step, STEPS, 4), BLACK_AND_WHITE, onInput=price)


def plug_in_inversion(name, size, isNative):
    net = network(name)
    transforms = [shift(14), repeat(3), colour_shift] + ([] if isNative else [enlarge]) + [normalize]
    start = 0.5 + 0.45 * hashed("golden.plug-in", 3 * size * size)
    return followed(start, pixels((1, 3, size, size)), transforms,
                    lambda x: F.cross_entropy(net(x), torch.full((3,), 5)), adam(0.01, (0.5, 0.99)),
                    lambda step: rate(step, STEPS, 0), (0, 1))


def activation(name, augmentations, unit=None, batch=2):
    net = network(name)
    inner = unit(net) if callable(unit) else Inner(net, *unit) if unit else None
    copies = {"six": SIX, "one": SIX[:1], "none": []}[augmentations]
    start = 0.5 + 0.45 * hashed("golden.activation", 3 * SIZE * SIZE)
    return followed(start, pixels((1, 3, SIZE, SIZE)), [repeat(batch)] + copies + [normalize],
                    lambda x: -(inner(x) if inner else net(x)[:, 5].mean()), adam(0.02), bounds=(0, 1),
                    onPicture=lambda image: 0.005 * variation(image)[0])


def fourier(name, size=SIZE, variant="vital-baseline", target=lambda scores: scores[:, 5]):
    net = network(name)
    isLucid = variant == "lucid"
    start = hashed("golden.fourier", 3 * 2 * size * (size // 2 + 1)) * np.float32(0.01 if isLucid else 1.5)
    if isLucid:
        transforms = lucid_transforms()
    elif variant == "horama":
        transforms = [repeat(2), horama_crop(uniform=(0.25, 0.3)), noise(0.05, 0.025)]
    else:
        transforms = [repeat(2), horama_crop(), noise(0, 0.1)]
    optimizer = (lambda p: torch.optim.NAdam(p, lr=SPECTRAL_RATE)) if variant == "horama" \
        else adam(LUCID_RATE if isLucid else SPECTRAL_RATE)
    return followed(start, lambda p: fourier_picture(p, size, 1 if isLucid else 1.5, isLucid), transforms,
                    lambda x: -target(net(x)).mean(), optimizer)


def interpolation(name, shares, size=SIZE, copies=2):
    """Own spectra plus shared ones of low resolution; picture i is to show 1 - t of class 5 and t of class 9."""
    net = network(name)
    plane = 3 * 2 * size * (size // 2 + 1)
    bands = [size // divisor for divisor in (2, 4, 8, 16)]
    count = len(shares) * plane + sum(3 * 2 * band * (band // 2 + 1) for band in bands)

    def pictures(p):
        shared, first = torch.zeros(3, 2, size, size // 2 + 1), len(shares) * plane
        for band in bands:
            part = p[first:first + 3 * 2 * band * (band // 2 + 1)].view(3, 2, band, band // 2 + 1)
            first += part.numel()
            upper, below = (band + 1) // 2, band // 2
            part = F.pad(part, (0, size // 2 - band // 2))
            gap = torch.zeros(3, 2, size - band, size // 2 + 1)
            shared = shared + torch.cat([part[:, :, :upper], gap, part[:, :, upper:]], 2)
        own = p[:len(shares) * plane].view(len(shares), plane)
        return torch.cat([fourier_picture((row.view(shared.shape) + shared).flatten(), size, 1.5) for row in own])

    def loss(x):
        scores = net(x).unflatten(0, (len(shares), copies)).mean(1)
        return -sum((1 - t) * scores[i, 5] + t * scores[i, 9] for i, t in enumerate(shares))

    return followed(1.5 * hashed("golden.interpolation", count), pictures,
                    [repeat(copies), horama_crop(), noise(0, 0.1)], loss, adam(SPECTRAL_RATE))


def magnitudes():
    """Of hashed numbers, for pictures of 64; the methods resize them."""
    return torch.from_numpy(np.abs(hashed("golden.magnitudes", 3 * 64 * 33)) + np.float32(0.1)).view(3, 64, 33)


def maco(name, size=SIZE, unit=None):
    net = network(name)
    inner = Inner(net, *unit) if unit else None
    fitting = F.interpolate(magnitudes()[None], (size, size // 2 + 1), mode="bilinear", antialias=True)[0]
    start = 1.5 * hashed("golden.maco", 3 * size * (size // 2 + 1))
    return followed(start, lambda p: maco_picture(p, size, fitting), [repeat(2), horama_crop(), noise(0, 0.1)],
                    lambda x: -(inner(x) if inner else net(x)[:, 5].mean()), adam(SPECTRAL_RATE))


def spectrum():
    """The mean magnitudes of five zebras in uncorrelated colours."""
    files = sorted((REPOSITORY / "content/references/zebra").glob("*.jpg"))[:5]
    total = 0
    for file in files:
        picture = torch.from_numpy(np.asarray(Image.open(file).convert("RGB")).copy()).permute(2, 0, 1) / 255
        total = total + torch.fft.rfft2(torch.einsum("kc,chw->khw", COLOURS.inverse(), picture)).abs()
    return {"values": sample(total / len(files)), "norm": (total / len(files)).norm().item()}


def growth():
    """Plug-In Inversion: a picture of 24 in the middle of noise of 36, by half of the difference."""
    picture = torch.from_numpy(0.5 + 0.45 * hashed("golden.growth", 3 * 24 * 24)).view(1, 3, 24, 24)
    draws = Draws(SEED)
    noise = torch.tensor([draws.uniform() for _ in range(3 * 36 * 36)]).view(1, 3, 36, 36)
    noise[:, :, 3:33, 3:33] = F.interpolate(picture, (30, 30), mode="bilinear", align_corners=False)
    return sample(noise, 192)


def shortened(value):
    """Seven digits of each number: single precision has no more."""
    if isinstance(value, dict):
        return {key: shortened(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shortened(part) for part in value]
    return float(f"{value:.7g}") if isinstance(value, float) else value


def main():
    torch.set_num_threads(1)
    layer = ("encoder.layers.encoder_layer_2", 7)
    cases = {
        "deep-inversion coarse": deep_inversion("demo-resnet", 3, True),
        "deep-inversion full": deep_inversion("demo-resnet", 2, False, tv_l1=0.05),
        "deep-inversion densenet": deep_inversion("demo-densenet", 2, False),
        "maco resnet": maco("demo-resnet"),
        "maco vit": maco("demo-vit", unit=layer),
        "maco large": maco("demo-resnet", size=160),
        "plug-in-inversion resnet": plug_in_inversion("demo-resnet", 48, True),
        "plug-in-inversion vit": plug_in_inversion("demo-vit", 48, False),
        "fourier resnet": fourier("demo-resnet"),
        "fourier vit": fourier("demo-vit"),
        "fourier large": fourier("demo-resnet", size=160),
        "fourier horama": fourier("demo-resnet", variant="horama"),
        "fourier lucid": fourier("demo-resnet", variant="lucid"),
        "activation six": activation("demo-resnet", "six", batch=4),
        "activation one": activation("demo-vit", "one"),
        "activation none": activation("demo-resnet", "none", ("layer3", 5), batch=1),
        "activation vit": activation("demo-vit", "none", layer, batch=1),
        "activation token": activation("demo-vit", "none", lambda net: Token(net, *layer, 3), batch=1),
        "activation head": activation("demo-vit", "none", lambda net: Head(net, layer[0] + ".self_attention", 1), batch=1),
        "fourier probability": fourier("demo-resnet", target=lambda scores: torch.log_softmax(scores, 1)[:, 5]),
        "fourier difference": fourier("demo-vit", target=lambda scores: scores[:, 5] - 0.5 * scores[:, 9]),
        "interpolation": interpolation("demo-resnet", [0, 0.5, 1]),
    }
    models = ["demo-resnet", "demo-densenet", "demo-vit"]
    weights = {name: hashlib.sha256(
        (REPOSITORY / f"content/models/{name}/weights.safetensors").read_bytes()).hexdigest() for name in models}
    record = {"torch": torch.__version__, "torchvision": torchvision.__version__, "weights": weights, "cases": cases,
              "spectrum": spectrum(), "growth": growth()}
    path = Path(REPOSITORY / "Tests/Fixtures/methods.json")
    path.write_text(json.dumps(shortened(record), separators=(",", ":")) + "\n")
    print(path.stat().st_size, "bytes")
    for name, case in cases.items():
        print(f"{name:28}", *(f"{loss:.5g}" for loss in case["losses"]))


if __name__ == "__main__":
    main()
