"""The fence between missions: who works for one finds nothing of another in the staff pages.

What an address, a query or a form names by its id must belong to a mission the user works for, or
to all; anything else is answered as if it did not exist. A parameter of an address of which the
fence does not know what it names is refused too: enter a new one below before staff use it.
"""

import logging
from collections.abc import Callable, Iterator

from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from taggit.models import Tag
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Site

from embassy.mission.belonging import sites_of
from embassy.mission.permissions import is_foreign, own, readable

logger = logging.getLogger(__name__)

STAFF_PAGES = ("/admin/", "/django-admin/")
SIGN_IN_PAGES = "/account/"  # they concern nobody but whoever asks, so the fence does not

# Off for everybody: accounts and roles are made in the Django admin only, and a token of Wagtail's
# API would be a second way to sign in.
OFF = ("wagtailusers_users", "wagtailusers_groups", "wagtailusers_api_tokens")
# Of the screens of translations, those that publish at once, or show what all missions have.
WITHOUT_SECOND_PERSON = (
    *("submit_page_translation", "submit_snippet_translation", "update_translations"),
    *("convert_to_alias", "machine_translate", "snippets_api_listing", "snippets_api_detail"),
    *("translations_report", "translations_report_results"),
)
# For superusers only: what concerns the whole server, shows all missions, or is of use to nobody.
CLOSED = (
    *("wagtailsites", "wagtaillocales", "wagtailredirects", "wagtailsearchpromotions"),
    *("wagtailadmin_collections", "wagtailadmin_workflows", "wagtailstyleguide"),
    *("wagtailadmin_api:images", "wagtailadmin_api:documents", "wagtailadmin_api:pages:action"),
    *("wagtailadmin_pages:type_use", "wagtailadmin_pages:type_use_results"),
    *("wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:page_types_usage_results"),
    *("wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_results"),
    *("wagtailadmin_reports:workflow_tasks", "wagtailadmin_reports:workflow_tasks_results"),
    *(f"wagtail_localize:{name}" for name in WITHOUT_SECOND_PERSON),
    *("wagtailadmin_tag_model_autocomplete", "wagtailadmin_error_test", "admin:view_on_site"),
)

# What the parameters of an address name.
IN_ADDRESS = {
    **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id"), "wagtailcore.Page"),
    "destination_id": "wagtailcore.Page",
    "image_id": "embassy.MissionImage",
    **dict.fromkeys(("document_id", "doc_id"), "embassy.MissionDocument"),
    **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), "wagtailcore.Revision"),
    "task_state_id": "wagtailcore.TaskState",
    "workflow_state_id": "wagtailcore.WorkflowState",
    "task_id": "wagtailcore.Task",
    "uploaded_file_id": "wagtailcore.UploadedFile",
    "session_id": "wagtailadmin.EditingSession",
    "requested_act_id": "embassy.RequestedAct",
    "site_id": "wagtailcore.Site",
    "translation_id": "wagtail_localize.Translation",
    "string_segment_id": "wagtail_localize.StringSegment",
    "overridable_segment_id": "wagtail_localize.OverridableSegment",
}
# What the fields of a query or a form name, whatever the screen.
IN_FIELDS = {
    **dict.fromkeys(("parent_page_id", "parent_page", "new_parent_page"), "wagtailcore.Page"),
    **dict.fromkeys(("target_pages[]", "chooser"), "wagtailcore.Page"),
    **dict.fromkeys(("child_of", "descendant_of", "ancestor_of"), "wagtailcore.Page"),
    "translation_of": "wagtailcore.Page",
    **dict.fromkeys(("collection", "collection_id"), "wagtailcore.Collection"),
    **dict.fromkeys(("owner", "edited_by", "locked_by", "requested_by", "user"), "embassy.User"),
    **dict.fromkeys(("revision_id", "overwrite_revision_id"), "wagtailcore.Revision"),
}
# Fields in which Wagtail's forms look a page up without looking at what was sent.
PAGES_SENT = ("parent_page", "new_parent_page", "chooser")
# What fields of a query name; in a form they are choices, which the form itself checks.
IN_QUERY = {**IN_FIELDS, "site": "wagtailcore.Site"}
# Parameters that are no ids.
WORDS = {
    *("app_label", "app_name", "model_name", "content_type_app_name", "content_type_model_name"),
    *("action", "action_name", "filter_spec", "uidb64", "token", "url", "picture"),
    *("language", "mode"),
}


class FenceMiddleware:
    """Keeps everybody but superusers within their missions, in the staff pages."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Answer “not found” to whatever lies beyond the fence."""
        match = request.resolver_match
        if not request.path_info.startswith(STAFF_PAGES):
            return
        if is_among(match, OFF) or bulk_model(match) == apps.get_model("embassy.User"):
            raise Http404
        if any(is_no_page(value) for name in PAGES_SENT for value in request.POST.getlist(name)):
            raise Http404
        if not is_kept_in(request):
            return
        if is_among(match, CLOSED):
            raise Http404
        keep_to_own_mission(request, match)
        for model, keys in named_in(request, match):
            if is_foreign(model, keys, request.user):
                raise Http404

    def process_template_response(self, request: HttpRequest, response) -> HttpResponse:
        """Offer in the filters of a list only what belongs to the user's missions."""
        if request.path_info.startswith(STAFF_PAGES) and is_kept_in(request):
            filters = (response.context_data or {}).get("filters")
            for name, field in filters.form.fields.items() if filters is not None else ():
                if isinstance(field, ModelChoiceField):
                    field.queryset = own(field.queryset, request.user)
                elif name == "tag":
                    tags = set(own(Tag.objects.all(), request.user).values_list("name", flat=True))
                    field.choices = [choice for choice in field.choices if choice[0] in tags]
        return response


def is_no_page(sent: str) -> bool:
    """Whether something was sent that is the id of no page."""
    page = apps.get_model("wagtailcore.Page")
    numbers = [number for number in readable(page, [sent]) if 0 < number < 2**31]
    return bool(sent) and not page.objects.filter(pk__in=numbers).exists()


def is_kept_in(request: HttpRequest) -> bool:
    """Whether the fence concerns who asks: anybody signed in but superusers."""
    return request.user.is_authenticated and not request.user.is_superuser


def is_among(match: ResolverMatch, names: tuple[str, ...]) -> bool:
    """Whether a screen, or a group of screens it is in, is on a list."""
    parts = match.view_name.split(":")
    return any(":".join(parts[: n + 1]) in names for n in range(len(parts)))


def keep_to_own_mission(request: HttpRequest, match: ResolverMatch) -> None:
    """Narrow what two of Wagtail's screens look for by themselves to the user's missions."""
    if match.url_name == "wagtailadmin_choose_page_external_link":
        # An address typed as a link is replaced by the page it leads to, with its draft title.
        ours = [site.pk for site in sites_of(request.user)]
        paths = [path for path in Site.get_site_root_paths() if path.site_id in ours]
        request._wagtail_cached_site_root_paths = paths
    if bulk_model(match) and "all" in request.GET.getlist("id"):
        request.GET = request.GET.copy()
        request.GET.setlist("id", all_of_our_own(request, match))


def all_of_our_own(request: HttpRequest, match: ResolverMatch) -> list[str]:
    """Spell out what “all” means to a bulk action: what it finds of the user's missions."""
    model, action = bulk_model(match), match.kwargs["action"]
    found = bulk_action_registry.get_bulk_action_class(
        model._meta.app_label, model._meta.model_name, action
    )
    if found is None or is_foreign(*children_of(request, model), request.user):
        raise Http404
    everything = found(request, model).get_all_objects_in_listing_query(request.GET.get("childOf"))
    rows = own(model._default_manager.filter(pk__in=list(everything)), request.user)
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def bulk_model(match: ResolverMatch) -> type[Model] | None:
    """Give the model a bulk action is about."""
    return model_named(match.kwargs) if match.url_name == "wagtail_bulk_action" else None


def children_of(request: HttpRequest, model: type[Model]) -> tuple[type[Model], list[str]]:
    """Give in what a bulk action looks for “all”: in a page, or else in a collection."""
    parent = "wagtailcore.Page" if model._meta.model_name == "page" else "wagtailcore.Collection"
    return apps.get_model(parent), request.GET.getlist("childOf")


def named_in(request: HttpRequest, match: ResolverMatch) -> Iterator[tuple[type[Model], list]]:
    """Give (model, ids) for everything a request names."""
    for name, value in match.kwargs.items():
        if name not in WORDS:
            yield model_in_address(name, match), [unquote(str(value))]
    for names, sent in ((IN_QUERY, request.GET), (IN_FIELDS, request.POST)):
        for name in sent:
            if name in names:
                yield apps.get_model(names[name]), sent.getlist(name)
    yield from named_in_choice(request, match)


def named_in_choice(request: HttpRequest, match: ResolverMatch) -> Iterator[tuple[type, list]]:
    """Give (model, ids) for what is chosen or acted on several at once."""
    model = bulk_model(match) or model_of_view(match)
    if model is not None and "id" in request.GET:
        yield model, request.GET.getlist("id")
    if bulk_model(match):
        yield children_of(request, model)


def model_in_address(name: str, match: ResolverMatch) -> type[Model]:
    """Give what a parameter of an address names; what nobody entered above is refused."""
    if name in IN_ADDRESS:
        return apps.get_model(IN_ADDRESS[name])
    model = model_of_view(match) if name in ("pk", "object_id", "id") else None
    if model is None:
        logger.warning("The fence does not know what “%s” names in %s.", name, match.route)
        raise Http404
    return model


def model_of_view(match: ResolverMatch) -> type[Model] | None:
    """Give the model a screen is about, as the view itself or its address says."""
    if "wagtailsettings" in match.namespaces:
        return Site
    if match.namespaces[:1] == ["wagtailadmin_pages"] or "choose_page" in (match.url_name or ""):
        return apps.get_model("wagtailcore.Page")
    if "model_name" in match.kwargs:
        return model_named(match.kwargs)
    if (admin := admin_of(match.func)) is not None:
        return admin.model
    view = match.func
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    model = getattr(view, "view_initkwargs", {}).get("model") or getattr(kind, "model", None)
    if isinstance(model, str):
        return apps.get_model(model)
    return model if isinstance(model, type) else None  # some views know it per request only


def admin_of(view: Callable | None) -> ModelAdmin | None:
    """Give the Django admin whose method a screen is, below what wraps it."""
    while view is not None:
        if isinstance(getattr(view, "__self__", None), ModelAdmin):
            return view.__self__
        view = getattr(view, "__wrapped__", None)
    return None


def model_named(kwargs: dict) -> type[Model]:
    """Give the model an address spells out as app and model."""
    try:
        return apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError as error:
        raise Http404 from error
