"""Names a reading knows: those of the partnership it reads for, and a vocabulary any partnership would share.

The bare command line knows only the vocabulary. Nothing here names a real body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Bodies people write with "and" or "&" inside one name. Every one is ordinary English of the field.
FUNCTIONS = (
    "Learning and Development", "Learning, Development and Communication", "Training and Development",
    "Research and Development", "Quality Assurance and Performance", "Quality Assurance and Evaluation",
    "Quality Assurance and Improvement", "Quality and Improvement", "Quality and Performance",
    "Quality and Effectiveness",
    "Performance and Quality Assurance", "Performance and Quality", "Monitoring and Evaluation",
    "Audit and Quality Assurance", "Audit and Assurance", "Learning and Improvement", "Policy and Procedures",
    "Policies and Procedures", "Policy and Procedure", "Policy and Practice", "Task and Finish",
    "Health and Wellbeing", "Health and Social Care", "Schools and Learning", "Education and Skills",
    "Children and Families", "Children and Young People", "Child and Family", "Boroughs and Districts",
    "Borough and District", "Districts and Boroughs", "District and Borough", "Faith and Voluntary",
    "Voluntary and Community", "Voluntary, Community and Faith", "Missing and Exploitation", "Exploitation and Missing",
    "Missing and Exploited", "Children and Adults", "Adults and Children", "Police and Crime",
    "Accident and Emergency", "Communication and Engagement", "Communications and Engagement",
    "Engagement and Participation", "Voice and Participation", "Neglect and Early Help", "Help and Protection",
    "Prevention and Early Help", "Domestic Abuse and Sexual Violence", "Screening and Triage", "Strategy and Policy",
    "Commissioning and Prevention", "Probation and Rehabilitation", "Risk and Vulnerability", "Safety and Wellbeing",
)  # fmt: skip
# Words that end the name of a body after which a new name may begin with nothing between.
STRONG_HEADS = frozenset(
    [
        "group",
        "groups",
        "sub-group",
        "sub-groups",
        "subgroup",
        "subgroups",
        "panel",
        "panels",
        "committee",
        "forum",
        "forums",
        "network",
        "networks",
        "team",
        "teams",
        "agencies",
        "partners",
        "leads",
    ]
)
# Words that end the name of some body or post.
HEADS = STRONG_HEADS | frozenset(
    [
        "board",
        "boards",
        "partnership",
        "partnerships",
        "service",
        "services",
        "council",
        "councils",
        "agency",
        "partner",
        "officer",
        "officers",
        "manager",
        "managers",
        "chair",
        "chairs",
        "vice-chair",
        "lead",
        "director",
        "directors",
        "coordinator",
        "coordinators",
        "co-ordinator",
        "unit",
        "executive",
        "commissioner",
        "commissioners",
        "trust",
        "trusts",
        "hub",
        "department",
        "school",
        "schools",
        "college",
        "colleges",
        "academy",
        "constabulary",
        "nurse",
        "nurses",
        "doctor",
        "doctors",
        "gp",
        "gps",
        "member",
        "members",
        "hospital",
        "prison",
        "authority",
        "authorities",
        "practitioner",
        "practitioners",
        "teacher",
        "teachers",
        "headteacher",
        "headteachers",
        "consultant",
        "adviser",
        "advisor",
        "worker",
        "workers",
        "association",
        "charity",
        "representative",
        "representatives",
        "rep",
        "reps",
        "solicitor",
        "analyst",
        "administrator",
        "superintendent",
        "inspector",
        "governor",
        "commission",
        "inspectorate",
        "sector",
        "providers",
        "supervisor",
        "secretary",
        "treasurer",
        "trainer",
        "trainers",
    ]
)
# Posts: a word that may follow the name of a body without beginning another ("Business Group Chair").
POSTS = frozenset(
    [
        "chair",
        "chairs",
        "vice-chair",
        "manager",
        "managers",
        "officer",
        "officers",
        "lead",
        "leads",
        "leader",
        "leaders",
        "member",
        "members",
        "coordinator",
        "co-ordinator",
        "representative",
        "representatives",
        "rep",
        "reps",
        "secretary",
        "administrator",
        "support",
    ]
)
# Agencies that go by one or two common words.
AGENCIES = (
    "Police", "Health", "Education", "Probation", "Schools", "Housing", "Social Care", "Children's Social Care",
    "Adult Social Care", "Children's Services", "Adult Services", "Public Health", "Early Help", "Youth Justice",
    "Youth Offending", "Fire and Rescue", "Voluntary Sector", "Third Sector", "Youth Services", "Early Years",
    "Community Safety", "Human Resources", "Legal Services", "Local Authority", "District Councils",
    "Business Unit", "Safeguarding Partners", "Statutory Partners",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names and aliases a partnership has confirmed: of groups, agencies, people and posts."""

    groups: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, longest first, so that a longer name is never cut by a shorter one."""
        return tuple(sorted({*self.groups, *self.agencies, *self.people, *self.posts} - {""}, key=_longest))

    def __contains__(self, name: object) -> bool:
        """Whether `name`, however it is spaced or capitalised, is one of them."""
        return isinstance(name, str) and normal(name) in {normal(n) for n in self.all}


def normal(name: str) -> str:
    """A name for comparing: lower case, "&" as "and", no marks, single spaces ("QA & P" and "QA&P" are one)."""
    words = re.sub(r"\s*&\s*", " and ", name.lower().replace("’", "'"))
    return " ".join(re.sub(r"[^\w' ]", " ", words).replace("'", "").split())


@lru_cache(maxsize=4096)
def pattern(name: str) -> re.Pattern[str]:
    """Matches `name` in running text in any capitals, with any spacing, "&" or "and"."""
    words = [re.escape(w) for w in re.split(r"\s+|(?=&)|(?<=&)", name.strip()) if w]
    joined = r"\s*".join(r"(?:&|\band\b)" if w.lower() in ("and", r"\&", "&") else w for w in words)
    spaced = re.sub(r"(?<=\w)\\s\*(?=\w)", r"\\s+", joined)
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Matches any of some names as `pattern` does, the longest first."""
    parts = [pattern(name).pattern for name in sorted(names, key=_longest)]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name
