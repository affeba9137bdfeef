"""Words that tell a role, department or place from a personal name. Lower case."""

from __future__ import annotations

PARTICLES = "al bin da de del den der di dos du el ibn la le ten ter van von y"
"""Small words inside personal names."""

ROLES = """
academy acceleration accounts acquisition adoption advocacy affairs agents agile alliances amer americas anz
apac api app application apps architect architects architecture area assistant associate audit back backend
benefits billing board brand budget business campaigns care cell center central centre ceo cfo channel
channels chief ci city client clients cloud cluster cmo co code college comm commercial committee
communications community company compensation compliance content control controller coo coordinator core
corp corporate council counsel country cpo crew crm cro cs cso cto culture customer customers data database
delivery demand department dept design designer desk dev developer developers development devops digital
direct director diversity division docs documentation east editor education emea employee employees employer
enablement energy engineer engineers enterprise environment eu events everyone executive executives
experience experiences external facilities farm field finance fleet food foundation founder founders france
front frontend functions fund general germany global goal governance group growth guild handbook head health
help helpdesk hiring home hr hub human implementation inbound inc inclusion industry infra infrastructure
innovation insights institute integrations intelligence interim internal international inventory it japan
junior kitchen lab labs latam law lead leader leaders leadership leads learning legal library lifecycle llc
local ltd machine maintainers manager managers managing market markets materials media medical member
members mid mkt mobile money most network networks north northern ocean office officer officers online open
operation operations ops organisation organization outbound outreach own owner owners pacific partner
partners parts pay payable payments payroll people performance person phase platform platforms player policy
pool portal portfolio pr practice premium president press price principal privacy process processes product
products professional program programme programmes programs project projects properties protocol public
purchase qa quality quarter rail real recruiter recruitment red reg regional release releases reliability
remote report reports representative research resource resources retail revenue rewards risk rust safety
sales school science scientist sdr se sec secure security senior seo server service services site sites
small social society software solution solutions south southern space specialist squad sre staff stages
standards startup store stores strategic strategy stream studio sub success supply support surface
sustainability system systems talent task tasks tax team teams tech technical technician technologies
technology territory test tool tools trade transformation treasury tribe trust uk universe university us
user users ux vendor vendors vertical vice video vision volunteer volunteers vp warehouse web website
wellbeing west western work workforce working workplace world
"""

NOT_NAMES = frozenset(ROLES.split())
"""An owner that holds one of these is no personal name."""
