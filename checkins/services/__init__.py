"""Everything that is written about check-ins."""
