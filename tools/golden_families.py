"""Golden values of the further families of networks: as golden_models.py, by torchvision.

    python tools/golden_families.py [NAME...]

Weights are hashed. Each family has a full member or one of reduced width, at its default input and, where the family
takes others, at another size.
"""

import sys

from torchvision import models
from torchvision.models import convnext, densenet

import golden_models

DENSE_TAPS = ["features.conv0"] + [f"features.denseblock{index}" for index in (1, 2, 3, 4)]
DENSE_VALUES = r"features\.(conv0|norm0|denseblock\d+(\.denselayer\d+)?|transition\d+|norm5)"


def convnext_taps(blocks):
    """The nodes that VITAL matches: the last one is the sum that ends the last block."""
    return ["features.0", "features.2.1", "features.4.1", "features.6.1", f"features.7.{blocks[-1] - 1}"]


def small_convnext():
    """Two blocks a stage but three in the third, a quarter of the tiny member's width."""
    settings = [convnext.CNBlockConfig(24, 48, 2), convnext.CNBlockConfig(48, 96, 2),
                convnext.CNBlockConfig(96, 192, 3), convnext.CNBlockConfig(192, None, 2)]
    return models.ConvNeXt(settings, num_classes=10)


CONVNEXT_VALUES = r"features\.\d+(\.\d+)?"
SMALL = (4096, 4096)
NETWORKS = {  # name: network, input size, taps, values, samples of the gradients
    "small-densenet": (lambda: densenet.DenseNet(12, (3, 4, 6, 4), 24, num_classes=24), 96, DENSE_TAPS, DENSE_VALUES, SMALL),
    "densenet121": (lambda: models.densenet121(), 224, DENSE_TAPS, DENSE_VALUES, SMALL),
    "densenet121-96": (lambda: models.densenet121(), 96, DENSE_TAPS, DENSE_VALUES, SMALL),
    "small-convnext": (small_convnext, 64, convnext_taps([2]), CONVNEXT_VALUES, SMALL),
    "convnext-base": (lambda: models.convnext_base(), 224, convnext_taps([3]), CONVNEXT_VALUES, SMALL),
    "convnext-base-96": (lambda: models.convnext_base(), 96, convnext_taps([3]), CONVNEXT_VALUES, SMALL),
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or NETWORKS:
        golden_models.make(wanted, *NETWORKS[wanted])
