"""Everything that an import writes."""
