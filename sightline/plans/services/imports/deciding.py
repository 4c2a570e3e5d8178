"""What a person decides in the preview: corrections, owners, the day, whose words stand. No plan changes here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed
from sightline.events.services.keeping import need, not_ahead
from sightline.partners.choices import PartyKind
from sightline.partners.models import Group
from sightline.partners.selectors import MODELS, known_names
from sightline.plans.choices import ImportState, PlanState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import, Plan
from sightline.plans.rules import importing
from sightline.plans.rules.merging import Side
from sightline.plans.selectors.imports import ANSWER, plan_meant, reading_of, rows_of
from sightline.plans.services.imports.keeping import ImportRefused, held, moved_on, note, storable

AS_TEXT = "text"
OPEN = frozenset({ImportState.PREVIEW})


@dataclass(frozen=True, slots=True)
class OwnerDecision:
    """Who a printed owner is: a party there is (`kind` and `id`), a new one (`kind` and `name`), or text (no kind)."""

    kind: PartyKind | None = None
    id: int | None = None
    name: str = ""

    def as_json(self) -> dict[str, str]:
        """As it is kept with the import."""
        if self.kind is None:
            return {"as": AS_TEXT}
        return {"as": self.kind.value} | (
            {"name": self.name.strip()} if self.id is None else {"id": str(self.id)}
        )


@deed
def correct_row(
    upload: Import,
    index: int,
    changes: Mapping[str, str],
    *,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Import:
    """Change cells of a row in the preview (by cell name), or set the row aside (`set_aside`: "yes" or "").

    A cell given back its printed words is no longer a correction. Raises ImportRefused, StaleRecord.
    """
    live = held(upload, OPEN, version)
    rows = rows_of(live)
    if index not in rows.read:
        raise ImportRefused("The document has no such row.")
    given = {cell: storable(text).strip() for cell, text in changes.items()}
    if "owners" in given:
        given["owners"] = importing.split_owners(given["owners"], known_names())
    read = rows.read[index]
    printed = importing.cells_of(read) | {"owners": "\n".join(read.owners), importing.SET_ASIDE: ""}
    standing = dict(live.corrections.get(str(index), {}))
    kept = {cell: text for cell, text in (standing | given).items() if text != printed.get(cell, "")}
    try:
        importing.corrected(read, kept, {})
    except ValueError as odd:
        raise ImportRefused(str(odd)) from odd
    live.corrections = {k: v for k, v in live.corrections.items() if k != str(index)} | (
        {str(index): kept} if kept else {}
    )
    before = {cell: standing.get(cell, printed.get(cell, "")) for cell in given}
    note(
        PlanEntry.IMPORT_CORRECTED,
        live,
        by=by,
        before={"row": index} | before,
        after={"row": index} | given,
    )
    return moved_on(live, "corrections")


@deed
def match_owner(
    upload: Import, raw: str, decision: OwnerDecision, *, version: int | None = None, by: Actor, now: datetime
) -> Import:
    """Say who a printed owner is. The party is made, and the name remembered for it, when the import is confirmed.

    Raises ImportRefused where nobody of this name is printed, Unacceptable, StaleRecord.
    """
    live = held(upload, OPEN, version)
    if not any(raw in row.owners for row in rows_of(live).kept.values()):
        raise ImportRefused(f"No row of the document names “{raw}”.")
    if decision.kind and decision.id is None:
        need(decision.name, "name", "Give the new owner a name.")
    elif decision.kind and not MODELS[decision.kind]._default_manager.filter(pk=decision.id or 0).exists():
        raise Unacceptable({"party": "Choose an owner from the list."})
    before = live.matches.get(raw, {})
    live.matches = {**live.matches, raw: storable(decision.as_json())}
    after = {"owner": raw, "decision": live.matches[raw]}
    note(PlanEntry.OWNER_MATCHED, live, by=by, before={"decision": before}, after=after)
    return moved_on(live, "matches")


@deed
def match_owners(
    upload: Import,
    decisions: Mapping[str, OwnerDecision],
    *,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Import:
    """Say who several printed owners are, all or none. What stands already is not recorded again. Raises as above."""
    live = held(upload, OPEN, version)
    for raw, decision in decisions.items():
        if live.matches.get(raw, {"as": AS_TEXT}) != decision.as_json():
            live = match_owner(live, raw, decision, by=by, now=now)
    return live


@deed
def set_as_at(upload: Import, as_at: date, *, version: int | None = None, by: Actor, now: datetime) -> Import:
    """Say which day the document speaks of. Raises Unacceptable (a day ahead), ImportRefused, StaleRecord."""
    not_ahead(as_at, now)
    live = held(upload, OPEN, version)
    before, live.as_at = live.as_at, as_at
    note(PlanEntry.IMPORT_CORRECTED, live, by=by, before={"as_at": before}, after={"as_at": as_at})
    return moved_on(live, "as_at")


@deed
def set_plan(
    upload: Import,
    *,
    plan: Plan | None = None,
    plan_name: str = "",
    group: Group | None = None,
    plan_state: PlanState = PlanState.IN_FORCE,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Import:
    """Say which plan the document is: one there is, or the name of a new one with its group and how it stands.

    What was chosen row by row against another plan is forgotten. Raises Unacceptable, ImportRefused, StaleRecord.
    """
    live = held(upload, OPEN, version)
    if plan is None:
        need(plan_name, "plan_name", "Give the plan a name.")
    before = {"plan": live.plan.name if live.plan else live.plan_name, "plan_state": live.plan_state}
    live.plan, live.plan_name, live.group = plan, "" if plan else plan_name.strip()[:200], group
    live.plan, live.choices, live.plan_state = plan_meant(live), {}, plan_state
    after = {"plan": live.plan.name if live.plan else live.plan_name, "group": group.name if group else ""}
    after |= {"plan_state": plan_state}
    note(PlanEntry.IMPORT_CORRECTED, live, by=by, before=before, after=after)
    return moved_on(live, "plan", "plan_name", "group", "choices", "plan_state")


@deed
def say_about(
    upload: Import,
    *,
    plan: Plan | None = None,
    plan_name: str = "",
    group: Group | None = None,
    plan_state: PlanState = PlanState.IN_FORCE,
    as_at: date | None = None,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Import:
    """Say which plan the document is and, where a day is given, which day it speaks of. Raises as both of these do."""
    said = {
        "plan": plan,
        "plan_name": plan_name,
        "group": group,
        "plan_state": plan_state,
        "version": version,
    }
    live = set_plan(upload, **said, by=by, now=now)  # type: ignore[arg-type]  # the stubs cannot follow what is handed on
    return set_as_at(live, as_at, by=by, now=now) if as_at else live


@deed
def choose(
    upload: Import, key: str, side: str, *, version: int | None = None, by: Actor, now: datetime
) -> Import:
    """Decide a question of the merge.

    `key` "SL-00001/rating": whose words stand, `side` "live" or "paper". `key` "row:5": which action row 5 is, `side`
    its reference, or "" for a new action. Raises ImportRefused, StaleRecord.
    """
    live = held(upload, OPEN, version)
    if key.startswith(ANSWER):
        _check_answer(live, key.removeprefix(ANSWER), side)
    elif "/" not in key or side not in set(Side):
        raise ImportRefused("Choose the plan’s words or the document’s.")
    before = live.choices.get(key)
    live.choices = {**live.choices, key: side}
    note(PlanEntry.IMPORT_CORRECTED, live, by=by, before={key: before}, after={key: side})
    return moved_on(live, "choices")


@deed
def choose_all(
    upload: Import,
    answers: Mapping[str, str],
    *,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Import:
    """Decide several questions of the merge, all or none; keys and sides as for `choose`. Raises as it does."""
    live = held(upload, OPEN, version)
    for key, side in answers.items():
        if live.choices.get(key) != side:
            live = choose(live, key, side, by=by, now=now)
    return live


def _check_answer(live: Import, index: str, reference: str) -> None:
    if not index.isdigit() or int(index) >= len(reading_of(live).rows):
        raise ImportRefused("The document has no such row.")
    if reference and not (live.plan and live.plan.actions.filter(reference=reference).exists()):
        raise ImportRefused("The plan has no such action.")


@deed
def discard(upload: Import, *, version: int | None = None, by: Actor, now: datetime) -> Import:
    """Give an import up before it is confirmed; the file is kept. Raises ImportRefused, StaleRecord."""
    waiting = {ImportState.WAITING, ImportState.PREVIEW, ImportState.REFUSED}
    live = held(upload, waiting, version)
    before, live.state = live.state, ImportState.DISCARDED
    note(PlanEntry.IMPORT_DISCARDED, live, by=by, before={"state": before}, after={"state": live.state})
    return moved_on(live, "state")
