"""What other apps may want to know of symptom checks, without being imported from here."""

from django.dispatch import Signal

# Sent with `check` and `now`, inside the transaction that stores a new check, after the block that
# it may have brought about or lifted.
check_saved = Signal()
