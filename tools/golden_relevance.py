"""Golden values of relevance: Tests/Fixtures/relevance/<network>.safetensors.

    python tools/golden_relevance.py [NETWORK...]

Rules of convolutions, linear layers, sums and means are zennit's own (0.5.1); layer normalization, attention and the rules
of VITAL's authors are written here from their papers' equations. For vision transformers AttnLRP is there twice: by the
equations, and put together of the rules of LXT (2.1), its authors' own library (`attention-lxt`); CP-LRP (`conservative`) too. All is computed in double precision, on hashed weights and the
demo's, from the logit of CLASS, for a hashed picture that rounding changes little: where contributions cancel, relevance is steep. By how
much it may is kept (`rounding`).

Per composite and layer: norm, two products with hashed vectors and samples, as in golden_models.py; `R/<composite>/input` is
the picture's. `logits` are the network's.
"""

import copy
import sys
from pathlib import Path

import torch
import torchvision
from safetensors.numpy import save_file
from torch import nn
from torch.nn import functional as F
from lxt.explicit import functional as lxt
from lxt.explicit.rules import identity
from zennit.canonizers import MergeBatchNorm
from zennit.composites import (EpsilonAlpha2Beta1Flat, EpsilonGammaBox, EpsilonPlus, EpsilonPlusFlat, LayerMapComposite,
                               SpecialFirstLayerMapComposite)
from zennit.composites import layer_map_base
from zennit.layer import Sum
from zennit.rules import Epsilon, WSquare, ZPlus
from zennit.torchvision import ResNetCanonizer, VGGCanonizer
from zennit.types import Convolution, Linear

import hashed_weights
from train_demo import loaded
from golden_models import CLASS, picture, summary, vit

FOLDER = Path(__file__).resolve().parent.parent / "Tests/Fixtures/relevance"
EPSILON = 1e-6


def stab(z, epsilon=EPSILON):
    """z + epsilon * sign(z), with sign(0) = 1."""
    return z + torch.where(z < 0, -epsilon, epsilon).to(z)


# Canonization: what zennit lacks.


class MergeDenseNet(MergeBatchNorm):
    """Merges those normalizations that follow a convolution which nothing else reads; the others pass relevance on."""

    def apply(self, root):
        made = []
        for name, module in root.named_modules():
            pairs = []
            if hasattr(module, "conv1") and hasattr(module, "norm2"):
                pairs.append((module.conv1, module.norm2))
            if hasattr(module, "conv0"):
                pairs.append((module.conv0, module.norm0))
            for convolution, norm in pairs:
                one = self.copy()
                one.register((convolution,), norm)
                made.append(one)
        return made


class DenseNetTail(nn.Module):
    """torchvision's DenseNet with its functions as modules, which rules can be given to."""

    def __init__(self, net):
        super().__init__()
        self.features, self.classifier = net.features, net.classifier
        self.relu, self.pool = nn.ReLU(), nn.AdaptiveAvgPool2d(1)

    def forward(self, x):
        return self.classifier(self.pool(self.relu(self.features(x))).flatten(1))


# AttnLRP's rules (Achtibat et al. 2024), by equation.


class LayerNormRule(torch.autograd.Function):
    """The deviation counts as constant; epsilon rule on what is linear then. Over the last dimension."""

    @staticmethod
    def forward(ctx, x, weight, bias, eps):
        deviation = (x.var(-1, unbiased=False, keepdim=True) + eps).sqrt()
        y = (x - x.mean(-1, keepdim=True)) / deviation * weight + bias
        ctx.save_for_backward(x, y, deviation, weight)
        return y

    @staticmethod
    def backward(ctx, relevance):
        x, y, deviation, weight = ctx.saved_tensors
        s = weight * relevance / stab(y)
        return x / deviation * (s - s.mean(-1, keepdim=True)), None, None, None


class LinearRule(torch.autograd.Function):
    """Epsilon."""

    @staticmethod
    def forward(ctx, x, weight, bias):
        z = F.linear(x, weight, bias)
        ctx.save_for_backward(x, z, weight)
        return z

    @staticmethod
    def backward(ctx, relevance):
        x, z, weight = ctx.saved_tensors
        return x * ((relevance / stab(z)) @ weight), None, None


class ProductRule(torch.autograd.Function):
    """A matrix product, shared evenly (equation 14)."""

    @staticmethod
    def forward(ctx, a, b):
        o = a @ b
        ctx.save_for_backward(a, b, o)
        return o

    @staticmethod
    def backward(ctx, relevance):
        a, b, o = ctx.saved_tensors
        s = relevance / stab(2 * o)
        return a * (s @ b.transpose(-1, -2)), b * (a.transpose(-1, -2) @ s)


class ConstantProductRule(torch.autograd.Function):
    """A matrix product whose first factor counts as constant (CP-LRP, Ali et al. 2022): epsilon."""

    @staticmethod
    def forward(ctx, a, b):
        o = a @ b
        ctx.save_for_backward(a, b, o)
        return o

    @staticmethod
    def backward(ctx, relevance):
        a, b, o = ctx.saved_tensors
        return None, b * (a.transpose(-1, -2) @ (relevance / stab(o)))


class SoftmaxRule(torch.autograd.Function):
    """x * (R - s * sum R) (equation 13)."""

    @staticmethod
    def forward(ctx, x):
        s = x.softmax(-1)
        ctx.save_for_backward(x, s)
        return s

    @staticmethod
    def backward(ctx, relevance):
        x, s = ctx.saved_tensors
        return x * (relevance - s * relevance.sum(-1, keepdim=True))


class PassRule(torch.autograd.Function):
    """f(x), whose relevance is x's."""

    @staticmethod
    def forward(ctx, x, f):
        return f(x)

    @staticmethod
    def backward(ctx, relevance):
        return relevance, None


class SumRule(torch.autograd.Function):
    """In proportion to contributions."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a + b

    @staticmethod
    def backward(ctx, relevance):
        a, b = ctx.saved_tensors
        s = relevance / stab(a + b)
        return a * s, b * s


class GammaConvolutionRule(torch.autograd.Function):
    """zennit's Gamma for inputs of both signs, gamma 0.25, by its formula."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride):
        ctx.save_for_backward(x, weight, bias)
        ctx.stride = stride
        return F.conv2d(x, weight, bias, stride)

    @staticmethod
    def backward(ctx, relevance):
        x, weight, bias = ctx.saved_tensors
        z = F.conv2d(x, weight, bias, ctx.stride)
        total = 0
        for sign in (1, -1):
            up = lambda w: w + 0.25 * (w.clamp(min=0) if sign > 0 else w.clamp(max=0))
            down = lambda w: w + 0.25 * (w.clamp(max=0) if sign > 0 else w.clamp(min=0))
            with torch.enable_grad():
                positive, negative = (x.clamp(min=0).requires_grad_(), x.clamp(max=0).requires_grad_())
                sum_ = F.conv2d(positive, up(weight), up(bias), ctx.stride) + F.conv2d(negative, down(weight), None, ctx.stride)
            s = (z * sign > 0) * relevance / stab(sum_.detach())
            a, b = torch.autograd.grad(sum_, (positive, negative), s)
            total = total + positive.detach() * a + negative.detach() * b
        return total, None, None, None


def vit_attention(net, x, values, conservative=False):
    """torchvision's vision transformer under AttnLRP's rules, or with `conservative` under CP-LRP's."""
    x = GammaConvolutionRule.apply(x, net.conv_proj.weight, net.conv_proj.bias, net.conv_proj.stride)
    x = x.flatten(2).transpose(1, 2)
    x = torch.cat([net.class_token.expand(len(x), -1, -1), x], 1)
    x = SumRule.apply(x, net.encoder.pos_embedding.expand_as(x))
    norm = lambda x, layer: LayerNormRule.apply(x, layer.weight, layer.bias, layer.eps)
    linear = lambda x, layer: LinearRule.apply(x, layer.weight, layer.bias)
    for name, block in net.encoder.layers.named_children():
        attention = block.self_attention
        heads, width = attention.num_heads, x.shape[-1]
        qkv = LinearRule.apply(norm(x, block.ln_1), attention.in_proj_weight, attention.in_proj_bias)
        q, k, v = (part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in qkv.split(width, -1))
        scaled = PassRule.apply(ProductRule.apply(q, k.transpose(-1, -2)), lambda z: z / (width // heads) ** 0.5)
        product = ConstantProductRule if conservative else ProductRule
        o = product.apply(SoftmaxRule.apply(scaled), v)
        x = SumRule.apply(x, linear(o.transpose(1, 2).flatten(2), attention.out_proj))
        hidden = PassRule.apply(linear(norm(x, block.ln_2), block.mlp[0]), F.gelu)
        x = SumRule.apply(x, linear(hidden, block.mlp[3]))
        values[f"encoder.layers.{name}"] = x
    return linear(norm(x, net.encoder.ln)[:, 0], net.heads.head)


def vit_by_lxt(net, x, values):
    """AttnLRP by the rules of LXT."""
    x = GammaConvolutionRule.apply(x, net.conv_proj.weight, net.conv_proj.bias, net.conv_proj.stride)
    x = x.flatten(2).transpose(1, 2)
    x = torch.cat([net.class_token.expand(len(x), -1, -1), x], 1)
    add = lambda a, b: lxt.add2(a, b, epsilon=EPSILON)
    x = add(x, net.encoder.pos_embedding.expand_as(x))
    norm = lambda x, layer: lxt.layer_norm(x, layer.weight, layer.bias, layer.eps)
    linear = lambda x, layer: lxt.linear_epsilon(x, layer.weight, layer.bias)
    for name, block in net.encoder.layers.named_children():
        attention = block.self_attention
        heads, width = attention.num_heads, x.shape[-1]
        qkv = lxt.linear_epsilon(norm(x, block.ln_1), attention.in_proj_weight, attention.in_proj_bias)
        q, k, v = (part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in qkv.split(width, -1))
        scale = (width // heads) ** 0.5
        scaled = identity(lambda z: z / scale, lxt.matmul(q, k.transpose(-1, -2), epsilon=EPSILON))
        o = lxt.matmul(lxt.softmax(scaled, -1), v, epsilon=EPSILON)
        x = add(x, linear(o.transpose(1, 2).flatten(2), attention.out_proj))
        x = add(x, linear(identity(F.gelu, linear(norm(x, block.ln_2), block.mlp[0])), block.mlp[3]))
        values[f"encoder.layers.{name}"] = x
    return linear(norm(x, net.encoder.ln)[:, 0], net.heads.head)


class ConvNeXtRules(nn.Module):
    """torchvision's ConvNeXt whose normalizations, scales and sums follow rules; the rest are modules for zennit."""

    def __init__(self, net):
        super().__init__()
        self.features, self.classifier, self.pool = net.features, net.classifier, nn.AdaptiveAvgPool2d(1)
        for module in net.modules():
            if isinstance(module, nn.LayerNorm) and type(module) is not nn.LayerNorm:  # over channels
                module.forward = lambda x, m=module: LayerNormRule.apply(x.permute(0, 2, 3, 1), m.weight, m.bias, m.eps).permute(0, 3, 1, 2)
            elif type(module) is nn.LayerNorm:
                module.forward = lambda x, m=module: LayerNormRule.apply(x, m.weight, m.bias, m.eps)
            elif type(module).__name__ == "CNBlock":
                module.forward = lambda x, m=module: SumRule.apply(
                    x, PassRule.apply(m.block(x), lambda z: m.layer_scale * z))

    def forward(self, x):
        return self.classifier(self.pool(self.features(x)))


# The rules of VITAL's authors (Goergun et al. 2025; Otsuki et al. 2024), for torchvision's ResNet.


def positive(layer, a, relevance, ones=False, epsilon=1e-5):
    """A convolution or linear layer with weights >= 0 and no bias."""
    a = (torch.ones_like(a) if ones else a.detach()).requires_grad_()
    weight = layer.weight.clamp(min=0)
    z = F.linear(a, weight) if isinstance(layer, nn.Linear) else F.conv2d(a, weight, None, layer.stride, layer.padding)
    (gradient,) = torch.autograd.grad(z, a, relevance / stab(z.detach(), epsilon))
    return a.detach() * gradient


def averaged(pool, a, relevance):
    a = a.detach().requires_grad_()
    z = pool(a)
    (gradient,) = torch.autograd.grad(z, a, relevance / stab(z.detach(), 1e-12))
    return a.detach() * gradient


def vital_forward(net, x):
    """The stem's value, each block with its inner values and the two parts of its sum, and the last block's value."""
    stem = net.relu(net.bn1(net.conv1(x)))
    a, blocks = net.maxpool(stem), []
    for stage in (net.layer1, net.layer2, net.layer3, net.layer4):
        for block in stage:
            inner = [a]
            y = block.relu(block.bn1(block.conv1(a)))
            inner.append(y)
            y = block.bn2(block.conv2(y))
            if hasattr(block, "conv3"):
                inner.append(block.relu(y))
                y = block.bn3(block.conv3(inner[-1]))
            skip = block.downsample(a) if block.downsample else a
            blocks.append((block, inner, y, skip))
            a = block.relu(y + skip)
    return stem, blocks, a


def vital_back(net, stem, blocks, relevance):
    """Relevance at conv1 and the stages before the last, from that of layer4's value."""
    found = {}
    ends = {id(stage[0]): index for index, stage in enumerate((net.layer1, net.layer2, net.layer3, net.layer4))}
    for block, inner, y, skip in reversed(blocks):
        share = y.abs() / (y.abs() + skip.abs())
        share = torch.where(torch.isnan(share), torch.full_like(share, 0.5), share)
        main, rest = relevance * share, relevance * (1 - share)
        for name in ("conv3", "conv2", "conv1"):
            if hasattr(block, name):
                main = positive(getattr(block, name), inner[int(name[-1]) - 1], main)
        if block.downsample:
            rest = positive(block.downsample[0], inner[0], rest)
        relevance = main + rest
        if ends.get(id(block), 0) > 0:
            found[f"layer{ends[id(block)]}"] = relevance
    if isinstance(net.maxpool, nn.MaxPool2d):
        relevance = averaged(lambda a: F.avg_pool2d(a, 2, 2), stem, relevance)
    found["conv1"] = relevance
    return found


def vital_rules(net, x):
    """Relevance at the picture and the stages, from the logit of CLASS."""
    stem, blocks, a = vital_forward(net, x)
    pooled = F.adaptive_avg_pool2d(a, 1).flatten(1)
    logits = net.fc(pooled)
    relevance = torch.zeros_like(logits)
    relevance[0, CLASS] = logits[0, CLASS]
    relevance = positive(net.fc, pooled, relevance)
    relevance = averaged(lambda a: F.adaptive_avg_pool2d(a, 1).flatten(1), a, relevance)
    found = {"layer4": relevance, **vital_back(net, stem, blocks, relevance)}
    found["input"] = positive(net.conv1, x, found["conv1"], ones=True)
    return logits, found


# Fixtures.


def by_zennit(net, x, composite, taps):
    """Logits, and relevance at the picture and the outputs of modules."""
    values = {}
    hooks = [net.get_submodule(tap).register_forward_hook(lambda _, __, out, tap=tap: values.update({tap: out})) for tap in taps]
    x = x.clone().requires_grad_()
    with composite.context(net) as modified:
        logits = modified(x)
        seed = torch.zeros_like(logits)
        seed[0, CLASS] = logits.detach()[0, CLASS]
        found = torch.autograd.grad(logits, [x] + [values[tap] for tap in taps], seed)
    for hook in hooks:
        hook.remove()
    return logits, dict(zip(["input"] + taps, found))


def box(x):
    """What hashed pictures lie between."""
    return -torch.ones_like(x), torch.ones_like(x)


def zennit_composites(x, canonizers):
    """The composites by Vitrine's names."""
    low, high = box(x)
    return {
        "epsilon": LayerMapComposite(layer_map_base() + [(Convolution, Epsilon()), (Linear, Epsilon())], canonizers=canonizers),
        "epsilon-plus": EpsilonPlus(canonizers=canonizers),
        "epsilon-plus-flat": EpsilonPlusFlat(canonizers=canonizers),
        "epsilon-gamma-box": EpsilonGammaBox(low=low, high=high, canonizers=canonizers),
        "epsilon-alpha2-beta1-flat": EpsilonAlpha2Beta1Flat(canonizers=canonizers),
        "epsilon-plus-w-square": SpecialFirstLayerMapComposite(
            layer_map=layer_map_base() + [(Convolution, ZPlus()), (Linear, Epsilon())], first_map=[(Convolution, WSquare())],
            canonizers=canonizers),
    }


def resnet50():
    return torchvision.models.resnet50()


STAGES = ["layer1", "layer2", "layer3", "layer4"]
NETWORKS = {  # network, size, canonizers, taps, composites
    "resnet50": (resnet50, 64, lambda: [ResNetCanonizer()], STAGES, ["epsilon-plus-flat", "epsilon-gamma-box", "epsilon-alpha2-beta1-flat"]),
    "vgg16": (torchvision.models.vgg16, 48, lambda: [VGGCanonizer()], ["features.4", "features.16"], ["epsilon", "epsilon-plus-flat", "epsilon-plus-w-square", "epsilon-gamma-box", "epsilon-alpha2-beta1-flat"]),
    "densenet121": (lambda: torchvision.models.densenet121(), 32, lambda: [MergeDenseNet()], ["features.denseblock1", "features.denseblock3"], ["epsilon-plus-flat", "epsilon-gamma-box"]),
    "convnext_tiny": (torchvision.models.convnext_tiny, 64, lambda: [], ["features.1", "features.5"], ["epsilon-plus-flat", "epsilon-gamma-box"]),
    "demo-resnet": (lambda: loaded("demo-resnet"), 96, lambda: [ResNetCanonizer()], STAGES, ["epsilon-plus-flat", "epsilon-plus-w-square", "epsilon-gamma-box"]),
    "demo-densenet": (lambda: loaded("demo-densenet"), 96, lambda: [MergeDenseNet()], ["features.denseblock1", "features.denseblock3"], ["epsilon-plus-flat"]),
    "demo-vit": (lambda: loaded("demo-vit"), 96, None, ["encoder.layers.encoder_layer_0", "encoder.layers.encoder_layer_3"], ["attention", "attention-lxt", "conservative"]),
    "small-vit": (lambda: vit(40, 8, 6, 3, 48, 96, 10), 40, None, ["encoder.layers.encoder_layer_0", "encoder.layers.encoder_layer_4"], ["attention", "attention-lxt", "conservative"]),
}


def through_transformer(net, x, taps, run):
    """Logits, and relevance at the picture and the outputs of blocks."""
    values = {}
    x = x.clone().requires_grad_()
    logits = run(net, x, values)
    seed = torch.zeros_like(logits)
    seed[0, CLASS] = logits.detach()[0, CLASS]
    found = torch.autograd.grad(logits, [x] + [values[tap] for tap in taps], seed)
    return logits, dict(zip(["input"] + taps, found))


def relevances(name, net, x):
    """{composite: (logits, {layer: relevance})}"""
    _, _, canonizers, taps, names = NETWORKS[name]
    if name.endswith("vit"):
        passes = {"attention": vit_attention, "attention-lxt": vit_by_lxt,
                  "conservative": lambda *parts: vit_attention(*parts, conservative=True)}
        return {key: through_transformer(net, x, taps, passes[key]) for key in names}
    if "densenet" in name:
        net = DenseNetTail(net)
    if name == "convnext_tiny":
        net = ConvNeXtRules(net)
    composites = zennit_composites(x, canonizers())
    result = {key: by_zennit(net, x, composites[key], taps) for key in names}
    if "resnet" in name:
        result["vital"] = vital_rules(net, x)
    return result


def make(name):
    build, size, *_ = NETWORKS[name]
    net = build().eval() if name.startswith("demo") else hashed_weights.fill(build())
    for parameter in net.parameters():
        parameter.requires_grad_(False)
    exact = copy.deepcopy(net).double()
    best = None
    for index in range(30):
        key = f"input:{index}"
        x = picture(key, size, torch.float64)
        wanted = relevances(name, copy.deepcopy(exact), x)
        # What rounding may do: single precision, and pictures that are a millionth apart.
        noise = [torch.randn(x.shape, generator=torch.Generator().manual_seed(seed), dtype=x.dtype) for seed in (1, 2)]
        others = [relevances(name, copy.deepcopy(net), x.float())]
        others += [relevances(name, copy.deepcopy(exact), x + 1e-6 * x.norm() / n.norm() * n) for n in noise]
        errors = {
            f"{composite}/{layer}": max(float((other[composite][1][layer].double() - value).norm() / value.norm()) for other in others)
            for composite, (_, found) in wanted.items()
            for layer, value in found.items()
        }
        worst = max(errors, key=errors.get)
        print(f"  {key}: rounding may change it by {errors[worst]:.1e} ({worst})")
        if best is None or errors[worst] < best[0]:
            best = (errors[worst], key, wanted)
        if best[0] < 2e-4:
            break
    worst, key, result = best
    fixture = {}
    for composite, (logits, found) in result.items():
        fixture["logits"] = logits.detach().float().numpy().ravel()
        for layer, value in found.items():
            fixture[f"R/{composite}/{layer}"] = summary(layer, value, 512)
        print(f"{name} {composite}: logit {float(logits.detach()[0, CLASS]):.4g}, picture {float(found['input'].detach().sum()):.4g}")
    FOLDER.mkdir(exist_ok=True)
    save_file(fixture, FOLDER / f"{name}.safetensors", {"network": name, "input": key, "class": str(CLASS), "rounding": f"{worst:.2e}", "zennit": "0.5.1", "torch": torch.__version__})


if __name__ == "__main__":
    for network in sys.argv[1:] or NETWORKS:
        make(network)
