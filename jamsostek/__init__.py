"""Employment social security as software: one law, three scales, every rupiah explained."""

__version__ = "0.1.0"
