"""What stands on an agenda, the texts of its minutes, what was decided, and who is to do what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import (
    BETWEEN,
    ENDED_LABELS,
    HOW_LABELS,
    IN_DRAFT,
    ITEM_LABELS,
    NOT_KNOWN,
    PROVISIONAL,
    RULING_LABELS,
    STANDS,
    WITHDRAWN,
    Ended,
    How,
    Ruling,
)
from sightline.meetings.models.meetings import Meeting
from sightline.partners.models import Agency, Group, Party, Person
from sightline.plans.models import Action
from sightline.screens.words import count

TIERS = [(tier.value, tier.label) for tier in (Tier.T1, Tier.T2)]
IN_TIERS = Q(tier__in=[Tier.T1.value, Tier.T2.value])


class Item(Entered):
    """One item of an agenda. `follows`: the item of an earlier meeting that was deferred to this one.

    `lead`: who leads it, as typed; `lasts`: for how many minutes. `moved_from`: the meeting on whose agenda it stood
    before, where that moved or was cancelled, or another came first. `withdrawn_because`: why it was taken off.

    `about_app`, `about_model` and `about_id` name the record that it is about, by which that record's page finds it;
    `about_label` and `about_url` say what to call it and where it is, in words that tell nothing of it.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in ITEM_LABELS.items()]
    )
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    about_app = models.CharField(max_length=50, blank=True)
    about_model = models.CharField(max_length=50, blank=True)
    about_id = models.CharField(max_length=50, blank=True)
    about_label = models.CharField(max_length=100, blank=True)
    about_url = models.CharField(max_length=300, blank=True)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    is_deferred = models.BooleanField(default=False)
    lead = models.CharField(max_length=200, blank=True)
    lasts = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_from = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="moved_on"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("meeting", "order", "id")
        indexes = [
            models.Index(fields=["about_app", "about_model", "about_id"], name="meetings_item_about"),
            models.Index(fields=["meeting", "order", "id"], name="meetings_item_order"),
        ]
        constraints = [
            models.CheckConstraint(condition=IN_TIERS, name="meetings_item_tier"),
            models.UniqueConstraint(fields=["follows"], name="meetings_item_carried_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def led(self) -> str:
        """Who leads it and how long it lasts, as far as that was said."""
        return ", ".join(filter(None, [self.lead, count(self.lasts, "minute") if self.lasts else ""]))


class MinuteText(Entered):
    """A text of an item's minutes. Never overwritten: `replaced_by` is the text whose writer had seen this one.

    The texts that nothing replaces stand. There are two where two people wrote at once, until somebody joins them.
    `typed_in`: a mark of the form it was typed in, by which what is sent twice is known.
    """

    LOWEST_TIER = Tier.T1

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="texts")
    text = models.TextField()
    is_correction = models.BooleanField(default=False)
    typed_in = models.CharField(max_length=64, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        ordering = ("item", "id")
        indexes = [models.Index(fields=["item", "replaced_by", "id"], name="meetings_minute_standing")]

    def __str__(self) -> str:
        return f"Text of item {self.item_id}"


class Decision(Entered):
    """What a group decided, at a meeting or between two. `ruling`: what a later meeting said of a provisional one.

    `withdrawn_because`: why it was taken out of draft minutes: it was not decided. `typed_in`: a mark of the form and
    the words in which it was typed, by which what is sent twice is known.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField()
    how = models.CharField(max_length=10, choices=[(each.value, label) for each, label in HOW_LABELS.items()])
    decided_on = models.DateField()
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    ruling = models.CharField(
        max_length=10, blank=True, choices=[(each.value, label) for each, label in RULING_LABELS.items()]
    )
    ruled_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="ruled"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    typed_in = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-decided_on", "-id")
        indexes = [models.Index(fields=["decided_on", "id"], name="meetings_decision_by_day")]
        constraints = [
            models.CheckConstraint(condition=IN_TIERS, name="meetings_decision_tier"),
            models.CheckConstraint(
                condition=Q(how=How.MEETING, meeting__isnull=False)
                | Q(how__in=[each.value for each in BETWEEN], meeting__isnull=True),
                name="meetings_decision_at_or_between",
            ),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_at__isnull=True) | (~Q(ruling="") & Q(ruled_at__isnull=False)),
                name="meetings_decision_ruled_at_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"

    @property
    def is_provisional(self) -> bool:
        """Whether it waits for a meeting: taken between two, or at one not known to be quorate, and not ruled upon."""
        waits = self.meeting is None or self.meeting.current_quorate is not True
        return waits and not self.ruling and not self.withdrawn_because

    @property
    def is_draft(self) -> bool:
        """Whether its words can be put right: of draft minutes, or between meetings, and nobody ruled upon it."""
        is_open = self.meeting is None or self.meeting.state_now in IN_DRAFT
        return is_open and not self.ruling and not self.withdrawn_because

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.withdrawn_because:
            return WITHDRAWN
        if self.ruling:
            return RULING_LABELS[Ruling(self.ruling)]
        if not self.is_provisional:
            return STANDS
        return NOT_KNOWN if self.meeting and self.meeting.current_quorate is None else PROVISIONAL


class GroupAction(Entered):
    """Who is to do what by when, as a meeting said it: the group's own log. `owner`: the words in which it was said.

    `plan_action`: the action of a plan that it became; how that one stands is told there. `done_on` and `done_words`:
    when and how it ended, be it done or not (`ended_as`). `first_due_on`: its day before it was moved; `slips`: how
    often it was moved to a later one. `typed_in`: a mark of the form and the line in which it was typed, by which
    what is sent twice is known.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meeting_actions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="actions")
    text = models.TextField()
    owner = models.CharField(max_length=300, blank=True)
    owner_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_actions"
    )
    owner_group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_meeting_actions"
    )
    owner_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_actions"
    )
    due_on = models.DateField(null=True, blank=True)
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    plan_action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="said_at_meetings"
    )
    done_on = models.DateField(null=True, blank=True)
    done_words = models.TextField(blank=True)
    ended_as = models.CharField(
        max_length=10, blank=True, choices=[(each.value, label) for each, label in ENDED_LABELS.items()]
    )
    first_due_on = models.DateField(null=True, blank=True)
    slips = models.PositiveSmallIntegerField(default=0)
    typed_in = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["group", "done_on", "due_on", "id"], name="meetings_action_open")]
        constraints = [
            models.CheckConstraint(condition=IN_TIERS, name="meetings_action_tier"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(done_words=""), name="meetings_action_done_in_words"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, ended_as="") | (Q(done_on__isnull=False) & ~Q(ended_as="")),
                name="meetings_action_ended_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk} of {self.group}"

    @property
    def is_draft(self) -> bool:
        """Whether the minutes that ask for it are still written, so that its words can be put right."""
        return self.meeting.state_now in IN_DRAFT

    @property
    def ended_label(self) -> str:
        """How it ended, in words; empty while it is open."""
        return ENDED_LABELS[Ended(self.ended_as)] if self.ended_as else ""

    @property
    def party(self) -> Party | None:
        """Whose it is, where the words in which that was said name somebody who is known."""
        return self.owner_group or self.owner_agency or self.owner_person

    @property
    def owner_label(self) -> str:
        """The words in which it was said whose it is, and who that is where the words do not say it."""
        party = self.party
        return f"{self.owner} ({party})" if party and str(party) != self.owner else self.owner

    @property
    def owner_keys(self) -> tuple[str, ...]:
        """The work keys by which its owner may be reached, the first that reaches somebody to be used."""
        if self.owner_group:
            return (f"group:{self.owner_group.key}",)
        if self.owner_agency:
            return (f"agency:{self.owner_agency.key}",)
        user = self.owner_person.user if self.owner_person else None
        agency = self.owner_person.agency if self.owner_person else None
        own = (f"user:{user.pk}",) if user and user.is_active else ()
        return (*own, f"agency:{agency.key}") if agency else own
