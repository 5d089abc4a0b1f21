"""Code that runs in the other libraries' environment. Nothing of Backstep's own is there."""

NAMES = ("django-push-notifications", "django-webpush", "pywebpush")
