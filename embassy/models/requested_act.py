"""What somebody asks to be done to what the public reads, until a second person has answered."""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from embassy.models.scoped import Scoped, ScopedQuerySet

LASTS = timedelta(days=14)
"""For how long a request waits for an answer."""


class RequestedActQuerySet(ScopedQuerySet):
    """Requests by what they are about and whether they still wait."""

    def about(self, subject) -> "RequestedActQuerySet":
        """Keep those about a page, whatever its class, or a row."""
        return self.filter(content_type=kind_of(subject), object_id=str(subject.pk))

    def undecided(self) -> "RequestedActQuerySet":
        """Keep those nobody answered, whether or not their time is over."""
        return self.filter(decided_at=None)

    def waiting(self, at: datetime) -> "RequestedActQuerySet":
        """Keep those that can be confirmed at a moment, the oldest first."""
        return self.undecided().filter(asked_at__gt=at - LASTS).order_by("asked_at", "pk")

    def answered(self, at: datetime) -> "RequestedActQuerySet":
        """Keep what was answered lately, the latest first, but for what lapsed by itself."""
        lately = self.filter(decided_at__gt=at - LASTS)
        return lately.exclude(outcome=RequestedAct.Outcome.LAPSED).order_by("-decided_at", "-pk")

    def came_back(self, user, at: datetime) -> "RequestedActQuerySet":
        """Keep what somebody asked for that was declined lately and that nobody asked for anew."""
        anew = RequestedAct.objects.filter(
            ~Q(object_id=""),
            content_type=OuterRef("content_type"),
            object_id=OuterRef("object_id"),
            act=OuterRef("act"),
            asked_at__gt=OuterRef("decided_at"),
        )
        declined = self.answered(at).filter(outcome=RequestedAct.Outcome.DECLINED)
        return declined.filter(writers__contains=[user.pk]).exclude(Exists(anew))

    def let(self, subject, act: str) -> bool:
        """Whether an act that was confirmed is being carried out, in this very transaction."""
        confirmed = self.about(subject).filter(act=act, outcome=RequestedAct.Outcome.CONFIRMED)
        return confirmed.filter(done_at=None).exists()

    def done_alone(self) -> "RequestedActQuerySet":
        """Keep what one person did alone and no second one has stood by or replaced."""
        by_two = Q(broke_glass=False) | ~Q(second=None)
        later = RequestedAct.objects.filter(
            by_two,
            ~Q(object_id=""),
            outcome=RequestedAct.Outcome.CONFIRMED,
            content_type=OuterRef("content_type"),
            object_id=OuterRef("object_id"),
            act=OuterRef("act"),
            decided_at__gt=OuterRef("decided_at"),
        )
        alone = self.filter(broke_glass=True, second=None, outcome=RequestedAct.Outcome.CONFIRMED)
        return alone.exclude(Exists(later)).order_by("decided_at", "pk")


class RequestedAct(Scoped):
    """One person's wish to change, silence or move something, which needs a second one's word."""

    class Act(models.TextChoices):
        """What is to be done: three to facts of a mission, the rest to its pages."""

        CREATE = "create", _("Enter")
        CHANGE = "change", _("Change")
        RETIRE = "retire", _("Delete")
        UNPUBLISH = "unpublish", _("Unpublish")
        MOVE = "move", _("Move")
        DELETE = "delete", _("Delete the page")
        PRIVACY = "privacy", _("Change who may read it")
        UNSCHEDULE = "unschedule", _("Cancel the scheduled publication")
        ORDER = "order", _("Change the order of the pages below it")

    class Outcome(models.TextChoices):
        """What became of it."""

        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("lapsed")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    label = models.CharField(max_length=255, help_text="What it was called when it was asked.")
    act = models.CharField(_("act"), max_length=12, choices=Act.choices)
    parameters = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="What the act needs: values, a place."
    )
    before = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="How it stood when it was asked."
    )
    reason = models.TextField(_("reason"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    writers = models.JSONField(default=list, help_text="Keys of the accounts that worded it.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("answered"), null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    refusal = models.TextField(_("why it was declined"), blank=True)
    done_at = models.DateTimeField(null=True, help_text="When the act itself was over.")
    broke_glass = models.BooleanField(_("confirmed alone"), default=False)
    urgency = models.TextField(_("why it could not wait"), blank=True)
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    second_at = models.DateTimeField(null=True)

    objects = RequestedActQuerySet.as_manager()

    class Meta:
        verbose_name = _("requested act")
        verbose_name_plural = _("requested acts")
        default_permissions = ("view",)
        permissions = [
            ("confirm_requestedact", "Confirm acts that others ask for"),
            ("break_glass_requestedact", "Confirm an act alone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "act"],
                condition=Q(decided_at=None) & ~Q(object_id=""),
                name="one_open_request_per_act",
            )
        ]
        indexes = [models.Index(fields=["site", "decided_at"], name="requests_by_site")]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_act_display()})"

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can be confirmed at a moment."""
        return self.decided_at is None and at < self.asked_at + LASTS

    @property
    def reading(self) -> str:
        """Tell what is asked from anything that was asked before or will be in its place.

        Whoever confirms gives back what they read. None of it is secret.
        """
        parts = [self.pk, self.act, self.parameters, self.before, self.writers, self.reason]
        return digest_of([*parts, self.asked_at.timestamp()])


def kind_of(subject) -> ContentType:
    """Give the kind under which a thing is known here: of every page just that it is one."""
    return ContentType.objects.get_for_model(Page if isinstance(subject, Page) else subject)


def digest_of(parts: list) -> str:
    """Tell plain data from any other plain data."""
    text = json.dumps(parts, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
