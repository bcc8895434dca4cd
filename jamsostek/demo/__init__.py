"""The living demo: a synthetic regency entered through the same actions as in life, and people to sign in as.

Promises: it is entered once, whole or not at all; a second run finds it; nobody in it exists (see `jamsostek.synth.regency`).
Each capability adds its part: what it shows, and who signs in to see it.
"""
