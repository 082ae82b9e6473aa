"""A requested act in words: what stands now and what would stand, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model, QuerySet
from django.forms import MultipleChoiceField
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.models import Page, PageViewRestriction

from embassy.acts import requested
from embassy.acts.requested_facts import parts_of, row_with
from embassy.clock import clocks
from embassy.drawing.outlines import rings_of
from embassy.fields import ChoicesField, TextsField
from embassy.models import MissionSettings, RequestedAct
from embassy.models.scoped import Fact
from embassy.roles import ROLES

Act = RequestedAct.Act


@dataclass(frozen=True)
class Difference:
    """One thing that would be different: its name, what it says now, and what it would say."""

    label: str
    was: list[str]
    now: list[str]


def kind_in_words(request: RequestedAct) -> str:
    """Give what kind of thing a request is about."""
    model = request.content_type.model_class()
    page = None if model is not Page else Page.objects.filter(pk=request.object_id).first()
    model = page.specific_class if page is not None else model
    return capfirst(model._meta.verbose_name)


def roles_confirming(request: RequestedAct) -> list[str]:
    """Name the roles that may confirm a request."""
    return [str(ROLES[code].name) for code in requested.codes_confirming(request)]


def until_confirmed(request: RequestedAct) -> str:
    """Say what holds while a request waits."""
    return str(getattr(request.content_type.model_class(), "until_confirmed", Fact.until_confirmed))


def once_confirmed(request: RequestedAct) -> str:
    """Say what holds when a request was confirmed."""
    return str(getattr(request.content_type.model_class(), "once_confirmed", Fact.once_confirmed))


def differences(request: RequestedAct, subject: Model) -> list[Difference]:
    """Give what a request would change, as it was when it was asked."""
    if request.act in requested.requested_facts.RIGHTS:
        wanted = {} if request.act == Act.RETIRE else request.parameters["values"]
        return list(of_values(request.content_type.model_class(), request.before, wanted))
    return list(OF_PAGES[Act(request.act)](request, subject))


def since_asked(request: RequestedAct, subject: Model) -> list[Difference]:
    """Give what was changed of a thing after a request of it, which is refused for that."""
    now = requested.half_of(request.act).state_of(subject, request.act, request.parameters)
    if now == request.before:
        return []
    if request.act in requested.requested_facts.RIGHTS:
        return list(of_values(request.content_type.model_class(), request.before, now))
    if request.act == Act.ORDER and now["order"] != request.before["order"]:
        return list(of_orders(request.before["order"], now["order"]))
    return [
        Difference(words(), [plainly(request.before.get(name))], [plainly(now.get(name))])
        for name, words in OF_STATES.items()
        if request.before.get(name) != now.get(name)
    ]


def of_values(model: type[Model], before: dict, after: dict) -> Iterator[Difference]:
    """Give the fields and parts in which two sets of values of a row differ."""
    rows = [row_with(model, values) if values else None for values in (before, after)]
    parts = dict(parts_of(model))
    for field in model._meta.fields:
        if not field.primary_key and before.get(field.name) != after.get(field.name):
            was, now = (worded(row, field) if row is not None else [] for row in rows)
            if was or now:
                yield Difference(name_of(field), was, now)
    for name, part in parts.items():
        if before.get(name, []) != after.get(name, []):
            told = [
                [line_of(part, values) for values in one.get(name, [])] for one in (before, after)
            ]
            yield Difference(capfirst(part._meta.verbose_name), *told)


def name_of(field: Field) -> str:
    """Give what a field is called."""
    return capfirst(field.verbose_name)


def worded(row: Model, field: Field) -> list[str]:
    """Give what a field of a row says, a line for each of several things."""
    value = getattr(row, field.attname)
    if value in (None, "", [], {}):
        return []
    if isinstance(field, TextsField):
        names = dict(settings.LANGUAGES)
        return [labeled(names.get(code, code), text) for code, text in value.items()]
    if isinstance(field, ChoicesField):
        return chosen(field, value)
    if field.is_relation:
        return [named(row, field)]
    if field.choices:
        return [str(getattr(row, f"get_{field.name}_display")())]
    if field.name == "geometry":
        return outline(value)
    return [plainly(value)]


def labeled(label: Any, text: Any) -> str:
    """Join a label and what it says."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def chosen(field: ChoicesField, codes: list[str]) -> list[str]:
    """Name what was chosen of a list."""
    offered = field.formfield()
    names = dict(offered.choices) if isinstance(offered, MultipleChoiceField) else {}
    return [str(names.get(code, code)) for code in codes]


def named(row: Model, field: Field) -> str:
    """Name what a row refers to."""
    try:
        return str(getattr(row, field.name))
    except ObjectDoesNotExist:
        return _("something that is gone")


def outline(geometry: Any) -> list[str]:
    """Describe an outline by how far it reaches, so that another one is seen to be another."""
    rings = rings_of(geometry)
    points = [point for ring in rings for point in ring]
    if not points:
        return []
    count = ngettext("An outline of %(n)s point", "An outline of %(n)s points", len(points))
    reach = _("latitude %(south)s to %(north)s, longitude %(west)s to %(east)s")
    ends = {
        "south": min(point[1] for point in points),
        "north": max(point[1] for point in points),
        "west": min(point[0] for point in points),
        "east": max(point[0] for point in points),
    }
    return [count % {"n": len(points)}, reach % {name: plainly(end) for name, end in ends.items()}]


def plainly(value: Any) -> str:
    """Write a plain value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None:
        return ""
    if isinstance(value, dict):
        return privacy_in_words(value)
    return str(formats.localize(value))


def line_of(model: type[Model], values: dict) -> str:
    """Give a part of a row in one line: all it says but its place."""
    row = row_with(model, values)
    skipped = {"sort_order", *(name.name for name in model._meta.fields if is_owner(name))}
    found = [worded(row, one) for one in model._meta.fields if one.name not in skipped]
    return ", ".join(text for texts in found for text in texts)


def is_owner(field: Field) -> bool:
    """Whether a field of a part is its key, or names the row it is a part of."""
    return field.primary_key or isinstance(field, ParentalKey)


def of_unpublishing(request: RequestedAct, page: Page) -> Iterator[Difference]:
    """Tell that readers no longer find a page, and how many below it."""
    was = [request.before["address"]]
    now = [_("not on the site")]
    if request.parameters.get("include_descendants") and request.before["live_below"]:
        was.append(pages_below(request.before["live_below"]))
        now.append(_("nor those below it"))
    yield Difference(_("What readers find"), [address_of(was[0]), *was[1:]], now)


def of_deleting(request: RequestedAct, page: Page) -> Iterator[Difference]:
    """Tell what would be gone."""
    was = [address_of(request.before["address"])]
    if request.before["below"]:
        was.append(pages_below(request.before["below"]))
    yield Difference(_("What there is"), was, [_("nothing: all of it is deleted for good")])


def of_moving(request: RequestedAct, page: Page) -> Iterator[Difference]:
    """Tell the address now and then."""
    slug = request.before["address"].rstrip("/").rsplit("/", 1)[-1]
    then = address_of(f"{request.before['destination'] or ''}{slug}/")
    yield Difference(_("Address"), [address_of(request.before["address"])], [then])


def of_privacy(request: RequestedAct, page: Page) -> Iterator[Difference]:
    """Tell who may read it now and then."""
    was, now = request.before["restriction"], request.parameters
    yield Difference(_("Who may read it"), [privacy_in_words(was)], [privacy_in_words(now)])


def of_unscheduling(request: RequestedAct, page: Page) -> Iterator[Difference]:
    """Tell when it would have gone out."""
    moment = datetime.fromisoformat(request.before["goes_out"])
    zone = MissionSettings.for_site(request.site).time_zone
    yield Difference(_("Goes out by itself"), [clocks.in_words(moment, zone)], [_("not at all")])


def of_ordering(request: RequestedAct, page: Page) -> Iterator[Difference]:
    """Tell the order now and then."""
    yield from of_orders(request.before["order"], request.parameters["order"])


def of_orders(was: list[int], now: list[int]) -> Iterator[Difference]:
    """Tell two orders of pages, from the first that stands elsewhere to the last one."""
    titles = {each.pk: each.get_admin_display_title() for each in titled({*was, *now})}
    pairs = list(zip_longest(was, now))
    moved = [place for place, (one, other) in enumerate(pairs) if one != other]
    if not moved:
        return
    told = [
        [
            f"{place + 1}. {titles.get(pair[side]) or _('something that is gone')}"
            for place, pair in enumerate(pairs)
            if moved[0] <= place <= moved[-1] and pair[side] is not None
        ]
        for side in (0, 1)
    ]
    yield Difference(_("Order"), *told)


def titled(keys: set[int]) -> QuerySet[Page]:
    """Query pages as staff know them."""
    return Page.objects.filter(pk__in=keys).specific(defer=True)


OF_PAGES = {
    Act.UNPUBLISH: of_unpublishing,
    Act.DELETE: of_deleting,
    Act.MOVE: of_moving,
    Act.PRIVACY: of_privacy,
    Act.UNSCHEDULE: of_unscheduling,
    Act.ORDER: of_ordering,
}
OF_STATES = {
    "address": lambda: _("Address"),
    "live": lambda: _("Published"),
    "live_below": lambda: _("Published pages below it"),
    "below": lambda: _("Pages below it"),
    "destination": lambda: _("New place"),
    "restriction": lambda: _("Who may read it"),
    "goes_out": lambda: _("Goes out by itself"),
}


def address_of(url_path: str) -> str:
    """Give the address below a home page that a path in the tree of pages stands for."""
    return "/" + url_path.strip("/").partition("/")[2]


def pages_below(count: int) -> str:
    """Say how many pages stand below."""
    return ngettext("and %(n)s page below it", "and %(n)s pages below it", count) % {"n": count}


def privacy_in_words(restriction: dict) -> str:
    """Say who may read a page; of a password only that there is one."""
    kind = restriction.get("restriction_type")
    if kind == PageViewRestriction.PASSWORD:
        return _("whoever knows the password")
    if kind == PageViewRestriction.LOGIN:
        return _("whoever is signed in")
    if kind == PageViewRestriction.GROUPS:
        groups = Group.objects.filter(pk__in=restriction.get("groups") or [])
        return _("members of %(groups)s") % {"groups": ", ".join(map(str, groups))}
    return _("everybody")
