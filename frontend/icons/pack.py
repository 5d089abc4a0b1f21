"""Packs a screenshot of flat artwork as a PNG with a palette: half of what Chromium writes."""

import struct
import zlib

Colour = tuple[int, int, int, int]


def packed(png: bytes) -> bytes:
    """The same picture with at most 256 colours, one byte a pixel."""
    width, height, pixels = decoded(png)
    palette = palette_of(pixels)
    index = {colour: palette.index(nearest(colour, palette)) for colour in set(pixels)}
    rows = [bytes(index[p] for p in pixels[y * width : (y + 1) * width]) for y in range(height)]
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour[:3]) for colour in palette)
    alphas = bytes(colour[3] for colour in palette)
    chunks = [(b"IHDR", header), (b"PLTE", colours), (b"tRNS", alphas), (b"IDAT", body)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*c) for c in [*chunks, (b"IEND", b"")])


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def palette_of(pixels: list[Colour]) -> list[Colour]:
    """The most used colours: what a smooth edge needs beyond them is too rare to be seen."""
    counts: dict[Colour, int] = {}
    for pixel in pixels:
        counts[pixel] = counts.get(pixel, 0) + 1
    return sorted(counts, key=counts.__getitem__, reverse=True)[:256]


def nearest(colour: Colour, palette: list[Colour]) -> Colour:
    def distance(other: Colour) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, other, strict=True))

    return min(palette, key=distance)


def decoded(png: bytes) -> tuple[int, int, list[Colour]]:
    """Reads what Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced."""
    parts: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        name = png[at + 4 : at + 8]
        parts[name] = parts.get(name, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    width, height, _depth, kind = struct.unpack_from(">IIBB", parts[b"IHDR"])
    step = 4 if kind == 6 else 3
    rows = unfiltered(zlib.decompress(parts[b"IDAT"]), width * step, step)
    flat = [
        (*row[x : x + 3], row[x + 3] if step == 4 else 255)
        for row in rows
        for x in range(0, width * step, step)
    ]
    return width, height, flat


def unfiltered(data: bytes, length: int, step: int) -> list[bytearray]:
    rows: list[bytearray] = []
    above = bytearray(length)
    for start in range(0, len(data), length + 1):
        row = bytearray(data[start + 1 : start + 1 + length])
        for i in range(length):
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            row[i] = (row[i] + predicted(data[start], left, above[i], corner)) & 255
        rows.append(row)
        above = row
    return rows


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    """PNG's five filters: what a byte is expected to be from its neighbours."""
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda near: abs(guess - near))
    return (0, left, up, (left + up) // 2)[kind]
