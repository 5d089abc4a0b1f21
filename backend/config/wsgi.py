"""The entry for granian: `granian --interface wsgi backend.config.wsgi:application`."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from backend.config.env import ConfigError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
try:
    application = get_wsgi_application()
except ConfigError as error:
    sys.exit(f"backstep: {error}")
