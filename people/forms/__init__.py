"""What the forms about people, teams and tokens may hold. They check shape; services decide."""

from people.forms.absence import AbsenceForm
from people.forms.choices import ROLE_WORDS, WEEKDAYS, role_choices, team_choices
from people.forms.entry import FirstRunForm, JoinForm
from people.forms.people import InviteForm, PersonForm
from people.forms.settings import OrganisationForm, OwnSettingsForm
from people.forms.teams import TeamForm, TeamRhythmForm
from people.forms.tokens import SCOPE_WORDS, TokenForm

__all__ = [
    "ROLE_WORDS",
    "SCOPE_WORDS",
    "WEEKDAYS",
    "AbsenceForm",
    "FirstRunForm",
    "InviteForm",
    "JoinForm",
    "OrganisationForm",
    "OwnSettingsForm",
    "PersonForm",
    "TeamForm",
    "TeamRhythmForm",
    "TokenForm",
    "role_choices",
    "team_choices",
]
