"""Writes what PyTorch says of the demo's reference pictures, for the Swift tests to compare with.

For each network: `Tests/Fixtures/demo_logits_NAME.safetensors` with the float32 logits of every
reference (`logits`, shape N x classes), pictures in sorted path order, computed from the stored
half-float weights and the decoded JPEGs; and `demo_logits_NAME.json` with the accuracy.

    python tools/golden_demo.py
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torchvision
from PIL import Image
from safetensors.torch import save_file

from train_demo import RECIPES, REPOSITORY, loaded, logits


def references(folder):
    """Pictures and labels of all references, class folder by class folder, file by file."""
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    files = [(path, label) for label, inner in enumerate(folders) for path in sorted(inner.glob("*.jpg"))]
    pictures = np.stack([np.asarray(Image.open(path).convert("RGB")) for path, _ in files])
    return pictures, np.array([label for _, label in files])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    pictures, labels = references(REPOSITORY / "content/references")
    fixtures = REPOSITORY / "Tests/Fixtures"
    fixtures.mkdir(parents=True, exist_ok=True)
    for name in RECIPES:
        if not (REPOSITORY / "content/models" / name / "weights.safetensors").exists():
            print(f"{name}: not trained yet, left out")
            continue
        told = logits(loaded(name), pictures)
        correct = int((told.argmax(1).numpy() == labels).sum())
        save_file({"logits": told.contiguous()}, fixtures / f"demo_logits_{name}.safetensors")
        record = {"model": name, "references": len(labels), "correct": correct,
                  "accuracy": round(correct / len(labels), 4),
                  "torch": torch.__version__, "torchvision": torchvision.__version__}
        (fixtures / f"demo_logits_{name}.json").write_text(json.dumps(record, indent=2) + "\n")
        print(record)


if __name__ == "__main__":
    main()
