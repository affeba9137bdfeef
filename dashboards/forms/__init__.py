"""What people type on pages that show more than one app."""
