"""Starts a measured process of a Django project: `measured MODULE [word...]` serves its TASKS."""

import importlib
import sys

import django

from script.lib.bench import protocol

if __name__ == "__main__":
    django.setup()
    protocol.serve(importlib.import_module(sys.argv[1]).TASKS)
