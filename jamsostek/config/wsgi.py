"""The WSGI application: `granian --interface wsgi jamsostek.config.wsgi:application`."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
os.environ.setdefault("JAMSOSTEK_STATEMENT_TIMEOUT", "30s")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
