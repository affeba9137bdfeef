"""Everything that changes an organisation, its people, teams and tokens."""

from people.services.accept_invitation import accept_invitation
from people.services.archive_team import archive_team, restore_team
from people.services.create_first_organisation import create_first_organisation
from people.services.create_person import create_person
from people.services.create_team import create_team
from people.services.create_token import NewToken, create_token, revoke_token
from people.services.deactivate_person import deactivate_person
from people.services.edit_organisation import edit_organisation
from people.services.edit_own_settings import edit_own_settings, end_all_sign_ins
from people.services.edit_person import edit_person
from people.services.edit_team import edit_team
from people.services.invite_person import SentInvitation, invite_person, revoke_invitation
from people.services.merge_people import merge_people
from people.services.note_visit import note_visit
from people.services.plan_absence import change_absence, drop_absence, plan_absence
from people.services.reactivate_person import reactivate_person
from people.services.set_members import change_members, set_members
from people.services.set_team_rhythm import set_team_rhythm

__all__ = [
    "NewToken",
    "SentInvitation",
    "accept_invitation",
    "archive_team",
    "change_absence",
    "change_members",
    "create_first_organisation",
    "create_person",
    "create_team",
    "create_token",
    "deactivate_person",
    "drop_absence",
    "edit_organisation",
    "edit_own_settings",
    "edit_person",
    "edit_team",
    "end_all_sign_ins",
    "invite_person",
    "merge_people",
    "note_visit",
    "plan_absence",
    "reactivate_person",
    "restore_team",
    "revoke_invitation",
    "revoke_token",
    "set_members",
    "set_team_rhythm",
]
