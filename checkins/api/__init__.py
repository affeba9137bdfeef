"""REST: check-ins."""
