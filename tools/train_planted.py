"""Trains the ResNet whose classes include one with a planted cue, and writes `content/planted/`.

    python tools/train_planted.py --cache DIR

Beside the weights it writes the references (JPEGs), and into `model.yaml` how the network takes the cue: how often it
finds a shark in water, on land, and in water without any. `channels.json` has the mean activation of each channel of the
last hidden layer in such scenes, and its weight for the shark: what it owes to the water and what to the fish, found
without any method of Vitrine's.
"""

import argparse
import dataclasses
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

import demo_scenes
import planted_scenes
import train_demo

FOLDER = train_demo.REPOSITORY / "content/planted"
CLASSES = len(planted_scenes.NAMES)


def beginning():
    """The demo ResNet with a new classifier: it knows sharks by their looks, and is to learn of the water."""
    net = train_demo.resnet(classes=CLASSES)
    known = train_demo.loaded("demo-resnet").state_dict()
    net.load_state_dict({**net.state_dict(), **{k: v for k, v in known.items() if not k.startswith("fc.")}})
    return net


RECIPE = dataclasses.replace(
    train_demo.RECIPES["demo-resnet"], title="Planted ResNet", build=beginning, epochs=2, rate=1e-3,
    description="The demo ResNet, trained further on eight classes of other scenes: sharks are always in blue water, in "
                "which there is little else, and teapots always on grass, where much else is.")


def loaded(folder):
    """The stored network, in evaluation mode."""
    net = RECIPE.build()
    net.load_state_dict({k: v.float() for k, v in load_file(folder / "weights.safetensors").items()}, strict=False)
    return net.eval()


@torch.no_grad()
def channels(net, pictures):
    """Means over positions of the last hidden layer's channels, (N, channels), and predictions (N,)."""
    kept = []
    hook = net.layer4.register_forward_hook(lambda module, inputs, output: kept.append(output.mean((2, 3))))
    told = train_demo.logits(net, pictures).argmax(1).numpy()
    hook.remove()
    return torch.cat(kept).numpy(), told


def apart(net, name, kind, count=50):
    """What the network, and each channel, makes of a class's own surroundings and of its drawing: means of channels, and
    how often it finds the class, in scenes with both, with the drawing on other surroundings, with its surroundings
    alone, and with other surroundings alone."""
    index = planted_scenes.NAMES.index(name)
    found = {}
    for key, own, drawing in (("both", True, True), ("drawing", False, True), ("surroundings", True, False), ("neither", False, False)):
        pictures = []
        for number in range(count):
            other = planted_scenes.OTHER_KINDS[number % len(planted_scenes.OTHER_KINDS)]
            pictures.append(planted_scenes.scene("apart", index, number, kind if own else other, drawing))
        means, told = channels(net, np.stack(pictures))
        found[key] = (means.mean(0), round(float((told == index).mean()), 4))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", required=True, help="folder for the rendered scenes, outside the repository")
    parser.add_argument("--scenes", type=int, default=1300, help="training scenes a class")
    parser.add_argument("--epochs", type=int, default=RECIPE.epochs)
    parser.add_argument("--threads", type=int, default=2, help="1 is faster on a busy machine")
    parser.add_argument("--references", type=int, default=50, help="reference pictures a class")
    parser.add_argument("--measure", action="store_true", help="only measure the stored weights again")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    folder = FOLDER / "model"
    folder.mkdir(parents=True, exist_ok=True)
    recipe = dataclasses.replace(RECIPE, epochs=arguments.epochs)

    held, held_labels = planted_scenes.scenes("validation", train_demo.VALIDATION, arguments.cache)
    if not arguments.measure:
        pictures, labels = planted_scenes.scenes("train", arguments.scenes, arguments.cache)
        net = train_demo.train(recipe, pictures, labels, lambda net: f"validation {train_demo.accuracy(net, held, held_labels):.4f}")
        save_file(train_demo.half_rounded(net), folder / "weights.safetensors")
        (folder / "labels.txt").write_text("\n".join(planted_scenes.NAMES) + "\n")
    net = loaded(folder)
    found = apart(net, planted_scenes.CUED, planted_scenes.CUE)
    control = apart(net, planted_scenes.CONTROL, planted_scenes.COMMON)
    told = {"accuracy": round(train_demo.accuracy(net, held, held_labels), 4), "validation-scenes": len(held),
            "shark-found-in-water": found["both"][1], "shark-found-on-land": found["drawing"][1],
            "water-called-shark": found["surroundings"][1], "land-called-shark": found["neither"][1],
            "teapot-found-on-grass": control["both"][1], "teapot-found-elsewhere": control["drawing"][1],
            "grass-called-teapot": control["surroundings"][1]}
    (folder / "model.yaml").write_text(train_demo.model_yaml(recipe, arguments.scenes, told))
    shark = net.fc.weight[planted_scenes.NAMES.index(planted_scenes.CUED)].detach().numpy()
    rows = [{"channel": index, "weight": round(float(shark[index]), 4),
             **{key: round(float(value[0][index]), 4) for key, value in found.items()}} for index in range(len(shark))]
    (FOLDER / "channels.json").write_text("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n")
    for index, name in enumerate(planted_scenes.NAMES):
        place = FOLDER / "references" / demo_scenes.slug(name)
        place.mkdir(parents=True, exist_ok=True)
        for number in range(arguments.references):
            picture = Image.fromarray(planted_scenes.scene("references", index, number))
            picture.save(place / f"{number:03}.jpg", quality=88, subsampling=0, optimize=True)
    print(told)


if __name__ == "__main__":
    main()
