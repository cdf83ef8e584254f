"""Golden values for Imaging: pictures of every kind, and what PIL and torchvision make of them.

Usage: python tools/golden_imaging.py Tests/Fixtures/imaging
Writes PNG and JPEG files and golden.json there.
"""

import base64
import hashlib
import io
import json
import pathlib
import struct
import sys
import zlib

import numpy as np
import torch
import torchvision.transforms as transforms
from PIL import Image, ImageOps

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(5)


def scene(width, height, channels=3):
    """Waves, an edge and some noise, in 8 bits."""
    y, x = np.mgrid[:height, :width]
    planes = [
        128 + 80 * np.sin(x / (3 + c) + y / (7 - c)) + 40 * (x > y) + random.normal(0, 8, (height, width))
        for c in range(channels)
    ]
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(rows, bits):
    """Samples (height x values a row) as PNG's packed rows with filter byte 0."""
    result = b""
    for row in rows:
        if bits == 16:
            line = row.astype(">u2").tobytes()
        elif bits == 8:
            line = row.astype(np.uint8).tobytes()
        else:
            joined = "".join(format(int(v), f"0{bits}b") for v in row)
            joined += "0" * (-len(joined) % 8)
            line = bytes(int(joined[i : i + 8], 2) for i in range(0, len(joined), 8))
        result += b"\0" + line
    return result


def png(samples, bits, kind, interlaced=False, extra=b""):
    """A PNG by hand, as PIL can't write all kinds. samples: height x width x channels."""
    height, width, _ = samples.shape
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        parts = [samples[y::dy, x::dx] for x, y, dx, dy in passes]
    else:
        parts = [samples]
    data = b"".join(pack(p.reshape(p.shape[0], -1), bits) for p in parts if p.size)
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, int(interlaced))
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def noise(bits, channels, width=13, height=11):
    return random.integers(0, 2**bits, (height, width, channels))


def jpeg(mode, **options):
    data = io.BytesIO()
    picture = scene(61, 47, 4 if mode == "CMYK" else 3)
    picture = Image.fromarray(picture, "CMYK") if mode == "CMYK" else Image.fromarray(picture).convert(mode)
    picture.save(data, "JPEG", **options)
    return data.getvalue()


palette = chunk(b"PLTE", bytes(random.integers(0, 256, 48, dtype=np.uint8)))
exif = Image.Exif()
exif[0x112] = 6


def oriented(kind, orientation):
    """A picture whose metadata say how the camera was held."""
    data, note = io.BytesIO(), Image.Exif()
    note[0x112] = orientation
    Image.fromarray(scene(23, 17)).save(data, kind, exif=note)
    return data.getvalue()


def anymap(header, values, kind="u1"):
    """A portable anymap: its header, and values as bytes or as text."""
    body = " ".join(map(str, values)).encode() if kind == "text" else np.asarray(values).astype(kind).tobytes()
    return header.encode() + body


files = {
    "gray1.png": png(noise(1, 1), 1, 0),
    "gray2.png": png(noise(2, 1), 2, 0),
    "gray4.png": png(noise(4, 1), 4, 0),
    "gray8.png": png(noise(8, 1), 8, 0),
    "gray8-transparent.png": png(noise(8, 1), 8, 0, extra=chunk(b"tRNS", struct.pack(">H", 77))),
    "gray-alpha8.png": png(noise(8, 2), 8, 4),
    "rgb8.png": png(noise(8, 3), 8, 2),
    "rgb8-interlaced.png": png(noise(8, 3), 8, 2, interlaced=True),
    "rgb8-gamma.png": png(noise(8, 3), 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 100000))),
    "rgb16.png": png(noise(16, 3), 16, 2),
    "rgba8.png": png(noise(8, 4), 8, 6),
    "rgba16.png": png(noise(16, 4), 16, 6),
    "palette4.png": png(noise(4, 1), 4, 3, extra=palette),
    "palette8-transparent.png": png(noise(4, 1), 8, 3, extra=palette + chunk(b"tRNS", bytes([0, 128, 255]))),
    "gray4-interlaced.png": png(noise(4, 1), 4, 0, interlaced=True),
    "gray.jpg": jpeg("L"),
    "color420.jpg": jpeg("RGB", quality=80),
    "color444.jpg": jpeg("RGB", quality=95, subsampling=0),
    "progressive.jpg": jpeg("RGB", progressive=True),
    "cmyk.jpg": jpeg("CMYK"),
    "rotated.jpg": jpeg("RGB", exif=exif),
    "bits.pbm": anymap("P4\n# a comment\n13 5\n", random.integers(0, 256, 10)),
    "bits-text.pbm": anymap("P1 7 # wide\n3\n", random.integers(0, 2, 21), "text"),
    "gray.pgm": anymap("P5 9 4 255\n", random.integers(0, 256, 36)),
    "gray7.pgm": anymap("P5 9 4 7\n", random.integers(0, 8, 36)),
    "gray-text.pgm": anymap("P2 5 4 100\n", random.integers(0, 101, 20), "text"),
    "color.ppm": anymap("P6 5 4 255\n", random.integers(0, 256, 60)),
    "color100.ppm": anymap("P6 5 4 100\n", random.integers(0, 101, 60)),
    "color16.ppm": anymap("P6 5 4 65535\n", random.integers(0, 65536, 60), ">u2"),
    "color-text.ppm": anymap("P3 5 4 255\n", random.integers(0, 256, 60), "text"),
    **{f"orientation{o}.jpg": oriented("JPEG", o) for o in range(1, 9)},
    "orientation6.png": oriented("PNG", 6),
}
# PIL turns 16-bit gray white, see the reader's documentation: the expected bytes are the upper ones.
gray16 = noise(16, 1)
files["gray16.png"] = png(gray16, 16, 0)

decoded = []
for name, data in files.items():
    (folder / name).write_bytes(data)
    if name == "gray16.png":
        pixels = np.repeat((gray16 >> 8).astype(np.uint8), 3, axis=2)
    else:
        pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    case = {"name": name, "width": pixels.shape[1], "height": pixels.shape[0]}
    case["sha256"] = hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
    if name.startswith("orientation"):
        turned = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
        case["upright"] = {"width": turned.shape[1], "height": turned.shape[0],
                           "sha256": hashlib.sha256(np.ascontiguousarray(turned).tobytes()).hexdigest()}
    if "rgba8" in name or "palette8" in name or "gray-alpha" in name:
        alpha = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
        case["rgba"] = hashlib.sha256(np.ascontiguousarray(alpha).tobytes()).hexdigest()
    decoded.append(case)

source = scene(61, 47)
Image.fromarray(source).save(folder / "scene.png")
filters = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
resized = []
for width, height in [(24, 19), (61, 20), (17, 47), (100, 90), (3, 2), (1, 1), (61, 48), (140, 11)]:
    for name, method in filters.items():
        # Columns first, as PIL did in every case before version 13, and does there unless the height shrinks much more.
        narrow = Image.fromarray(source).resize((width, source.shape[0]), method)
        result = np.asarray(narrow.resize((width, height), method))
        data = base64.b64encode(np.ascontiguousarray(result).tobytes()).decode()
        resized.append({"width": width, "height": height, "filter": name, "bytes": data})

interpolated = []
tensor = torch.from_numpy(source).permute(2, 0, 1)[None].float() / 255
for width, height in [(24, 19), (100, 90), (61, 20)]:
    for name in filters:
        for antialias in [False, True]:
            result = torch.nn.functional.interpolate(
                tensor, (height, width), mode=name, align_corners=False, antialias=antialias)[0]
            values = [round(float(v), 6) for v in result.flatten()[:: max(1, result.numel() // 300)]]
            interpolated.append({
                "width": width, "height": height, "filter": name, "antialias": antialias,
                "step": max(1, result.numel() // 300), "values": values})

prepared = []
sizes = [(61, 47, 32, 28), (61, 47, 40, 33), (47, 61, 30, 29), (61, 47, 20, 24), (50, 50, 33, 32), (47, 61, 90, 80)]
for width, height, resize, crop in sizes:
    picture = Image.fromarray(source).resize((width, height), Image.Resampling.BICUBIC)
    result = transforms.Compose([transforms.Resize(resize), transforms.CenterCrop(crop)])(picture)
    data = base64.b64encode(np.ascontiguousarray(np.asarray(result)).tobytes()).decode()
    prepared.append({"width": width, "height": height, "resize": resize, "crop": crop, "bytes": data})

golden = {"decoded": decoded, "resized": resized, "interpolated": interpolated, "prepared": prepared}
(folder / "golden.json").write_text(json.dumps(golden, separators=(",", ":")))
