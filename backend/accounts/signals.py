"""What other apps may want to know of a person, without being imported from here."""

from django.dispatch import Signal

# Sent with `person`, inside the transaction that stores the new zone, so that whatever hangs on the
# wall clock moves together with it or not at all.
time_zone_changed = Signal()

# Sent in the same way when the evening question moves to another time of day.
evening_check_moved = Signal()
