"""The broker is a doorbell: no work lives in it, none waits in it for its hour, and no request publishes to it."""

import ast

from tests.architecture.sources import called_names, name_of, product_modules, tree_of

RINGS = {"common/doorbell.py", "okr_platform/celery.py", "okr_platform/embedded.py"}
WAITING = {"eta", "countdown", "retry_backoff"}


def test_nothing_is_put_into_the_queue_but_the_ring_of_the_bell() -> None:
    found = []
    for path in product_modules():
        names = set(called_names(tree_of(path)))
        found += [f"{name_of(path)}: {name}" for name in names if name.endswith((".delay", ".apply_async"))]
        if name_of(path) not in RINGS:
            found += [f"{name_of(path)}: {name}" for name in names if name.endswith(".send_task")]
    assert found == []


def test_no_message_waits_in_the_broker_for_its_hour() -> None:
    found = [
        f"{name_of(path)}: {keyword.arg}="
        for path in product_modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in WAITING
    ]
    assert found == []


def test_every_ring_expires() -> None:
    for path in product_modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".send_task"):
                assert "expires" in {keyword.arg for keyword in node.keywords}, name_of(path)
