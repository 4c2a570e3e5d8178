"""Mail on its way out and back, the one table that "what needs you" reads, and what people were told."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sightline.events.choices import TIER_LABELS, Tier
from sightline.messages.choices import DUTY_LABELS, MAIL_LABELS, NEWS_LABELS, HowOften, MailState
from sightline.messages.rules.notices import kind_named, said


class OutgoingMail(models.Model):
    """A mail. Its row commits with the deed it tells of, and stays until a mail server has taken it."""

    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=500)
    # A text that is a key to something (a link that sets a password) is forgotten once it is sent.
    is_secret = models.BooleanField(default=False)
    text = models.TextField()
    # The same in HTML where it is gathered from many; what a mail program needs to stop news stands in its head.
    html = models.TextField(blank=True)
    stop_address = models.CharField(max_length=500, blank=True)
    # An invitation for a calendar (RFC 5546), which goes along.
    calendar = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in MAIL_LABELS.items()],
        default=MailState.WAITING.value,
    )
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    # A sender holds the mail until this moment, so that two never send it at once.
    held_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="outbox_mail_due"),
            models.Index(fields=["created_at"], name="outbox_mail_made"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @property
    def state_label(self) -> str:
        """The state in words."""
        return MAIL_LABELS[MailState(self.state)]


class StandingItems(models.Manager["WorkItem"]):
    """The items that still ask something of somebody."""

    def get_queryset(self) -> models.QuerySet[WorkItem]:
        """Without those that ended."""
        return super().get_queryset().filter(ended=False)


class WorkItem(models.Model):
    """Something that needs somebody. Kept by the services of the record it is about, never counted afresh.

    One that needs nobody any more is marked as ended, so that what begins and what ends is written with one statement;
    ended ones are cleared away once a day.
    """

    # "unit", "group:KEY", "agency:KEY" or "user:ID"
    for_scope = models.CharField(max_length=150)
    kind = models.CharField(max_length=50)
    subject_app = models.CharField(max_length=50)
    subject_model = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    sentence = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    tier = models.CharField(
        max_length=2,
        choices=[(tier.value, label) for tier, label in TIER_LABELS.items()],
        default=Tier.T1.value,
    )
    created_at = models.DateTimeField()
    ended = models.BooleanField(default=False)

    objects = StandingItems()
    everything = models.Manager["WorkItem"]()

    class Meta:
        ordering = (models.F("due_on").asc(nulls_last=True), "id")
        indexes = [
            models.Index(fields=["for_scope", "due_on", "id"], name="outbox_work_for"),
            models.Index(fields=["subject_app", "subject_model", "subject_id"], name="outbox_work_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["for_scope", "kind", "subject_app", "subject_model", "subject_id"],
                name="outbox_work_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class News(models.Model):
    """Something that happened, to be told to whoever hears of a group or agency. Said once; never changed."""

    for_scope = models.CharField(max_length=150)
    kind = models.CharField(max_length=50)
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=500)
    tier = models.CharField(
        max_length=2, choices=[(tier.value, label) for tier, label in TIER_LABELS.items()]
    )
    # Whoever did it is not told of it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return self.title


class ToldItem(models.Model):
    """That whoever a work item is for was told of it as it stands since a moment. Begun anew, it is told again."""

    item = models.PositiveBigIntegerField(primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"Item {self.item} since {self.since}"


class Notice(models.Model):
    """What one person was told of: that something needs them, or a piece of news. Kept, read or unread.

    `title` is empty where it may stand in no e-mail and no list (`rules.notices.may_be_named`). `stands_for` more than
    one: many of a kind came at once and are told in one line. `over_at`: it needs nobody any more.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=50)
    is_duty = models.BooleanField()
    for_scope = models.CharField(max_length=150)
    # Which work item or piece of news it tells of, and since when; so nobody is told of it twice.
    about = models.CharField(max_length=200)
    # The number of the work item; nothing is known of it any more once it was cleared away.
    item = models.PositiveBigIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField()
    title = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    stands_for = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        indexes = [
            models.Index(fields=["user", "-made_at"], name="outbox_notice_of"),
            models.Index(
                fields=["user", "made_at"],
                name="outbox_notice_to_mail",
                condition=models.Q(mailed_at=None, read_at=None, over_at=None),
            ),
            models.Index(fields=["made_at"], name="outbox_notice_made"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "about", "begun_at"], name="outbox_notice_once"),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """It in words that may stand anywhere."""
        return said(kind_named(self.kind), self.title, self.stands_for)


class Preference(models.Model):
    """How often a person is written to. Nobody has a row who left it as it is: once a day, gathered."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(
        max_length=10,
        choices=[(how.value, label) for how, label in DUTY_LABELS.items()],
        default=HowOften.DAILY.value,
    )
    news = models.CharField(
        max_length=10,
        choices=[(how.value, label) for how, label in NEWS_LABELS.items()],
        default=HowOften.DAILY.value,
    )
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(duty=HowOften.NEVER.value), name="outbox_duty_is_never_stopped"
            )
        ]

    def __str__(self) -> str:
        return f"Preferences of account {self.user_id}"


class Bounce(models.Model):
    """That a mail came back, as the server said it. While a hard one stands, nothing gathered goes to its address."""

    address = models.EmailField()
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="bounces")
    message_id = models.CharField(max_length=200)
    status = models.CharField(max_length=20, blank=True)
    said = models.CharField(max_length=500, blank=True)
    # Whether the address itself does not work: told by the report, or by failing again and again.
    is_hard = models.BooleanField()
    came_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["address", "came_at"], name="outbox_bounce_of")]
        constraints = [
            models.UniqueConstraint(fields=["message_id", "address", "status"], name="outbox_bounce_once")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.status}"
