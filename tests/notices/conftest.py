import pytest

from tests.notices.kinds_told import everything_is_told


@pytest.fixture
def post():
    """Whatever is sent, by either channel."""
    with everything_is_told() as post:
        yield post
