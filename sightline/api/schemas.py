"""What goes in and out, field by field: the OpenAPI document is made of this."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

from sightline.api.values import Day, In, Line, Number, Paragraphs, PrintedNumbers, Version, Words, printable
from sightline.events.choices import Tier
from sightline.partners.choices import AgencyKind, GroupKind, Sector
from sightline.plans.choices import (
    Acceptance,
    DeliveryRating,
    DeliveryState,
    Embedding,
    ExceptionKind,
    ImpactRating,
    OwnerRole,
    PlanState,
    ReceivedHow,
    ReportState,
    SourceKind,
)


class PriorityOut(Schema):
    """A priority of a plan."""

    id: int
    number: str
    title: str


class PlanOut(Schema):
    """A plan as a group owns it."""

    key: str
    name: str
    group: str | None = Field(None, description="Key of the group")
    state: PlanState
    period: str
    starts_on: date | None = None
    ends_on: date | None = None
    tier: Tier
    version: Version
    page: str = Field(description="Address of its page for people")


class PlanWhole(PlanOut):
    """A plan with its priorities in printed order."""

    priorities: list[PriorityOut]


class PlanList(Schema):
    """Plans; `next` is the address of those after them."""

    items: list[PlanOut]
    next: str | None = None


class OwnerOut(Schema):
    """Who answers for an action. `key` is of an agency or a group; empty for people and for words not matched."""

    kind: str
    key: str
    name: str
    role: OwnerRole


class AnswersOut(Schema):
    """What an action answers, as far as its reader may know of it."""

    source: str | None = None
    recommendation: int | None = None
    words: str


class ActionOut(Schema):
    """Something promised, and how it stands. Delivery and impact are two things: done is not embedded."""

    reference: str
    plan: str
    plan_name: str
    priority: PriorityOut | None = None
    numbers: list[str]
    text: str
    items: list[str]
    owners: list[OwnerOut]
    answers: list[AnswersOut]
    timescale: str
    due_on: date | None = None
    times_slipped: int
    state: DeliveryState
    delivery: DeliveryRating
    impact: ImpactRating
    embedding: Embedding
    blocked_reason: str
    last_update_on: date | None = None
    exceptions: list[ExceptionKind]
    opened_on: date
    tier: Tier
    version: Version
    page: str


class ActionList(Schema):
    """Actions; `next` is the address of those after them."""

    items: list[ActionOut]
    next: str | None = None


class OwnerIn(Schema):
    """An owner of a new action: the key of an agency or of a group, one of the two."""

    model_config = ConfigDict(extra="forbid")
    agency: Line | None = None
    group: Line | None = None


class ActionIn(In):
    """A new action of a plan."""

    text: Words
    numbers: PrintedNumbers = []
    items: Paragraphs = []
    priority: Number | None = Field(None, description="Number of a priority of the plan")
    owners: Annotated[list[OwnerIn], Field(max_length=20)] = []
    due_on: Day | None = None


class ActionChange(In):
    """What is to change of an action; what is left out stays."""

    text: Words | None = None
    numbers: PrintedNumbers | None = None
    items: Paragraphs | None = None


class UpdateOut(Schema):
    """A dated account of an action. None is ever overwritten."""

    id: int
    action: str
    text: str
    publishable: str
    dated_on: date | None = None
    as_at: date
    said_by: str
    received_how: ReceivedHow
    entered_by: str
    recorded_at: datetime


class UpdateList(Schema):
    """Updates; `next` is the address of those after them."""

    items: list[UpdateOut]
    next: str | None = None


class UpdateIn(In):
    """What has happened, and, if wanted, how delivery stands."""

    text: Words
    publishable: Annotated[str, Field(max_length=1_000), AfterValidator(printable)] = ""
    dated_on: Day | None = Field(None, description="Which day it speaks of; today where nothing is given")
    said_by: Line = ""
    delivery: DeliveryRating | None = None
    reason: Words = Field("", description="Needed where delivery is rated better than dates suggest")


class AddressedOut(Schema):
    """Somebody a recommendation is addressed to, and how far they have come."""

    id: int
    name: str
    agency: str | None = None
    group: str | None = None
    acceptance: Acceptance | None = None
    step: int
    progress_due_on: date | None = None


class RecommendationOut(Schema):
    """One thing a source asks for."""

    id: int
    source: str
    source_title: str
    source_kind: SourceKind
    number: str
    title: str
    text: str
    addressed_to: list[AddressedOut]
    tier: Tier
    version: Version
    page: str


class ResponseOut(Schema):
    """An answer to a recommendation: what may be published, and what is for partners only."""

    id: int
    addressee: int | None = Field(None, description="Empty where all it is addressed to answer together")
    public: list[str]
    private: list[str]
    as_at: date
    said_by: str
    entered_by: str
    replaces: int | None = None


class RecommendationWhole(RecommendationOut):
    """A recommendation with every response, those replaced among them."""

    responses: list[ResponseOut]


class RecommendationList(Schema):
    """Recommendations; `next` is the address of those after them."""

    items: list[RecommendationOut]
    next: str | None = None


class ResponseIn(In):
    """An answer in the name of one of those the recommendation is addressed to."""

    addressee: Number
    public: Paragraphs = []
    private: Paragraphs = []
    as_at: Day | None = None
    said_by: Line = ""
    replaces: Number | None = Field(None, description="The response that this one takes the place of")


class PartyOut(Schema):
    """What is told of groups and of agencies."""

    key: str
    name: str
    short_name: str
    starts_on: date | None = None
    ends_on: date | None = None
    version: Version
    page: str


class PartyChange(In):
    """What is to change of a group or of an agency."""

    name: Line | None = None
    short_name: Annotated[Line, Field(max_length=60)] | None = None


class GroupOut(PartyOut):
    """Executive, business group, sub-group, task group or panel."""

    kind: GroupKind
    parent: str | None = None
    merged_into: str | None = None


class GroupList(Schema):
    """Groups; `next` is the address of those after them."""

    items: list[GroupOut]
    next: str | None = None


class GroupChange(PartyChange):
    """What is to change of a group; what is left out stays."""

    kind: GroupKind | None = None


class AgencyOut(PartyOut):
    """An organisation of the partnership."""

    sector: Sector
    kind: AgencyKind
    predecessor: str | None = None


class AgencyList(Schema):
    """Agencies; `next` is the address of those after them."""

    items: list[AgencyOut]
    next: str | None = None


class AgencyChange(PartyChange):
    """What is to change of an agency; what is left out stays."""

    sector: Sector | None = None
    kind: AgencyKind | None = None


class ReportOut(Schema):
    """An exception report for a group, a plan or the whole partnership (both empty), as at a day."""

    number: int
    group: str | None = None
    plan: str | None = None
    as_at: date
    state: ReportState
    issued_at: datetime | None = None
    issued_by: str
    page: str


class FileOut(Schema):
    """A file, to be fetched by a person who is signed in."""

    format: str
    address: str


class ReportWhole(ReportOut):
    """A report with how many of its rows its reader may read, how many are left out, and its files."""

    rows: int
    left_out: int
    files: list[FileOut]


class ReportList(Schema):
    """Reports, the newest first; `next` is the address of those after them."""

    items: list[ReportOut]
    next: str | None = None


class ReportRowOut(Schema):
    """One action of a report, and every reason why it is there."""

    reference: str
    number: str
    text: str
    owners: str
    plan: str
    timescale: str
    due_on: date | None = None
    state: str
    delivery: str
    impact: str
    kinds: list[ExceptionKind]
    sentences: list[str]
    new_kinds: list[ExceptionKind]
    tier: Tier


class ReportRows(Schema):
    """Rows of a report; `next` is the address of those after them."""

    items: list[ReportRowOut]
    next: str | None = None
