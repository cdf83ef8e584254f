"""Writes the demo's reference pictures: held-out scenes as JPEGs, 50 a class.

    python tools/references_demo.py
"""

import argparse
from pathlib import Path

from PIL import Image

import demo_scenes

REPOSITORY = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=REPOSITORY / "content/references")
    parser.add_argument("--count", type=int, default=50, help="pictures a class")
    parser.add_argument("--quality", type=int, default=88, help="of the JPEGs")
    arguments = parser.parse_args()
    for index, name in enumerate(demo_scenes.NAMES):
        folder = arguments.output / demo_scenes.slug(name)
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(arguments.count):
            picture = Image.fromarray(demo_scenes.scene("references", index, number))
            picture.save(folder / f"{number:03}.jpg", quality=arguments.quality, subsampling=0, optimize=True)


if __name__ == "__main__":
    main()
