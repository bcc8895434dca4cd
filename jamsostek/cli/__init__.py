"""The `jamsostek` command: thin, each command one call into the rooms below."""
