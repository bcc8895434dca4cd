"""Reliefs: a dated factor on a rate, kept exact."""

from __future__ import annotations

from typing import Any

import numpy as np

from jamsostek.core.rupiah import PPM
from jamsostek.law.figures import ParameterError


def relieved(rate_ppm: Any, factor_ppm: Any) -> Any:
    """`rate` x `factor` in parts per million, refused where it is not whole: rounding twice would lose a rupiah."""
    product = np.asarray(rate_ppm) * factor_ppm
    if (product % PPM).any():
        raise ParameterError(f"a relief of {factor_ppm} ppm on {rate_ppm} ppm is not whole in parts per million")
    return product // PPM
