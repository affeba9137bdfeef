"""`python -m tests.chaos.sign_in`: prints what a signed-in browser and a token need, as JSON."""

from __future__ import annotations

import json
import sys
from io import StringIO


def main() -> None:
    """The first person's session cookie, a token that may check in, and the key result it is about."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from objectives.models import KeyResult

    key_result = KeyResult.objects.filter(state="active").select_related("owner").order_by("pk")[0]
    client, out = Client(), StringIO()
    client.force_login(key_result.owner)
    call_command("create_token", key_result.owner.email, scopes="read,check_in", stdout=out)
    sys.stdout.write(
        json.dumps(
            {
                "cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
                "token": out.getvalue().strip(),
                "key_result": str(key_result.pk),
                "objective": str(key_result.objective_id),
            }
        )
    )


if __name__ == "__main__":
    main()
