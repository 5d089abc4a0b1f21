"""What other apps may want to know of symptom checks, without being imported from here."""

from django.dispatch import Signal

# Sent with `check` and `now`, inside the transaction that stores the check.
check_saved = Signal()
