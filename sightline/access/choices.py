"""Words of access: what may be done, over what, and the sentences of refusal."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Everything somebody may be allowed to do. A name that is not here cannot be asked for."""

    PLANS_VIEW = "plans_view"
    PLAN_WRITE = "plan_write"
    PLAN_APPROVE = "plan_approve"
    ACTION_UPDATE = "action_update"
    ACTION_RATE_DELIVERY = "action_rate_delivery"
    ACTION_RATE_IMPACT = "action_rate_impact"
    ACTION_CONFIRM = "action_confirm"
    IMPORT_RUN = "import_run"
    EXPORT = "export"
    EXPORT_WHOLE = "export_whole"
    REPORT_RUN = "report_run"
    REPORT_ISSUE = "report_issue"
    PARTNERS_VIEW = "partners_view"
    PARTNERS_WRITE = "partners_write"
    JOBS_VIEW = "jobs_view"
    JOURNAL_VIEW = "journal_view"
    JOURNAL_SAMPLE = "journal_sample"
    ACCESS_VIEW = "access_view"
    ACCESS_MANAGE = "access_manage"
    SCRUTINY_WRITE = "scrutiny_write"
    LOGS_KEEP = "logs_keep"
    MEETINGS_KEEP = "meetings_keep"
    SILENCE_HEAR = "silence_hear"
    CASE_LIST_MANAGE = "case_list_manage"
    CONFLICTS_KEEP = "conflicts_keep"
    GLASS_REVIEW = "glass_review"
    RETENTION_KEEP = "retention_keep"


PERMISSION_LABELS: dict[Permission, str] = {
    Permission.PLANS_VIEW: "Read plans, actions, sources and what was recommended",
    Permission.PLAN_WRITE: "Write plans and what they promise",
    Permission.PLAN_APPROVE: "Approve plans",
    Permission.ACTION_UPDATE: "Update actions and add evidence",
    Permission.ACTION_RATE_DELIVERY: "Say how delivery stands",
    Permission.ACTION_RATE_IMPACT: "Say whether it made a difference",
    Permission.ACTION_CONFIRM: "Confirm that an action is done",
    Permission.IMPORT_RUN: "Read papers in",
    Permission.EXPORT: "Take lists and papers away as files",
    Permission.EXPORT_WHOLE: "Take all records of the partnership away as one file",
    Permission.REPORT_RUN: "Open exception reports",
    Permission.REPORT_ISSUE: "Issue exception reports",
    Permission.PARTNERS_VIEW: "Look up agencies, groups and people",
    Permission.PARTNERS_WRITE: "Keep agencies, groups and people",
    Permission.JOBS_VIEW: "Look after background work",
    Permission.JOURNAL_VIEW: "Read the journal",
    Permission.JOURNAL_SAMPLE: "Look through the journal's sample",
    Permission.ACCESS_VIEW: "Be told who may see what, and why",
    Permission.ACCESS_MANAGE: "Open accounts and give roles",
    Permission.SCRUTINY_WRITE: "Write challenges and the scrutiny log",
    Permission.MEETINGS_KEEP: "Keep meetings: who came, what was said and decided",
    Permission.SILENCE_HEAR: "Hear how many of theirs have not answered a round",
    Permission.LOGS_KEEP: "Keep the logs of challenges and risks, also in the name of others",
    Permission.CASE_LIST_MANAGE: "Keep the case list of records they are on",
    Permission.CONFLICTS_KEEP: "Keep the register of conflicts of interest",
    Permission.GLASS_REVIEW: "Look into what was opened by break-glass",
    Permission.RETENTION_KEEP: "Keep the rules of retention, legal holds and disposals",
}


class ScopeKind(StrEnum):
    """What a membership reaches over."""

    PARTNERSHIP = "partnership"
    GROUP = "group"
    AGENCY = "agency"


SCOPE_LABELS: dict[ScopeKind, str] = {
    ScopeKind.PARTNERSHIP: "The whole partnership",
    ScopeKind.GROUP: "A group",
    ScopeKind.AGENCY: "An agency",
}


class LinkKind(StrEnum):
    """What a link that sets a password is for."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - a kind of link


LINK_LABELS: dict[LinkKind, str] = {
    LinkKind.INVITATION: "Invitation",
    LinkKind.PASSWORD: "Link for a new password",
}


class TokenScope(StrEnum):
    """What a personal token may be used for. It never gives more than its person may do."""

    PLANS_READ = "plans:read"
    ACTIONS_READ = "actions:read"
    ACTIONS_WRITE = "actions:write"
    UPDATES_READ = "updates:read"
    UPDATES_WRITE = "updates:write"
    RECOMMENDATIONS_READ = "recommendations:read"
    RECOMMENDATIONS_WRITE = "recommendations:write"
    GROUPS_READ = "groups:read"
    GROUPS_WRITE = "groups:write"
    AGENCIES_READ = "agencies:read"
    AGENCIES_WRITE = "agencies:write"
    REPORTS_READ = "reports:read"


TOKEN_SCOPE_LABELS: dict[TokenScope, str] = {
    TokenScope.PLANS_READ: "Read plans",
    TokenScope.ACTIONS_READ: "Read actions",
    TokenScope.ACTIONS_WRITE: "Add and change actions",
    TokenScope.UPDATES_READ: "Read updates",
    TokenScope.UPDATES_WRITE: "Record updates",
    TokenScope.RECOMMENDATIONS_READ: "Read recommendations and their responses",
    TokenScope.RECOMMENDATIONS_WRITE: "Respond to recommendations",
    TokenScope.GROUPS_READ: "Read groups",
    TokenScope.GROUPS_WRITE: "Change groups",
    TokenScope.AGENCIES_READ: "Read agencies",
    TokenScope.AGENCIES_WRITE: "Change agencies",
    TokenScope.REPORTS_READ: "Read exception reports",
}


class TokenUnfit(Exception):
    """A token cannot be made so; `problems` maps a field ("" for the whole) to a sentence fit to show."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class UnknownPermission(Exception):
    """A permission was named that does not exist."""


class UnknownRole(Exception):
    """A role was named that the definitions do not hold."""


class NobodyLeft(Exception):
    """Nobody would be left who can open accounts and give roles; `sentence` is fit to show."""

    sentence = (
        "Nobody would be left who can open accounts and give roles. Give somebody else that role first."
    )

    def __str__(self) -> str:
        return self.sentence


class CannotBeLent(Exception):
    """A role cannot be handed to a deputy so; `problems` maps a field ("" for the whole) to a sentence fit to show."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class NotTogether(Exception):
    """Somebody would hold two roles that must be held by two people; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


# What somebody is told by e-mail of a change to how they sign in.
HOW_CHANGED = "How you sign in to Sightline has changed"
NOT_YOU = "If it was not you, tell the business unit of your partnership at once."
NOT_TO_ONESELF = "Nobody gives a role to themselves. Ask somebody else who looks after accounts."
# What a refusal says, by what was asked for: fit to show, and it names who can help.
REFUSALS: dict[Permission, str] = {
    Permission.PLANS_VIEW: "Your role does not read plans. Ask the business unit.",
    Permission.PLAN_WRITE: "Plans are written by the business unit.",
    Permission.PLAN_APPROVE: "Plans are approved by the executive and the business unit.",
    Permission.ACTION_UPDATE: "An action is updated by its owners, their group's chair and the business unit.",
    Permission.ACTION_RATE_DELIVERY: "Delivery is rated by the action's owners, its group's chair and the unit.",
    Permission.ACTION_RATE_IMPACT: "Impact is rated by the group's chair and the business unit.",
    Permission.ACTION_CONFIRM: "Completion is confirmed, and an update returned, by the group's chair and the unit.",
    Permission.IMPORT_RUN: "Documents are imported by the business unit.",
    Permission.EXPORT: "Your role takes no lists or papers away as files. Ask the business unit.",
    Permission.EXPORT_WHOLE: "The whole of the partnership's records is exported by the business manager.",
    Permission.REPORT_RUN: "Reports are run by the business unit, the executive, chairs and the scrutineer.",
    Permission.REPORT_ISSUE: "Reports are issued by the business unit.",
    Permission.PARTNERS_VIEW: "Partners are listed for people with a current membership of the partnership.",
    Permission.PARTNERS_WRITE: "Agencies, groups and people are kept by the business unit.",
    Permission.JOBS_VIEW: "Background work is looked after by the business unit.",
    Permission.JOURNAL_VIEW: "The journal is read by the business unit, the scrutineer and data protection.",
    Permission.ACCESS_VIEW: "Who may see what is told to those who look after accounts, and to data protection.",
    Permission.ACCESS_MANAGE: "Accounts and roles are looked after by the business unit and system administrators.",
    Permission.SCRUTINY_WRITE: "Challenges and the scrutiny log are written by the independent scrutineer.",
    Permission.MEETINGS_KEEP: "Meetings are kept by the business unit and the chair of the group.",
    Permission.SILENCE_HEAR: "How many are silent is told to the group's chair and the agency's safeguarding lead.",
    Permission.LOGS_KEEP: "The logs of challenges and risks are kept by the business unit.",
    Permission.JOURNAL_SAMPLE: "Unusual access and samples of the journal are looked at by data protection.",
    Permission.CASE_LIST_MANAGE: "Who may read a record is decided by people on its list whose role keeps case lists.",
    Permission.CONFLICTS_KEEP: "Conflicts of interest are kept by the business unit. You can declare your own.",
    Permission.GLASS_REVIEW: "Uses of break-glass are reviewed by the data protection role and the business unit.",
    Permission.RETENTION_KEEP: "How long records are kept is looked after by data protection and the business manager.",
}
NO_MEMBERSHIP = (
    "You are signed in, but you hold no current membership of this partnership. "
    "Ask the business unit to give you one."
)
SECOND_STEP_FIRST = (
    "Your roles open confidential records or accounts, so a password alone is too little. "
    "Add one of these first."
)
PROVE_FIRST = "Prove again that it is you, then add it."
NO_WAY_TO_PROVE = (
    "Your account has nothing by which you could prove here that it is you. Sign out and sign in again, or ask the "
    "business unit of your partnership."
)
NOT_TO_PROGRAMS = "An account of the supplier makes no tokens: what it reads is written down in its session."
NOT_OPENED = "This page has not been opened to anyone yet."
NOT_SIGNED_IN = "Sign in first: what is done here is kept under the name of whoever does it."
