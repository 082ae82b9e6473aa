"""Facts as they are asked for: a row's values as plain data, and a row made of such values again.

A proposal is kept as data beside the row, never as a draft of the row: the public reads rows, so
what nobody confirmed is nowhere that a page, a feed or a card could read it.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from modelcluster.models import (
    ClusterableModel,
    get_all_child_relations,
    get_serializable_data_for_fields,
    model_from_serializable_data,
)
from wagtail.log_actions import log
from wagtail.models import Site

from embassy import approval
from embassy.approval import Refused
from embassy.mission.belonging import mission_of
from embassy.models import RequestedAct
from embassy.models.scoped import Fact

Act = RequestedAct.Act
RIGHTS = {Act.CREATE: "add", Act.CHANGE: "change", Act.RETIRE: "delete"}
"""What somebody must be allowed to do by themselves in a mission in order to ask for it."""


class Plain(DjangoJSONEncoder):
    """Writes a number as people do, so that 12.50 is no other number than 12.5."""

    def default(self, value: Any) -> Any:
        """Leave out the zeros at the end."""
        return (
            format(value.normalize(), "f") if isinstance(value, Decimal) else super().default(value)
        )


def values_of(row: Model) -> dict:
    """Give all a row says but what is withheld, with the rows it consists of, as plain data."""
    clustered = isinstance(row, ClusterableModel)
    raw = row.serializable_data() if clustered else get_serializable_data_for_fields(row)
    # Browsers end the lines of a text in their own way, which changes nothing.
    values = json.loads(json.dumps(raw, cls=Plain).replace(r"\r\n", r"\n"))
    for name, model in parts_of(type(row)):
        values[name] = in_order(model, values[name])
    return {name: value for name, value in values.items() if name not in type(row).withheld}


def parts_of(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    """Give (name, model) of the rows that a row of a model consists of."""
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            yield relation.get_accessor_name(), relation.related_model


def in_order(model: type[Model], rows: list[dict]) -> list[dict]:
    """Put rows into their order, and count a place that is theirs to say from 0."""
    names = [*model._meta.ordering, "pk"]
    ordered = sorted(rows, key=lambda row: [place_of(row[name]) for name in names])
    if "sort_order" in names:
        ordered = [row | {"sort_order": place} for place, row in enumerate(ordered)]
    return ordered


def place_of(value: Any) -> tuple:
    """Give by what a value is put into order: what is missing comes last."""
    return (value is None, 0 if value is None else value)


def row_with(model: type[Model], values: dict) -> Model:
    """Make a row, not stored, that says what values say."""
    if issubclass(model, ClusterableModel):
        return model.from_serializable_data(values, check_fks=False)
    return model_from_serializable_data(model, values, check_fks=False)


def reworded(row: Model, values: dict) -> Model:
    """Make the row, not stored, that says what values say, with what is withheld of them as is."""
    other = row_with(type(row), values)
    for name in type(row).withheld:
        setattr(other, name, getattr(row, name))
    return other


def check(row: Model) -> None:
    """Refuse a row that breaks a rule of its model by now, with the rule's own words."""
    try:
        row.full_clean()
        for name, model in parts_of(type(row)):
            owner = [field.name for field in model._meta.fields if field.related_model is type(row)]
            for part in getattr(row, name).all():
                part.full_clean(exclude=owner)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def merged(request: RequestedAct, row: Model) -> dict:
    """Give what a row says now with the changes that a request makes of it."""
    wanted, before = request.parameters["values"], request.before
    changed = {name: value for name, value in wanted.items() if value != before.get(name)}
    return values_of(row) | changed


def state_of(row: Model, act: str, parameters: dict) -> dict:
    """Give how a row stands, as far as an act depends on it: all it says."""
    stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    return values_of(stored) if stored is not None else {}


def sites_of(request: RequestedAct) -> set[int]:
    """Give the missions a request is about: one, unless it hands a row to another."""
    wanted = request.parameters.get("values", {}).get("site")
    return {request.site_id, wanted} - {None}


def right_on(user, site: Site, model: type[Model], verb: str) -> bool:
    """Whether somebody may do something with the rows of a mission."""
    return approval.has_right(user, site, model._meta.app_label, f"{verb}_{model._meta.model_name}")


def may_ask(user, request: RequestedAct, subject: Model) -> bool:
    """Whether somebody may do this by themselves, but for the second person."""
    sites = Site.objects.filter(pk__in=sites_of(request))
    return all(right_on(user, site, type(subject), RIGHTS[request.act]) for site in sites)


def may_confirm(user, request: RequestedAct, subject: Model) -> bool:
    """Whether somebody may answer: who changes such rows, or who approves in general."""
    return approval.decides(user) and all(
        right_on(user, site, type(subject), "change")
        or approval.has_right(user, site, "embassy", "confirm_requestedact")
        for site in Site.objects.filter(pk__in=sites_of(request))
    )


def is_nothing(request: RequestedAct) -> bool:
    """Whether a change leaves all as it is."""
    return request.act == Act.CHANGE and request.parameters["values"] == request.before


def carry_out(request: RequestedAct, subject: Model, by) -> Model:
    """Store what was asked for, or delete the row; give the row."""
    if request.act == Act.RETIRE:
        return delete(subject, by)
    row = reworded(subject, request.parameters["values"])
    check(row)
    row.save()
    return row


def delete(row: Model, by) -> Model:
    """Delete a row that nothing needs."""
    log(instance=row, action="wagtail.delete", user=by, deleted=True)
    try:
        row.delete()
    except ProtectedError as error:
        raise Refused(_("Something else still refers to this. It cannot be deleted.")) from error
    return row


def subject_of(request: RequestedAct) -> Model | None:
    """Find the row a request is about; a new one, not stored, for a request to enter one."""
    model = request.content_type.model_class()
    if request.act == Act.CREATE:
        return row_with(model, request.parameters["values"])
    return model._base_manager.filter(pk=request.object_id).first()


def gone_with(subject: Model) -> dict:
    """Say by which keys requests name what goes with a row that is deleted."""
    return {"object_id": str(subject.pk)}


def site_of(subject: Model) -> Site:
    """Give the mission whose row it is, as it is stored."""
    stored = type(subject)._base_manager.filter(pk=subject.pk).first() if subject.pk else None
    return mission_of(stored or subject)


def is_fact(model: type[Model]) -> bool:
    """Whether two people change rows of a model."""
    return issubclass(model, Fact)
