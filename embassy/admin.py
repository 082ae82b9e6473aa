"""The Django admin: its names, the audit, and lists whose rows open in the Wagtail editor."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin  # noqa: F401  (puts in what is taken out below)
from django.contrib.auth.models import Group
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin  # noqa: F401  (puts in what is taken out below)
from taggit.models import Tag
from wagtail.models import Page
from wagtail.permissions import policy_registry

from embassy.auditing import audit, audit_report
from embassy.models import AuditEntry

admin.site.site_header = _("Chancery – accounts and reference data")
admin.site.site_title = _("Chancery")
admin.site.index_title = _("Accounts, reference data and ways in to content")
admin.site.unregister(Group)
admin.site.unregister(Tag)  # it merges the tags of all missions for whoever asks
admin.site.disable_action("delete_selected")  # several at once would leave no trace of each
ACTIONS = ("add", "change", "delete", "view")


class ReadHere:
    """Mixin for rows that the Django admin shows, and in which nobody changes them."""

    def has_add_permission(self, request) -> bool:
        """Nobody adds one here."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes one here."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody deletes one here."""
        return False


@admin.register(AuditEntry)
class AuditAdmin(ReadHere, admin.ModelAdmin):
    """The audit of the administrator's missions; to be read only."""

    fields = ["at", "by", "act", "kind", "target_id", "target_label", "more", "site"]
    readonly_fields = fields

    @admin.display(description=_("act"))
    def act(self, entry: AuditEntry) -> str:
        """Name the act."""
        return audit.name_of(entry.action)

    @admin.display(description=_("kind of thing"))
    def kind(self, entry: AuditEntry) -> str:
        """Name the kind of thing."""
        return entry.kind

    @admin.display(description=_("details"))
    def more(self, entry: AuditEntry) -> str:
        """Give the details in one line."""
        return entry.more

    def get_queryset(self, request):
        """Show the entries of missions whose audit the user may read."""
        return audit_report.read_by(request.user, audit_report.sites_read_by(request.user))

    def changelist_view(self, request, extra_context=None):
        """Show the same list as the report."""
        context = self.admin_site.each_context(request) | {"title": _("Audit")}
        return audit_report.show(request, "embassy/audit/in_django_admin.html", **context)

    def has_module_permission(self, request) -> bool:
        """Show the way to it to whoever may read it."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None) -> bool:
        """Whoever may read the audit of a mission sees the list."""
        return bool(audit_report.sites_read_by(request.user))


class ScopedAdmin(admin.ModelAdmin):
    """Rows that belong to missions: those of missions in which one's roles give a right to them."""

    def policy(self):
        """Say who may do what with which rows, as the staff pages do."""
        return policy_registry.get_by_type(self.model)

    def get_queryset(self, request):
        """Show the rows of missions in which the user has a right on them."""
        policy = self.policy()
        seen = policy.instances_user_has_any_permission_for(request.user, ACTIONS)
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the missions in which the user may add or change such rows."""
        if db_field.name == "site":
            wanted = ["add", "change"]
            sites = self.policy().sites_user_has_any_permission_for(request.user, wanted)
            kwargs |= {"queryset": sites, "initial": sites.first()}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def allows(self, request, action: str, obj=None) -> bool:
        """Whether the user may do something with a row, or with any."""
        policy, user = self.policy(), request.user
        if obj is None:
            return policy.user_has_permission(user, action)
        return policy.user_has_permission_for_instance(user, action, obj)

    def has_module_permission(self, request) -> bool:
        """Show the list to whoever has a right to any row."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None) -> bool:
        """Whoever may do anything with a row may see it."""
        return any(self.allows(request, action, obj) for action in ACTIONS)

    def has_add_permission(self, request) -> bool:
        """Ask for the right in any mission; the form offers only those."""
        return self.allows(request, "add")

    def has_change_permission(self, request, obj=None) -> bool:
        """Ask for the right in the row's mission."""
        return self.allows(request, "change", obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """Ask for the right in the row's mission."""
        return self.allows(request, "delete", obj)


class PageListAdmin(ReadHere, admin.ModelAdmin):
    """A list of one kind of page; each row opens the page in the Wagtail editor."""

    search_fields = ["title__unaccent"]
    list_filter = ["live"]
    list_display = ["title_in_editor", "live", "has_unpublished_changes", "last_published_at"]
    list_display_links = None
    ordering = ["title"]

    @admin.display(description=_("title"), ordering="title")
    def title_in_editor(self, page) -> str:
        """Link the title to the editor."""
        return format_html('<a href="{}">{}</a>', self.address_of(page.pk), page.title)

    def address_of(self, page_id: int | str) -> str:
        """Give where a row leads."""
        return reverse("wagtailadmin_pages:edit", args=[page_id])

    def get_queryset(self, request):
        """Show the pages whose editor opens for the user."""
        editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(
            request.user, "change"
        )
        return super().get_queryset(request).filter(pk__in=editable.values("pk"))

    def has_module_permission(self, request) -> bool:
        """Show the list to everybody who edits content."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None) -> bool:
        """Whoever may change a page somewhere sees the list."""
        policy, user = policy_registry.get_by_type(Page), request.user
        may_enter = user.is_active and user.has_perm("wagtailadmin.access_admin")
        return may_enter and policy.user_has_permission(user, "change")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead from a row's own address to the editor."""
        return redirect(self.address_of(object_id))
