"""What happened to the actions of the invented county, told in the order in which it happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.services.plans import Happening
from sightline.plans.choices import DeliveryState, Dimension, EvidenceQuarter, ReceivedHow, TimescaleKind
from sightline.plans.models import Action, EmbeddingTest
from sightline.plans.services.accounts import (
    change_state,
    claim_completion,
    confirm_completion,
    rate,
    record_embedding_result,
    record_evidence,
    record_update,
    set_embedding_test,
)
from sightline.plans.services.blocks import block, unblock
from sightline.plans.services.given import TimescaleGiven
from sightline.plans.services.timescales import revise_timescale

MANAGER = "Partnership Manager"
OWN_WORDS = "The owner’s own view, given with the update."


def tell(happened: Sequence[Happening], people: People) -> list[Action]:
    """Record every event in order of its day; gives the actions, whose current columns are still to be refreshed."""
    for each in sorted(happened, key=lambda h: h.event.on):
        _Teller(each, people).tell()
    return list({each.action.pk: each.action for each in happened}.values())


class _Teller:
    """Records one event of one action, part by part, in the order a person would."""

    def __init__(self, happening: Happening, people: People) -> None:
        self.action, self.told = happening.action, happening.event.told
        self.calendar, self.day = happening.calendar, happening.event.on
        self.second: dict[str, Any] = {
            "by": people.second,
            "now": people.moment(self.day),
            "refresh": False,
        }
        self.who: dict[str, Any] = {"by": people.manager, "now": people.moment(self.day), "refresh": False}

    def tell(self) -> None:
        """Update, evidence, state, test, dates, then the ratings, which look at all of these."""
        self._update()
        self._evidence()
        self._state()
        self._test()
        self._dates()
        self._ratings()

    def _update(self) -> None:
        if "u" not in self.told:
            return
        record_update(
            self.action,
            self.told["u"],
            as_at=self.day,
            dated_on=self.day,
            publishable=self.told.get("p", ""),
            said_by=self.told.get("by", self._lead()),
            received_how=ReceivedHow(self.told.get("how", "email")),
            **self.who,
        )
        if self.action.state == DeliveryState.NOT_STARTED and "state" not in self.told:
            change_state(self.action, DeliveryState.IN_PROGRESS, as_at=self.day, **self.who)

    def _lead(self) -> str:
        """The first owner; the manager speaks for a post that nobody holds."""
        owner = self.action.owners.first()
        return "" if owner is None else MANAGER if owner.vacant_since else owner.raw

    def _state(self) -> None:
        if self.told.get("state") == DeliveryState.COMPLETE:
            self._done()
        elif "state" in self.told:
            reason = self.told.get("why", "")
            change_state(
                self.action, DeliveryState(self.told["state"]), as_at=self.day, reason=reason, **self.who
            )

    def _done(self) -> None:
        """The owner’s word, entered by the manager; the officer confirms it."""
        claim = claim_completion(
            self.action,
            self.told["u"],
            as_at=self.day,
            said_by=self._lead(),
            received_how=ReceivedHow.EMAIL,
            **self.who,
        )
        confirm_completion(claim, **self.second)
        self.action.refresh_from_db()

    def _evidence(self) -> None:
        for quarter, text in self.told.get("e", {}).items():
            record_evidence(
                self.action,
                EvidenceQuarter(quarter),
                text,
                dated_on=self.day,
                said_by=self._lead(),
                received_how=ReceivedHow.EMAIL,
                **self.who,
            )

    def _test(self) -> None:
        if "test" in self.told:
            due = self.calendar.month_end(self.told["test"]["due"])
            set_embedding_test(self.action, self.told["test"]["q"], due_on=due, as_at=self.day, **self.who)
        if "result" in self.told:
            waiting = EmbeddingTest.objects.filter(action=self.action, result="waiting").latest("id")
            finding = self.told.get("u") or next(iter(self.told.get("e", {}).values()))
            record_embedding_result(
                waiting, passed=self.told["result"] == "passed", finding=finding, on=self.day, **self.who
            )
            self.action.refresh_from_db()

    def _dates(self) -> None:
        if "slip" in self.told:
            self.action.refresh_from_db()
            revise_timescale(
                self.action,
                self.action.version,
                self._month_end(self.told["slip"]),
                reason=self.told.get("why") or self.told["u"],
                as_at=self.day,
                **self.who,
            )
        if "block" in self.told:
            block(self.action, self.told["block"], as_at=self.day, **self.who)
        if "unblock" in self.told:
            unblock(self.action, as_at=self.day, **self.who)

    def _month_end(self, months: int) -> TimescaleGiven:
        end: date = self.calendar.month_end(months)
        words = f"By {end.day} {self.calendar.printed(months)}"
        return TimescaleGiven(TimescaleKind.BY_DATE, (end.isoformat(),), words)

    def _ratings(self) -> None:
        for key, dimension in (("d", Dimension.DELIVERY), ("i", Dimension.IMPACT)):
            if key in self.told:
                rate(
                    self.action,
                    dimension,
                    self.told[key],
                    as_at=self.day,
                    reason=self.told.get("why") or OWN_WORDS,
                    said_by=self._lead(),
                    received_how=ReceivedHow.EMAIL,
                    **self.who,
                )
