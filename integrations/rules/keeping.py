"""How long imports are kept open."""

from datetime import timedelta

UPLOAD_IS_KEPT = timedelta(days=1)
"""An archive that was rehearsed and not brought in."""
DAYS_TO_UNDO = timedelta(days=14)
"""An import can be taken back for so long."""
