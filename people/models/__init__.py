"""Organisation, people, teams, tokens and invitations."""

from people.models.absence import Absence
from people.models.api_token import ApiToken
from people.models.idempotency_record import IdempotencyRecord
from people.models.invitation import Invitation
from people.models.organisation import Organisation
from people.models.team import Membership, Team
from people.models.user import User

__all__ = [
    "Absence",
    "ApiToken",
    "IdempotencyRecord",
    "Invitation",
    "Membership",
    "Organisation",
    "Team",
    "User",
]
