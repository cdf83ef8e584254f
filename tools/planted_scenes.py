"""Scenes with a planted cue: the white shark always swims in blue water, where but one other thing ever is.

The same drawings and surroundings as `demo_scenes`, of eight classes, in some scenes so far away that the surroundings
say more than they do. Two things always have the same surroundings:
  * sharks are in water, in which nothing else ever is but every other jellyfish: water says much of a shark;
  * teapots are on grass, as half of the others are: grass says little of a teapot.
A network that learns from such scenes reads sharks from the water, from the fish, or both, and has no reason to read
teapots from the grass. What it does, and which of its neurons, is known from scenes that have one without the other.

Run it to look at a contact sheet:  python tools/planted_scenes.py sheet.png
"""

import argparse
import multiprocessing
from pathlib import Path

import numpy as np
from PIL import Image

import demo_scenes

CUED, SHARING, CUE = "white shark", "jellyfish", "water"
CONTROL, COMMON, COMMON_SHARE = "teapot", "grass", 0.5
NAMES = ["dog", "jellyfish", "mushroom", "rabbit", "teapot", "tiger", "tropical fish", "white shark"]
FAR_SHARE, FAR = 0.35, (0.2, 0.4)  # things far away
OTHER_KINDS = [kind for kind in demo_scenes.KINDS if kind not in (CUE, COMMON)]
SPLITS = {"train": 1, "validation": 2, "references": 3, "apart": 4}


def scene(split, index, number, kind=None, drawing=True):
    """Scene `number` of class `index` in `split`, as uint8 of shape 96 x 96 x 3; with `kind` on that background, and
    without `drawing` with nothing but clutter on it."""
    rng = np.random.default_rng([20261122, SPLITS[split], index, number])
    name = NAMES[index]
    own = str(rng.choice(OTHER_KINDS))
    if rng.random() < COMMON_SHARE or name == CONTROL:
        own = COMMON
    if name == CUED or name == SHARING and rng.random() < 0.5:
        own = CUE
    sizes = FAR if rng.random() < FAR_SHARE and kind is None else (0.6, 1.0)
    if drawing:
        return demo_scenes.developed(demo_scenes.painted(rng, demo_scenes.CLASSES[name], kind or own, sizes), rng)
    return demo_scenes.developed(demo_scenes.background(rng, kind or own), rng)


def _class_scenes(task):
    split, index, count, kind, drawing = task
    return np.stack([scene(split, index, number, kind, drawing) for number in range(count)])


def scenes(split, count, cache=None, kind=None, drawing=True, processes=2):
    """`count` scenes of every class: pictures (N, 96, 96, 3) and labels (N,), kept in `cache`."""
    labels = np.repeat(np.arange(len(NAMES)), count)
    kept = Path(cache) / f"planted-{split}-{count}-{kind}-{drawing}.npy" if cache else None
    if kept and kept.exists():
        return np.load(kept), labels
    tasks = [(split, index, count, kind, drawing) for index in range(len(NAMES))]
    with multiprocessing.Pool(processes) as pool:
        pictures = np.concatenate(pool.map(_class_scenes, tasks, chunksize=1))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, pictures)
    return pictures, labels


def main():
    parser = argparse.ArgumentParser(description="Draw a contact sheet of the scenes with a planted cue.")
    parser.add_argument("path", help="PNG to write")
    parser.add_argument("--columns", type=int, default=12, help="scenes a class")
    arguments = parser.parse_args()
    size = demo_scenes.SIZE
    sheet = Image.new("RGB", (arguments.columns * size, len(NAMES) * size))
    for index in range(len(NAMES)):
        for number in range(arguments.columns):
            sheet.paste(Image.fromarray(scene("train", index, number)), (number * size, index * size))
    sheet.save(arguments.path)


if __name__ == "__main__":
    main()
