"""Rules of imports, one folder per format. Pure: no database, no clock."""
