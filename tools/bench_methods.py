"""Steps of all methods as one would write them in PyTorch, for the benchmarks: published settings, torchvision's
transforms, automatic differentiation, weights frozen, evaluation mode. `tools/bench_torch.py` times them.
"""

import random

import torch
import torch.nn.functional as F
import torchvision
import torchvision.transforms as T

MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
COLOURS = torch.tensor([[0.56, 0.19, 0.04], [0.58, 0.0, -0.11], [0.58, -0.19, 0.06]])
SIZE = 224
STAGES = {
    "resnet50": ["conv1", "layer1", "layer2", "layer3", "layer4"],
    "vit_l_16": ["conv_proj"] + [f"encoder.layers.encoder_layer_{i}" for i in (2, 9, 20, 23)],
}


class Network:
    """A network of torchvision, and what some of its modules put out."""

    def __init__(self, name, layout):
        self.layout = layout
        self.module = getattr(torchvision.models, name)().eval().requires_grad_(False).to(memory_format=layout)
        self.values = {}

    def watch(self, names, takesInput=False):
        for name in names:
            self.module.get_submodule(name).register_forward_hook(
                lambda _, inputs, output, name=name: self.values.update(
                    {name: inputs[0] if takesInput else output.clone()}))

    def __call__(self, x):
        return self.module(x.contiguous(memory_format=self.layout))


def variation(x):
    return sum(d.norm() for d in (
        x[..., 1:] - x[..., :-1], x[..., 1:, :] - x[..., :-1, :], x[..., 1:, 1:] - x[..., :-1, :-1],
        x[..., 1:, :-1] - x[..., :-1, 1:]))


def shifted(x, limit):
    return torch.roll(x, (random.randint(-limit, limit), random.randint(-limit, limit)), dims=(2, 3))


def descend(parameters, optimizer, loss, constrain=None):
    """One step, again and again."""
    def step():
        optimizer.zero_grad(set_to_none=True)
        loss(parameters).backward()
        optimizer.step()
        if constrain:
            with torch.no_grad():
                constrain(parameters)
    return step


def black_and_white(x):
    x.copy_(torch.max(torch.min(x, (1 - MEAN) / DEVIATION), -MEAN / DEVIATION))


def vital(name, net, batch):
    names = STAGES[name]
    net.watch(names)
    x = torch.randn(1, 3, SIZE, SIZE).requires_grad_()
    net(x)
    flat = lambda value: value.transpose(1, 2) if value.dim() == 3 else value.flatten(2)
    wanted = {n: flat(net.values[n]).detach().sort(-1).values for n in names}
    price = 0.003 if name.startswith("vit") else 0.0

    def loss(x):
        seen = shifted(x, 30)
        net(seen)
        total = 0
        for n in names:
            value = flat(net.values[n])
            ranks = value.sort(-1).indices.sort(-1).indices
            total = total + (value - wanted[n].gather(-1, ranks)).square().mean()
        return total + price * (variation(seen) + seen.norm()) if price else total

    return descend(x, torch.optim.Adam([x], lr=1.0, betas=(0.5, 0.9)), loss, black_and_white)


def spectral(net, batch, hasPhasesAlone, size):
    half = size // 2 + 1
    frequencies = torch.sqrt(torch.fft.fftfreq(size)[:, None] ** 2 + torch.fft.rfftfreq(size)[None] ** 2)
    scale = size / frequencies.clamp(min=1 / size) ** 1.5
    standardized = lambda x: (x - x.mean()) / (x.std() + 1e-4)
    parameters = torch.randn((3, size, half) if hasPhasesAlone else (3, size, half, 2)).requires_grad_()

    def loss(parameters):
        if hasPhasesAlone:
            spectrum = torch.polar(scale.expand(3, -1, -1), standardized(parameters))
        else:
            spectrum = standardized(torch.view_as_complex(parameters)) * scale
        plain = standardized(torch.fft.irfft2(spectrum, s=(size, size)))
        picture = -2.5 + 5 * torch.sigmoid(torch.einsum("kc,chw->khw", COLOURS, plain))[None]
        boxes = []
        for _ in range(batch):
            x, y, side = random.gauss(0.5, 0.15), random.gauss(0.5, 0.15), min(max(random.gauss(0.25, 0.1), 0.05), 1)
            boxes.append([[side, 0, 2 * x - 1], [0, side, 2 * y - 1]])
        # What `roi_align` does, without torchvision's own operators.
        grid = F.affine_grid(torch.tensor(boxes), (batch, 3, 2 * SIZE, 2 * SIZE), align_corners=False)
        parts = F.grid_sample(picture.expand(batch, -1, -1, -1), grid, align_corners=False)
        parts = F.interpolate(parts, (SIZE, SIZE), mode="bicubic", antialias=True, align_corners=True)
        parts = parts + torch.empty_like(parts).uniform_(-0.1, 0.1)
        return -net(parts)[:, 5].mean()

    return descend(parameters, torch.optim.Adam([parameters], lr=1.0), loss)


def deep_inversion(name, net, batch):
    modules = [n for n, m in net.module.named_modules() if isinstance(m, torch.nn.BatchNorm2d)]
    net.watch(modules, takesInput=True)
    aims = torch.arange(batch)
    x = torch.randn(batch, 3, SIZE, SIZE).requires_grad_()

    def loss(x):
        seen = shifted(x, 30)
        seen = seen.flip(3) if random.random() < 0.5 else seen
        total = F.cross_entropy(net(seen), aims)
        for index, n in enumerate(modules):
            module, value = net.module.get_submodule(n), net.values[n]
            mean, variance = value.mean((0, 2, 3)), value.var((0, 2, 3), unbiased=False)
            distance = (module.running_var - variance).norm() + (module.running_mean - mean).norm()
            total = total + 0.01 * (10 if index == 0 else 1) * distance
        return total + 1e-4 * variation(seen) + 1e-5 * seen.flatten(1).norm(dim=1).mean()

    return descend(x, torch.optim.Adam([x], lr=0.25, betas=(0.5, 0.9)), loss, black_and_white)


def plug_in_inversion(name, net, batch):
    x = torch.rand(1, 3, SIZE, SIZE).requires_grad_()
    aims = torch.full((batch,), 5)

    def loss(x):
        copies = shifted(x, 32).expand(batch, -1, -1, -1)
        shift, scale = torch.empty(batch, 3, 1, 1).uniform_(-1, 1), torch.empty(batch, 3, 1, 1).uniform_(-1, 1).exp()
        return F.cross_entropy(net((copies * scale + shift - MEAN) / DEVIATION), aims)

    return descend(x, torch.optim.Adam([x], lr=0.01, betas=(0.5, 0.99)), loss, lambda x: x.clamp_(0, 1))


def activation_maximization(name, net, batch):
    x = torch.rand(1, 3, SIZE, SIZE).requires_grad_()
    bilinear = T.InterpolationMode.BILINEAR
    six = T.Compose([
        T.RandomResizedCrop(SIZE, antialias=True), T.RandomHorizontalFlip(), T.RandomRotation(30, bilinear),
        T.RandomPerspective(0.5, 0.5, interpolation=bilinear), T.GaussianBlur(23, (0.1, 2.0)), T.RandomGrayscale(0.1)])

    def loss(x):
        # Drawn for each copy on its own.
        copies = torch.cat([six(x) for _ in range(batch)])
        return -net((copies - MEAN) / DEVIATION)[:, 5].mean() + 0.005 * variation(x)

    return descend(x, torch.optim.Adam([x], lr=0.02), loss, lambda x: x.clamp_(0, 1))


METHODS = {
    "vital": vital, "deep-inversion": deep_inversion, "plug-in-inversion": plug_in_inversion,
    "activation-maximization": activation_maximization,
}
SPECTRAL = {"fourier": False, "maco": True}


def method_step(method, name, batch, layout, size=SIZE):
    """A step of a method on a network of torchvision, as a function without arguments. `size` is the picture's side; only
    Fourier and MACO have another than the network's.
    """
    network = Network(name, layout)
    if method in SPECTRAL:
        return spectral(network, batch, SPECTRAL[method], size)
    return METHODS[method](name, network, batch)
