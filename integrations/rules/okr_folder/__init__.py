"""Reads a folder of OKR tables and decides, row by row, what becomes of it. Pure: no database, no clock.

files → table → context → draft_… → decide → report. Writing is `integrations.services.apply_import`.
"""
