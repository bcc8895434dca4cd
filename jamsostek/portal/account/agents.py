"""What a browser says it is, in words: enough to recognise one's own device, no more."""

from __future__ import annotations

from jamsostek.core.text import N_, _

_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""In the order to look: later ones also stand in what earlier ones say."""
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip
UNKNOWN = N_("Perangkat tidak dikenal")


def device_name(agent: str) -> str:
    """`Mozilla/5.0 (Linux; Android 14…) Chrome/…` -> `Chrome, Android`."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return ", ".join(filter(None, (browser, system))) or _(UNKNOWN)
