"""How to reach the mission: numbers and addresses, who may use them, and how we know."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from embassy.fields import Texts, TextsField
from embassy.models.schedules import Schedule
from embassy.models.scoped import Fact, Scoped, ScopedQuerySet, SitePanel
from embassy.models.verification import refuse_days_to_come, today_of
from embassy.texts.numbers import check_phone, display_of, e164_of, href_of, written
from embassy.texts.sentences import aside
from embassy.vocabulary import EMERGENCY_PURPOSES, CallableFrom, Channel, Purpose

NUMBER = ("channel", "value", "extension")
EXTENSION = Texts(en="ext.", fr="poste")
"""How readers of each language write what stands before an extension."""

LAST_FOR_EMERGENCIES = _(
    "This is the last number for emergencies. Enter the one that takes its place first."
)


class ContactPointQuerySet(ScopedQuerySet):
    """Ways to reach a mission."""

    def in_use(self) -> "ContactPointQuerySet":
        """Leave out the retired ones."""
        return self.filter(retired=False)

    def for_emergencies(self) -> "ContactPointQuerySet":
        """Keep what people in trouble call."""
        return self.in_use().filter(purpose__in=EMERGENCY_PURPOSES)

    def not_tried_since(self, day: date) -> "ContactPointQuerySet":
        """Keep what nobody tried after a day: for emergencies first, then the longest untried."""
        untried = self.filter(Q(last_verified_on=None) | Q(last_verified_on__lte=day))
        pressing = Case(When(purpose__in=EMERGENCY_PURPOSES, then=0), default=1)
        return untried.order_by(pressing, F("last_verified_on").asc(nulls_first=True), "sort_order")


class ContactPoint(Fact, Scoped, index.Indexed):
    """One way to reach an office: a number or an address, who may use it, and when."""

    purpose = models.CharField(
        _("purpose"),
        max_length=20,
        choices=Purpose.choices,
        help_text=_(
            "What people reach with it. Those for emergencies stand at the head of every page."
        ),
    )
    channel = models.CharField(
        _("kind"),
        max_length=10,
        choices=Channel.choices,
        default=Channel.PHONE,
        help_text=_("How it is used: called, written to, opened, or gone to."),
    )
    label = TextsField(_("label"), help_text=_("What readers see before the number."))
    value = models.CharField(
        _("number or address"),
        max_length=200,
        blank=True,
        help_text=_("Phone: +, the country code, then the number. Never type it anywhere else."),
    )
    extension = models.CharField(
        _("extension"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9]+$", _("Write the extension in digits only."))],
        help_text=_("Digits only, where the switchboard asks for them."),
    )
    callable_from = models.CharField(
        _("who may call"),
        max_length=12,
        choices=CallableFrom.choices,
        default=CallableFrom.ANYWHERE,
        help_text=_("Many toll-free numbers work from one country only. Readers are told so."),
    )
    through = TextsField(
        _("through whom"),
        blank=True,
        help_text=_("Like “Ask the Marine Guard for the duty officer.”"),
    )
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("hours"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact_points",
        help_text=_("When it is answered. Leave it empty when nobody has said."),
    )
    last_verified_on = models.DateField(
        _("last verified on"),
        null=True,
        blank=True,
        help_text=_("The day somebody tried it and was answered."),
    )
    last_verified_by = models.CharField(
        _("last verified by"),
        max_length=120,
        blank=True,
        help_text=_("Who tried it: a name or a section."),
    )
    source = TextsField(
        _("source"),
        blank=True,
        help_text=_("Where it was printed. Readers see this until somebody has tried it."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first in lists.")
    )
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer answered. Pages stop showing it; records that quote it keep it."),
    )

    objects = ContactPointQuerySet.as_manager()

    is_to_verify = False
    """Whether this object stored another number, of which it is not known whether it works."""

    panels = [
        SitePanel(),
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("channel")]),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("extension")]),
        FieldPanel("callable_from"),
        FieldPanel("through"),
        FieldPanel("schedule"),
        MultiFieldPanel(
            [
                FieldPanel("last_verified_on"),
                FieldPanel("last_verified_by"),
                FieldPanel("source"),
            ],
            heading=_("How we know"),
        ),
        FieldRowPanel([FieldPanel("sort_order"), FieldPanel("retired")]),
        FieldPanel("why"),
    ]
    search_fields = [
        index.SearchField("value"),
        index.FilterField("site"),
        index.FilterField("retired"),
    ]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")

    def __str__(self) -> str:
        return " ".join(filter(None, [str(self.label), self.display]))

    def clean(self) -> None:
        """Check the number, and that the hours are the same mission's."""
        if not self.value and self.purpose in EMERGENCY_PURPOSES and not self.retired:
            raise ValidationError({"value": _("Give the number that people in trouble call.")})
        if self.is_last_for_emergencies and (
            self.retired or self.purpose not in EMERGENCY_PURPOSES
        ):
            raise ValidationError({"retired" if self.retired else "purpose": LAST_FOR_EMERGENCIES})
        if self.value:
            self._clean_value()
        if self.schedule_id and self.site_id and self.schedule.site_id != self.site_id:
            raise ValidationError({"schedule": _("Choose hours of the same mission.")})
        refuse_days_to_come(self.last_verified_on, self.site_id)

    def save(self, *args, **kwargs) -> None:
        """Store it; nobody has tried a number that is new, and no source has printed it."""
        named = kwargs.get("update_fields")
        if named is None or set(NUMBER) & set(named):
            forgotten = self.forget_of_another_number()
            if named is not None:
                kwargs["update_fields"] = {*named, *forgotten}
        super().save(*args, **kwargs)

    def settle(self) -> None:
        """Clear what was known of another number."""
        self.forget_of_another_number()

    def forget_of_another_number(self) -> list[str]:
        """Clear how we know, as far as it was said of the number stored now; give the fields."""
        stored = ContactPoint.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or stored.number == self.number:
            return []
        verification, before = (
            (point.last_verified_on, point.last_verified_by) for point in (self, stored)
        )
        is_verified_anew = self.last_verified_on is not None and verification != before
        forgotten = [] if is_verified_anew else ["last_verified_on", "last_verified_by"]
        if self.source == stored.source:
            forgotten.append("source")
        self.is_to_verify = any(getattr(stored, name) for name in forgotten)
        for name in forgotten:
            setattr(self, name, type(self)._meta.get_field(name).get_default())
        return forgotten

    @property
    def number(self) -> tuple[str, str, str]:
        """What is dialed or written to, however it is spaced."""
        value = e164_of(self.value) if self.is_phone else self.value.strip().lower()
        return self.channel, value, self.extension

    @property
    def is_last_for_emergencies(self) -> bool:
        """Whether the stored row is all that people in trouble have to call."""
        others = ContactPoint.objects.for_site(self.site_id).for_emergencies()
        return {self.pk} == set(others.values_list("pk", flat=True))

    def _clean_value(self) -> None:
        try:
            if self.channel == Channel.PHONE:
                check_phone(self.value)
            elif self.channel == Channel.MAIL:
                validate_email(self.value)
            elif self.channel == Channel.WEB:
                URLValidator(schemes=["http", "https"])(self.value)
        except ValidationError as error:
            raise ValidationError({"value": error}) from error

    @property
    def is_phone(self) -> bool:
        """Whether it is called rather than written to."""
        return self.channel == Channel.PHONE

    @property
    def display(self) -> str:
        """The number as it is written internationally, or the address as typed."""
        return display_of(self.channel, self.value)

    @property
    def href(self) -> str:
        """The address a tap opens, or nothing for a place."""
        return href_of(self.channel, self.value, self.extension)

    @property
    def callable_from_text(self) -> str:
        """Who may call, when that is not everybody."""
        if self.callable_from == CallableFrom.ANYWHERE:
            return ""
        return self.get_callable_from_display()

    @property
    def hours_text(self) -> str:
        """The hours in one line with their clock, or nothing when none are known."""
        return self.schedule.in_words() if self.schedule_id else ""

    @property
    def words(self) -> str:
        """Its label and every way its number is written, for search."""
        extension = [f"{word} {self.extension}" for word in EXTENSION.searched() if self.extension]
        shown = [*self.label.searched(), self.display, *extension]
        return " ".join([*filter(None, shown), aside(written(self.channel, self.value))])

    def verify(self, by: str, on=None) -> None:
        """Record that somebody tried it and it was answered."""
        self.last_verified_on = on or today_of(self.site_id)
        self.last_verified_by = by
        self.save(update_fields=["last_verified_on", "last_verified_by"])
