"""Every address has one name, and no two share one."""

from collections import Counter

from tests.architecture.routes import all_routes


def test_every_address_has_a_name() -> None:
    assert [
        route.pattern
        for route in all_routes()
        if not route.name and not route.pattern.startswith(("account/", "api/"))
    ] == []


def test_no_two_addresses_share_a_name() -> None:
    """Versions of one address with other parameters may; the interface has its own names."""
    names = Counter(
        route.name for route in all_routes() if route.name and not route.pattern.startswith("api/")
    )
    assert [name for name, count in names.items() if count > 1] == []
