"""The closed word lists of check-ins."""

from enum import StrEnum


class CheckInSource(StrEnum):
    """Who spoke: a person, a service token, an import, a connector. Only `manual` counts for freshness."""

    MANUAL = "manual"
    API = "api"
    IMPORT = "import"
    CONNECTOR = "connector"
