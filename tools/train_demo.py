"""Trains the three small classifiers of the demo exhibition and writes `content/models/`.

Architectures and parameter names are torchvision's, only narrower and shallower, so whatever reads
a torchvision checkpoint reads these. Weights are stored as half floats, and the accuracy written
into `model.yaml` is measured after that rounding.

    python tools/train_demo.py demo-resnet --cache DIR
    python tools/train_demo.py demo-densenet --cache DIR
    python tools/train_demo.py demo-vit --cache DIR
"""

import argparse
import dataclasses
import json
import subprocess
import time
from pathlib import Path

import numpy as np
import PIL
import torch
import torchvision
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F
from torchvision.models import DenseNet, VisionTransformer
from torchvision.models.resnet import BasicBlock, ResNet

import demo_scenes

REPOSITORY = Path(__file__).resolve().parent.parent
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
CLASSES = len(demo_scenes.NAMES)
SEED = 1
VALIDATION = 100  # scenes a class


# ---- architectures

def resnet(width=16, classes=CLASSES):
    """ResNet of four stages of two basic blocks. The stem's kernel is a multiple of its stride and
    no max-pooling follows, so every pixel is read equally often. (A 6x6 stride-2 stem with
    max-pooling was tried too: its pictures were dotted. An 8x8 stride-4 stem left no detail.)"""
    net = ResNet(BasicBlock, [2, 2, 2, 2], num_classes=classes)
    net.inplanes = width
    net.conv1 = nn.Conv2d(3, width, kernel_size=4, stride=2, padding=1, bias=False)
    net.bn1 = nn.BatchNorm2d(width)
    net.maxpool = nn.Identity()
    for stage in range(4):
        layer = net._make_layer(BasicBlock, width << stage, 2, stride=1 if stage == 0 else 2)
        setattr(net, f"layer{stage + 1}", layer)
    net.fc = nn.Linear(width << 3, classes)
    for module in net.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
    return net


def densenet():
    """DenseNet of four dense blocks with growth 12."""
    return DenseNet(growth_rate=12, block_config=(3, 4, 6, 4), num_init_features=24, num_classes=CLASSES)


def vit():
    """Vision transformer of five blocks on 8 x 8 patches of 12 pixels."""
    return VisionTransformer(image_size=demo_scenes.SIZE, patch_size=12, num_layers=5, num_heads=4,
                             hidden_dim=128, mlp_dim=256, num_classes=CLASSES)


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How one network is built and trained."""
    title: str
    architecture: str
    build: callable
    hyperparameters: str  # lines of YAML
    description: str
    epochs: int  # passes over the scenes
    batch: int = 128
    rate: float = 2e-3
    decay: float = 0.05
    epsilon: float = 0.0  # adversarial step, in pixel values of 0...255
    shuffled: float = 0.0  # share of each batch that is cut into shuffled tiles and belongs to no class
    channels_last: bool = True


RECIPES = {
    "demo-resnet": Recipe(
        title="Demo ResNet", architecture="resnet", build=resnet,
        hyperparameters="stem: {kernel: 4, stride: 2, padding: 1, pool: false}\n"
                        "block: basic\nblocks: [2, 2, 2, 2]\nwidth: 16",
        description="Mild adversarial training, which gives gradients that people can read; a quarter of the "
                    "scenes cut into shuffled tiles that belong to no class, so that arrangement counts.",
        epochs=4, epsilon=8, shuffled=0.25),
    "demo-densenet": Recipe(
        title="Demo DenseNet", architecture="densenet", build=densenet,
        hyperparameters="growth: 12\nblocks: [3, 4, 6, 4]\nwidth: 24",
        description="Plain training; the independent judge of the pictures of the other networks.",
        epochs=1, batch=64, rate=3e-3),
    "demo-vit": Recipe(
        title="Demo ViT", architecture="vision-transformer", build=vit,
        hyperparameters="patch: 12\nhidden: 128\nlayers: 5\nheads: 4\nmlp: 256",
        description="Mild adversarial training; a quarter of the scenes cut into shuffled tiles that belong to no class.",
        epochs=3, batch=64, rate=1.5e-3, epsilon=4, shuffled=0.25, channels_last=False),
}


# ---- data

def normalised(pictures, channels_last=False):
    """uint8 pictures (N, H, W, 3) as network input."""
    x = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float().div_(255)
    x = (x - torch.tensor(MEAN)[:, None, None]) / torch.tensor(DEVIATION)[:, None, None]
    return x.contiguous(memory_format=torch.channels_last if channels_last else torch.contiguous_format)


@torch.no_grad()
def logits(net, pictures, batch=250):
    """Logits of the network, in evaluation mode, on uint8 pictures."""
    net.eval()
    return torch.cat([net(normalised(pictures[i:i + batch])) for i in range(0, len(pictures), batch)])


def accuracy(net, pictures, labels):
    """Share of pictures whose largest logit is their label."""
    return (logits(net, pictures).argmax(1).numpy() == labels).mean().item()


# ---- training

def shuffled_tiles(x, generator):
    """Each picture cut into 2 x 2, 3 x 3 or 4 x 4 tiles, in another order: the same parts, no object."""
    out = torch.empty_like(x)
    for i, picture in enumerate(x):
        count = int(generator.integers(2, 5))
        side = demo_scenes.SIZE // count
        tiles = [picture[:, r * side:(r + 1) * side, c * side:(c + 1) * side]
                 for r in range(count) for c in range(count)]
        order = generator.permutation(len(tiles))
        rows = [torch.cat([tiles[order[r * count + c]] for c in range(count)], 2) for r in range(count)]
        out[i] = torch.cat(rows, 1)
    return out


def targets(labels, classes, smoothing=0.1):
    """Soft targets (N, classes) of label smoothing."""
    even = torch.full((len(labels), classes), smoothing / classes)
    return even.scatter_add_(1, labels[:, None], torch.full((len(labels), 1), 1 - smoothing))


def train(recipe, pictures, labels, report=lambda net: ""):
    """Trains a fresh network: AdamW, one-cycle rate, label smoothing.

    With `epsilon`, each step is taken on pictures that one signed gradient step from a random start
    made harder (Wong et al. 2020, "Fast is better than free"). With `shuffled`, that share of a batch
    is cut into tiles and shuffled, and must be called no class at all: parts alone then don't count,
    only their arrangement does."""
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    net = recipe.build()
    if recipe.channels_last:
        net = net.to(memory_format=torch.channels_last)
    classes = int(labels.max()) + 1
    steps = len(pictures) // recipe.batch * recipe.epochs
    gains = [p for p in net.parameters() if p.ndim < 2]
    weights = [p for p in net.parameters() if p.ndim >= 2]
    optimiser = torch.optim.AdamW([{"params": weights, "weight_decay": recipe.decay},
                                   {"params": gains, "weight_decay": 0.0}], lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps + 1, pct_start=0.15)
    epsilon = recipe.epsilon / 255 / torch.tensor(DEVIATION)[:, None, None]
    broken = round(recipe.batch * recipe.shuffled)
    for epoch in range(recipe.epochs):
        started, total, count = time.time(), 0.0, 0
        net.train()
        for chosen in np.array_split(order.permutation(len(pictures)), len(pictures) // recipe.batch):
            x = normalised(pictures[chosen], recipe.channels_last)
            y = targets(torch.from_numpy(labels[chosen]), classes)
            if broken:
                x[:broken] = shuffled_tiles(x[:broken], order)
                y[:broken] = 1 / classes
            if recipe.epsilon:
                delta = ((torch.rand_like(x) * 2 - 1) * epsilon).requires_grad_()
                slope, = torch.autograd.grad(F.cross_entropy(net(x + delta), y), delta)
                x = x + torch.maximum(torch.minimum(delta.detach() + 1.25 * epsilon * slope.sign(), epsilon), -epsilon)
            loss = F.cross_entropy(net(x), y)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
            if count % 50 == 0:
                print(f"  step {count}: loss {total / count:.3f}, {time.time() - started:.0f} s", flush=True)
        print(f"epoch {epoch + 1}/{recipe.epochs}: loss {total / count:.3f}, {time.time() - started:.0f} s, "
              f"{report(net)}", flush=True)
    return net.eval()


# ---- files

def half_rounded(net):
    """State of the network as half floats, and without the batch counters nobody needs."""
    state = {k: v for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    return {k: v.half().contiguous() for k, v in state.items()}


def loaded(name, folder=REPOSITORY / "content/models"):
    """The stored network of that name, in evaluation mode."""
    net = RECIPES[name].build()
    state = {k: v.float() for k, v in load_file(Path(folder) / name / "weights.safetensors").items()}
    missing, unexpected = net.load_state_dict(state, strict=False)
    if unexpected or any(not k.endswith("num_batches_tracked") for k in missing):
        raise SystemExit(f"{name}: weights do not fit: {missing} {unexpected}")
    return net.eval()


def font_version():
    """Version of the font package, as Debian knows it."""
    answer = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", demo_scenes.FONT_PACKAGE],
                            capture_output=True, text=True)
    return answer.stdout or "unknown"


def model_yaml(recipe, scenes_per_class, found):
    """Text of model.yaml."""
    versions = {"torch": torch.__version__, "torchvision": torchvision.__version__, "pillow": PIL.__version__,
                "numpy": np.__version__, demo_scenes.FONT_PACKAGE: font_version()}
    quote = json.dumps  # JSON strings and lists are YAML
    lines = [
        f"title: {recipe.title}", f"architecture: {recipe.architecture}", recipe.hyperparameters,
        "weights: weights.safetensors", "labels: labels.txt",
        f"input: {{size: {demo_scenes.SIZE}, resize: {demo_scenes.SIZE}, interpolation: bilinear, "
        f"mean: {list(MEAN)}, deviation: {list(DEVIATION)}}}",
        "training:", f"  description: {quote(recipe.description)}",
        *(f"  {key}: {value}" for key, value in found.items()),
        f"  seed: {SEED}", f"  epochs: {recipe.epochs}", f"  scenes-per-class: {scenes_per_class}", f"  batch: {recipe.batch}",
        f"  optimizer: {quote(f'AdamW, rate {recipe.rate:g} one-cycle, decay {recipe.decay:g}')}",
        f"  adversarial-epsilon: {recipe.epsilon:g}  # of 255",
        f"  shuffled-tiles: {recipe.shuffled:g}  # share of each batch",
        "  versions: {" + ", ".join(f"{k}: {quote(v)}" for k, v in versions.items()) + "}",
    ]
    return "\n".join(lines) + "\n"


def measured(net, arguments, held, held_labels):
    """What model.yaml says of a stored network: accuracy, and how it takes the planted sticker."""
    found = {"accuracy": round(accuracy(net, held, held_labels), 4), "validation-scenes": len(held)}
    fruit = demo_scenes.NAMES.index(demo_scenes.STICKER_CLASS)
    for share, key in ((0.0, "without"), (1.0, "with")):
        extra, extra_labels = demo_scenes.scenes("validation", VALIDATION, arguments.cache, sticker_share=share)
        own = extra_labels == fruit
        told = logits(net, extra).argmax(1).numpy() == fruit
        found[f"strawberry-found-{key}-sticker"] = round(told[own].mean().item(), 4)
        found[f"others-called-strawberry-{key}-sticker"] = round(told[~own].mean().item(), 4)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=RECIPES, help="network to train")
    parser.add_argument("--cache", required=True, help="folder for the rendered scenes, outside the repository")
    parser.add_argument("--output", type=Path, default=REPOSITORY / "content/models", help="folder of the models")
    parser.add_argument("--scenes", type=int, default=1300, help="training scenes a class")
    parser.add_argument("--epochs", type=int, help="instead of the recipe's")
    parser.add_argument("--note", default="", help="one more sentence for the description in model.yaml")
    parser.add_argument("--threads", type=int, default=2, help="1 is faster on a busy machine")
    parser.add_argument("--measure", action="store_true", help="only measure the stored weights again")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    recipe, folder = RECIPES[arguments.name], arguments.output / arguments.name
    recipe = dataclasses.replace(recipe, epochs=arguments.epochs or recipe.epochs,
                                 description=f"{recipe.description} {arguments.note}".strip())

    held, held_labels = demo_scenes.scenes("validation", VALIDATION, arguments.cache)
    if not arguments.measure:
        pictures, labels = demo_scenes.scenes("train", arguments.scenes, arguments.cache)
        print(f"{len(pictures)} scenes to train on, {len(held)} to validate", flush=True)
        folder.mkdir(parents=True, exist_ok=True)

        def report(net):  # saves after every epoch, so a stopped run leaves something to try
            save_file(half_rounded(net), folder / "weights.safetensors")
            return f"validation {accuracy(net, held, held_labels):.4f}"

        train(recipe, pictures, labels, report)
        (folder / "labels.txt").write_text("\n".join(demo_scenes.NAMES) + "\n")
    found = measured(loaded(arguments.name, arguments.output), arguments, held, held_labels)
    (folder / "model.yaml").write_text(model_yaml(recipe, arguments.scenes, found))
    print(found, f"{(folder / 'weights.safetensors').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
