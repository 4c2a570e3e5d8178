"""Words of case lists, conflicts of interest and break-glass: what a refusal says, and no more."""

from __future__ import annotations

NOT_ON_LIST = "This record is read by named people only."
NOT_MANAGED = "Who may read this record is decided by people on its list whose role keeps case lists."
NOT_REVIEWED = "Uses of break-glass are reviewed by the data protection role and the business unit."
NOT_FOR_ROLE = "Break-glass is for people whose role reads child-level or restricted records."
NOT_KEPT = "Conflicts of interest are kept by the business unit. You can declare your own."
# The same for a reference that nobody has, one of a conflict, and one that the role does not read.
NOTHING_OPENED = (
    "Nothing was opened. Check the reference. If it is right, ask somebody who is on the list of that record, or the "
    "person on call for data protection."
)
NO_STEP = "Break-glass asks for a second step of signing in, and you have not set one up."


NOBODY_LEFT = (
    "Nobody would be left who keeps this list. First put somebody on it whose role keeps case lists."
)


class NotPossible(Exception):
    """What was asked cannot be done; `problems` are sentences fit to show, by the field of the form they are about."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class ProofUsed(Exception):
    """The second step was used up by an opening since it was taken, perhaps on another page at the same time."""


class MustWait(Exception):
    """Too many wrong references were given; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
