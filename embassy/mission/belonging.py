"""Which mission a thing belongs to, worded once; forms refuse what is another mission's.

A page belongs to the mission in whose tree it stands, a file to the one that owns its collection,
anything else to the one its `site` says. What belongs to none is open to all.
"""

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Site

# What accounts, roles, and the traces of work (revisions, reviews, comments, uploads) are about.
ABOUT = (
    *("mission", "mission_role", "page", "content_object", "workflow_state"),
    *("image", "uploaded_by_user"),
)


def home_path(page: Page) -> str | None:
    """Give the tree path of the home page above a page; None for the root itself."""
    return page.path[: page.steplen * 2] if page.depth > 1 else None


def site_of(page: Page) -> Site | None:
    """Give the mission in whose tree a page stands, whatever the page's language."""
    home = Page.objects.filter(path=home_path(page) or "").values("translation_key")
    sites = Site.objects.filter(root_page__translation_key__in=home)
    return sites.select_related("root_page").first()


def owner_of(collection: Collection) -> Site | None:
    """Give the mission that owns a collection; None for those all missions share."""
    settings = apps.get_model("embassy", "MissionSettings")
    for mission in settings.objects.exclude(collection=None).select_related("collection", "site"):
        if collection.path.startswith(mission.collection.path):
            return mission.site
    return None


def mission_of(target: Model) -> Site | None:
    """Give the mission a thing belongs to; None for what belongs to all."""
    if isinstance(target, Site):
        return target
    if isinstance(target, Page):
        return site_of(target)
    if isinstance(target, Collection):
        return owner_of(target)
    if getattr(target, "site_id", None):
        return target.site
    if getattr(target, "collection_id", None):
        return owner_of(target.collection)
    about = next(filter(None, (getattr(target, name, None) for name in ABOUT)), None)
    return mission_of(about) if isinstance(about, Model) else None


def sites_of(user) -> list[Site]:
    """Give the missions an account works for: those in which it has a role.

    They are kept with the account object, which a request has one of, as Django keeps its rights.
    """
    if user.is_superuser:
        return list(Site.objects.select_related("root_page"))
    if not hasattr(user, "_works_for"):
        roles = Site.objects.filter(mission_roles__group__in=user.groups.all())
        user._works_for = list(roles.select_related("root_page").distinct())
    return list(user._works_for)


def references_in(form: ModelForm) -> Iterator[tuple[str, Model]]:
    """Give (field name, thing) for everything a form refers to, in its faulty fields too."""
    for name in form.fields:
        value = chosen_in(form, name)
        if isinstance(value, Model):
            yield name, value
        elif isinstance(value, (QuerySet, list, tuple)):
            yield from ((name, item) for item in value if isinstance(item, Model))
        elif value and name in {field.name for field in form._meta.model._meta.fields}:
            field = form._meta.model._meta.get_field(name)
            if hasattr(field, "extract_references"):
                yield from ((name, thing) for thing in things_in(field, value))


def chosen_in(form: ModelForm, name: str):
    """Give what a field holds; of a faulty one, what was sent, as far as it can be read."""
    if name in form.cleaned_data:
        return form.cleaned_data[name]
    sent = form[name].data
    try:
        return form.fields[name].clean(sent)
    except ValidationError:
        return sent


def things_in(field: Field, value) -> Iterator[Model]:
    """Give what a rich text or StreamField refers to."""
    for model, pk, _model_path, _content_path in field.extract_references(value):
        thing = model._base_manager.filter(pk=pk).first()
        if thing is not None:
            yield thing


class OneMissionForm:
    """Mixin for Wagtail's forms: everything chosen must belong to the form's mission."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ModelChoiceField) and isinstance(field.widget, ChoiceWidget):
                self.offer_own(field)

    def offer_own(self, field: ModelChoiceField) -> None:
        """List only rows of the form's mission; choosers see to that by themselves."""
        sites = self.sites_to_choose_from()
        columns = {column.name for column in field.queryset.model._meta.fields}
        if sites is not None and "site" in columns:
            field.queryset = field.queryset.filter(site__in=sites)

    def mission_site(self) -> Site | None:
        """The mission whose thing the form edits."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Look at what was chosen in this form and its rows, whatever else is wrong with them."""
        valid = super().is_valid()
        sites = self.sites_to_choose_from()
        if not self.is_bound or sites is None:
            return valid
        rows = [form for formset in self.formsets.values() for form in formset.forms]
        checked = [form for form in [self, *rows] if hasattr(form, "cleaned_data")]
        return not any([self.refuse_foreign(form, sites) for form in checked]) and valid

    def sites_to_choose_from(self) -> list[Site] | None:
        """Give the form's mission; while it is not known, those its writer works for."""
        site = self.mission_site()
        if site is not None:
            return [site]
        return sites_of(self.for_user) if self.for_user is not None else None

    def refuse_foreign(self, form: ModelForm, sites: list[Site]) -> bool:
        """Add an error for each thing of another mission; say whether there was one."""
        found = [entry for entry in owned_in(form) if entry[1] not in sites]
        for name, owner, thing in found:
            if self.for_user is None or owner in sites_of(self.for_user):
                sentence = _(
                    "“%(thing)s” belongs to another mission. Choose one of this mission's."
                )
            else:
                sentence = _("This belongs to another mission. Choose one of this mission's.")
                forget(form, name)
            form.add_error(name, ValidationError(sentence, params={"thing": thing}))
        return bool(found)


def owned_in(form: ModelForm) -> list[tuple[str, Site, Model]]:
    """Give (field name, mission, thing) for everything of a mission that a form refers to."""
    referred = [(name, mission_of(thing), thing) for name, thing in references_in(form)]
    return [(name, owner, thing) for name, owner, thing in referred if owner is not None]


def forget(form: ModelForm, name: str) -> None:
    """Take out what was sent in a field, or the form would show its title again."""
    key = form.add_prefix(name)
    kept = form.data.copy()
    for sent in [sent for sent in kept if sent == key or sent.startswith(f"{key}-")]:
        del kept[sent]
    kept[f"{key}-count"] = "0"  # an empty StreamField; other fields do not look at it
    form.data = kept
