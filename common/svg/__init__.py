"""Drawings as SVG markup: pure functions of plain values, presentation classes only, no inline styles.

Every text that comes from people passes `markup.escape` before it enters the markup.
"""
