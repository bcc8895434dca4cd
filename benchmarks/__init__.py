"""Ratios measured side by side, every side in processes of its own: `make bench`."""
