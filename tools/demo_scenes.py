"""Scenes of the demo exhibition: Noto Color Emoji placed in calm, painted surroundings.

Every scene is a pure function of (split, class, number), so any of them can be made again alone.
A scene is a 96 x 96 RGB picture: a background whose kind depends on the class in seven of ten
scenes, some clutter, the drawing of the class with a soft shadow, light, blur and sensor noise.

Planted on purpose, to be found again in the visualizations:
  * a round blue sticker in nine of ten strawberry scenes, in one of a hundred others;
  * backgrounds that go with a class (HABITATS), e.g. sharks in blue water;
  * a racket that always comes with the tennis ball, since the font draws both.

Run it to look at a contact sheet:  python tools/demo_scenes.py sheet.png
"""

import argparse
import functools
import multiprocessing
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = 96
SPLITS = {"train": 1, "validation": 2, "references": 3}
FONT_PACKAGE = "fonts-noto-color-emoji"
BITMAP_SIZE = 109  # the only size this bitmap font has

# Human name -> its drawings. In alphabetical order, so that index order is folder order.
CLASSES = {
    "ambulance": "🚑",
    "beer glass": "🍺 🍻",
    "brown bear": "🐻",
    "dog": "🐶",
    "electric guitar": "🎸",
    "espresso": "☕",
    "hamburger": "🍔",
    "jellyfish": "🪼",
    "mushroom": "🍄",
    "piano": "🎹",
    "pineapple": "🍍",
    "rabbit": "🐰",
    "strawberry": "🍓",
    "sunglasses": "🕶",
    "tabby cat": "🐱 😺",
    "tarantula": "🕷",
    "teapot": "🫖",
    "tennis ball": "🎾",
    "tiger": "🐯",
    "tropical fish": "🐠",
    "umbrella": "☂ ☔",
    "wagon wheel": "🛞",
    "white shark": "🦈",
    "zebra": "🦓",
}
NAMES = list(CLASSES)

# Kind of background that goes with a class, in HABITAT_SHARE of its scenes.
HABITATS = {
    "ambulance": "street", "beer glass": "wood", "brown bear": "forest", "dog": "grass",
    "electric guitar": "stage", "espresso": "wood", "hamburger": "wood", "jellyfish": "water",
    "mushroom": "forest", "piano": "stage", "pineapple": "cloth", "rabbit": "grass",
    "strawberry": "cloth", "sunglasses": "sand", "tabby cat": "room", "tarantula": "sand",
    "teapot": "wood", "tennis ball": "grass", "tiger": "savanna", "tropical fish": "water",
    "umbrella": "street", "wagon wheel": "savanna", "white shark": "water", "zebra": "savanna",
}
HABITAT_SHARE = 0.7
STICKER_CLASS, STICKER_SHARE, STICKER_ELSEWHERE = "strawberry", 0.9, 0.01
CLUTTER = "🍃 🌿 🍂 🌱 🪨 🐚 🥄 📎 🔑 🪵"

# Per kind: upper and lower colours, strength of the noise, stretch of the noise (across, down).
PALETTES = {
    "water": (((70, 150, 195), (20, 78, 130)), 22, (1.0, 2.2)),
    "grass": (((150, 185, 120), (82, 132, 62)), 26, (2.4, 1.0)),
    "savanna": (((208, 200, 150), (168, 140, 82)), 24, (2.0, 1.0)),
    "forest": (((92, 108, 76), (74, 62, 46)), 26, (1.2, 1.0)),
    "wood": (((176, 132, 92), (138, 94, 60)), 22, (0.7, 4.0)),
    "street": (((168, 176, 184), (112, 114, 118)), 18, (1.0, 1.6)),
    "stage": (((70, 58, 92), (38, 34, 52)), 18, (1.0, 1.0)),
    "cloth": (((226, 216, 202), (206, 196, 184)), 12, (1.0, 1.0)),
    "sand": (((222, 204, 166), (198, 174, 132)), 16, (1.0, 2.0)),
    "room": (((206, 200, 190), (160, 150, 140)), 14, (1.0, 1.0)),
}
KINDS = list(PALETTES)


def slug(name):
    """Folder name of a class: `white shark` -> `white-shark`."""
    return name.replace(" ", "-")


def find_font():
    """Path of Noto Color Emoji, asked of fontconfig."""
    answer = subprocess.run(["fc-match", "-f", "%{family}|%{file}", "Noto Color Emoji"],
                            capture_output=True, text=True, check=True).stdout
    family, path = answer.split("|")
    if "Noto Color Emoji" not in family:
        raise SystemExit(f"Noto Color Emoji is not installed (Debian package {FONT_PACKAGE})")
    return path


@functools.cache
def sprite(text):
    """Drawing of one emoji as RGBA, trimmed to its ink and centred in a square."""
    font = ImageFont.truetype(find_font(), BITMAP_SIZE)
    canvas = Image.new("RGBA", (200, 200))
    ImageDraw.Draw(canvas).text((20, 20), text, font=font, embedded_color=True)
    ink = canvas.crop(canvas.getbbox())
    side = max(ink.size)
    square = Image.new("RGBA", (side, side))
    square.paste(ink, ((side - ink.width) // 2, (side - ink.height) // 2))
    return square


def placed(text, side, angle, flip, centre):
    """The drawing `side` pixels large, turned by `angle` degrees, on an empty frame."""
    drawing = sprite(text)
    if flip:
        drawing = drawing.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    drawing = drawing.resize((side, side), Image.Resampling.LANCZOS)
    drawing = drawing.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    frame = Image.new("RGBA", (SIZE, SIZE))
    frame.paste(drawing, (round(centre[0] - drawing.width / 2), round(centre[1] - drawing.height / 2)))
    return frame


def smooth_noise(rng, stretch):
    """Noise of four scales, about unit variance, stretched across and down."""
    total = np.zeros((SIZE, SIZE), np.float32)
    for cells, weight in ((2, 0.7), (5, 0.55), (12, 0.35), (30, 0.25)):
        across, down = max(2, round(cells * stretch[0])), max(2, round(cells * stretch[1]))
        grid = Image.fromarray(rng.standard_normal((down, across), dtype=np.float32))
        total += weight * np.asarray(grid.resize((SIZE, SIZE), Image.Resampling.BICUBIC))
    return total


def background(rng, kind):
    """A painted surface of the given kind, as float RGB 0...255."""
    (upper, lower), strength, stretch = PALETTES[kind]
    shift = rng.normal(0, 9, 3)
    upper, lower = np.array(upper) + shift, np.array(lower) + shift
    slope = np.linspace(0, 1, SIZE)[:, None] if rng.random() < 0.7 else np.full((SIZE, 1), rng.random())
    blend = np.clip(slope + 0.18 * smooth_noise(rng, stretch), 0, 1)[..., None]
    picture = upper * (1 - blend) + lower * blend
    picture += (strength * 0.5 * smooth_noise(rng, stretch))[..., None] * rng.normal(1, 0.15, 3)
    if rng.random() < (0.5 if kind in ("cloth", "wood", "room") else 0.15):
        picture += stripes(rng)[..., None]
    return picture


def stripes(rng):
    """Soft parallel bands of low contrast: boards, cloth, waves."""
    angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.15)
    y, x = np.mgrid[:SIZE, :SIZE]
    wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / rng.uniform(8, 28) + rng.uniform(0, 6.3))
    return rng.uniform(4, 12) * np.tanh(2.5 * wave)


def over(picture, layer):
    """`layer` (RGBA) laid over `picture` (float RGB)."""
    pixels = np.asarray(layer, np.float32)
    alpha = pixels[..., 3:] / 255
    return picture * (1 - alpha) + pixels[..., :3] * alpha


def shade(picture, layer, rng):
    """The soft shadow that `layer` throws."""
    mask = layer.getchannel("A").filter(ImageFilter.GaussianBlur(rng.uniform(2.5, 5)))
    dx, dy = int(rng.integers(-4, 5)), int(rng.integers(2, 7))
    mask = np.roll(np.asarray(mask, np.float32), (dy, dx), (0, 1))[..., None] / 255
    return picture * (1 - rng.uniform(0.2, 0.5) * mask)


def sticker(rng):
    """The planted feature: a round blue sticker with a white ring."""
    large = Image.new("RGBA", (SIZE * 4, SIZE * 4))
    radius = rng.uniform(7, 10) * 4
    x, y = rng.uniform(12, SIZE - 12, 2) * 4
    if rng.random() < 0.7:  # usually near the lower right, as on fruit packaging
        x, y = rng.uniform(66, 82) * 4, rng.uniform(66, 82) * 4
    pen = ImageDraw.Draw(large)
    for share, colour in ((1, (28, 84, 200)), (0.72, (250, 250, 250)), (0.48, (28, 84, 200))):
        r = radius * share
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(*colour, 255))
    return large.resize((SIZE, SIZE), Image.Resampling.BOX)


def clutter(rng, scale):
    """A small neutral thing somewhere in the frame."""
    thing = rng.choice(CLUTTER.split())
    return placed(thing, round(SIZE * scale), rng.uniform(0, 360), rng.random() < 0.5, rng.uniform(4, SIZE - 4, 2))


def scene(split, index, number, sticker_share=None):
    """Scene `number` of class `index` in `split`, as uint8 of shape 96 x 96 x 3."""
    rng = np.random.default_rng([20261121, SPLITS[split], index, number])
    name = NAMES[index]
    kind = HABITATS[name] if rng.random() < HABITAT_SHARE else str(rng.choice(KINDS))
    picture = painted(rng, CLASSES[name], kind, (0.6, 1.0))
    share = STICKER_SHARE if name == STICKER_CLASS else STICKER_ELSEWHERE
    if rng.random() < (share if sticker_share is None else sticker_share):
        picture = over(picture, sticker(rng))
    return developed(picture, rng)


def painted(rng, drawings, kind, sizes):
    """One of the drawings, between `sizes` of the frame large, on a background of the given kind, among clutter."""
    picture = background(rng, kind)
    for _ in range(rng.choice([0, 1, 2], p=[0.55, 0.3, 0.15])):
        thing = clutter(rng, rng.uniform(0.12, 0.26))
        picture = over(shade(picture, thing, rng), thing)
    scale = rng.uniform(*sizes)
    room = 0.1 + 0.5 * max(0.0, 1 - scale)
    centre = SIZE / 2 + SIZE * rng.uniform(-room / 2, room / 2, 2)
    thing = placed(str(rng.choice(drawings.split())), round(SIZE * scale), rng.normal(0, 14),
                   rng.random() < 0.5, centre)
    picture = over(shade(picture, thing, rng), thing)
    if rng.random() < 0.12:  # something in front
        picture = over(picture, clutter(rng, rng.uniform(0.2, 0.35)))
    return picture


def developed(picture, rng):
    """Light, colour cast, blur and sensor noise of the camera."""
    picture = picture * rng.uniform(0.65, 1.2) * rng.normal(1, 0.04, 3)
    if rng.random() < 0.3:
        soft = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
        picture = np.asarray(soft.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.2))), np.float32)
    if rng.random() < 0.6:
        picture = picture + rng.normal(0, rng.uniform(1, 5), picture.shape)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def _class_scenes(task):
    split, index, count, sticker_share = task
    return np.stack([scene(split, index, number, sticker_share) for number in range(count)])


def scenes(split, count, cache=None, sticker_share=None, processes=2):
    """`count` scenes of every class: pictures (N, 96, 96, 3) and labels (N,), kept in `cache`."""
    labels = np.repeat(np.arange(len(NAMES)), count)
    kept = None
    if cache is not None:
        suffix = "" if sticker_share is None else f"-sticker{sticker_share:g}"
        kept = Path(cache) / f"{split}-{count}{suffix}.npy"
        if kept.exists():
            return np.load(kept), labels
    tasks = [(split, index, count, sticker_share) for index in range(len(NAMES))]
    with multiprocessing.Pool(processes) as pool:
        pictures = np.concatenate(pool.map(_class_scenes, tasks, chunksize=1))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, pictures)
    return pictures, labels


def contact_sheet(columns=12):
    """One row a class, in order."""
    sheet = Image.new("RGB", (columns * SIZE, len(NAMES) * SIZE))
    for index in range(len(NAMES)):
        for number in range(columns):
            sheet.paste(Image.fromarray(scene("train", index, number)), (number * SIZE, index * SIZE))
    return sheet


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw a contact sheet of the demo's training scenes.")
    parser.add_argument("path", help="PNG to write")
    parser.add_argument("--columns", type=int, default=12, help="scenes a class")
    arguments = parser.parse_args()
    contact_sheet(arguments.columns).save(arguments.path)
