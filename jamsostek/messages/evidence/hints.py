"""How well a paper can be read in a picture, guessed from its grey values. A hint to the sender, never a refusal.

- *small*: the longest side as sent is under 1,000 pixels. Over the 297 mm of an A4 page that is 85 dots to the inch, where a
  letter of 10 points is 12 pixels high.
- *dark*: nine tenths of the picture are darker than 80 of 255. Paper in a lit room is well above 150.
- *blurry*: on the picture at 1,200 pixels the Laplacian (each pixel against its four neighbours) is taken, and its variance
  in tiles of 48 pixels. Edges of letters give thousands, a page out of focus tens. The tiles near the sharpest decide, so
  that a table around a small card does not count; a page with nothing on it is called blurry too, and a grainy photo out of
  focus is not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

SMALL_SIDE = 1_000
DARK_LIGHT = 80
BLURRY_VARIANCE = 80.0
_SIDE = 1_200
_TILE = 48


def hints(picture: Image.Image) -> set[str]:
    """Which of *dark* and *blurry* a picture seems to be."""
    grey = picture.convert("L")
    grey.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    light = np.asarray(grey, dtype=np.int32)
    found = {"dark": np.percentile(light, 90) < DARK_LIGHT, "blurry": sharpness(light) < BLURRY_VARIANCE}
    return {name for name, holds in found.items() if holds}


def sharpness(light: np.ndarray[Any, Any]) -> float:
    """The variance of the Laplacian in the tiles near the sharpest (the 95th of a hundred); grey values 0 to 255."""
    edges = 4 * light[1:-1, 1:-1] - light[:-2, 1:-1] - light[2:, 1:-1] - light[1:-1, :-2] - light[1:-1, 2:]
    rows, columns = edges.shape[0] // _TILE, edges.shape[1] // _TILE
    if not rows or not columns:
        return float(edges.var()) if edges.size else 0.0
    tiles = edges[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE)
    return float(np.percentile(tiles.var(axis=(1, 3)), 95))
