"""Reads around imports."""
