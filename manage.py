#!/usr/bin/env python3
"""Django's own commands, for developers. People use `jamsostek`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
    from django.core.management import execute_from_command_line

    from jamsostek.core.errors import InputError

    try:
        execute_from_command_line(sys.argv)
    except InputError as error:
        sys.exit(str(error))
