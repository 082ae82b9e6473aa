"""Accounts in the Django admin, for administrators; nobody sets another's password.

What allauth puts there is taken out: secrets, and a table we do not use.
"""

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import asking, people
from accounts.acts import ACTS, WAITS, Act
from accounts.admin_filters import Away, StandsAs
from accounts.admin_forms import AccountForm, InviteForm
from accounts.keepers import looked_after_by
from accounts.models import RoleRequest
from accounts.raising_mail import what_of
from embassy.approval import Refused
from embassy.auditing import audit
from embassy.mission.permissions import sites_administered_by
from embassy.models import User

RENAMED = "accounts.renamed"
audit.name_action(RENAMED, gettext_lazy("Gave an account another name"))

for model in (EmailAddress, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class AccountAdmin(admin.ModelAdmin):
    """Accounts of the administrator's own mission; nobody changes their own roles."""

    ordering = ["email"]
    list_display = ["account", "roles", "standing", "factors", "signed_in"]
    search_fields = ["email", "first_name__unaccent", "last_name__unaccent"]
    readonly_fields = ["email", "standing", "factors", "signed_in", "date_joined"]
    invite_fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "mission", "groups"]}),
    ]
    fieldsets = [
        (gettext_lazy("Person"), {"fields": ["email", "first_name", "last_name"]}),
        (gettext_lazy("Work"), {"fields": ["mission", "groups"]}),
        (
            gettext_lazy("Sign-in"),
            {"fields": ["standing", "factors", "signed_in", "date_joined"]},
        ),
    ]

    @admin.display(description=gettext_lazy("account"), ordering="email")
    def account(self, account: User) -> str:
        """Give the address with which somebody signs in, below the name where it is known."""
        name = account.get_full_name()
        is_known = name != account.email
        return format_html("{}<br>{}", name, account.email) if is_known else account.email

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, account: User) -> str:
        """Name what somebody may do."""
        return people.roles_of(account)

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, account: User) -> str:
        """Say how the account stands, with a way to send a letter that did not leave again."""
        words = people.standing_of(account, timezone.now())
        letter = people.letter_of(account)
        if letter is None or (letter.is_good(timezone.now()) and not letter.mail_failed):
            return words
        again = reverse("admin:account_invite_again", args=[account.pk])
        return format_html('{} <a class="button" href="{}">{}</a>', words, again, _("Send again"))

    @admin.display(description=gettext_lazy("second factor"))
    def factors(self, account: User) -> str:
        """Name the kinds of factors."""
        return people.factors_of(account)

    @admin.display(description=gettext_lazy("last sign-in"), ordering="last_login")
    def signed_in(self, account: User) -> str:
        """Say when somebody signed in last."""
        at = account.last_login
        return localize(timezone.template_localtime(at)) if at else _("never")

    def get_queryset(self, request):
        """Show the accounts an administrator looks after."""
        mine = looked_after_by(request.user).values("pk")
        found = super().get_queryset(request).filter(pk__in=mine).select_related("mission")
        return people.with_standing(found)

    def get_list_display(self, request) -> list:
        """Name the mission of each account to who looks after several."""
        several = len(sites_administered_by(request.user)) > 1
        return [*self.list_display, "mission"] if several else self.list_display

    def get_list_filter(self, request) -> list:
        """Let only superusers, who see several missions, sort accounts by mission."""
        own = [StandsAs, Away]
        return [*own, "mission"] if request.user.is_superuser else own

    def get_fieldsets(self, request, obj=None):
        """Ask less of who is invited."""
        return self.invite_fieldsets if obj is None else self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        """Nobody changes their own roles or mission, nor the address somebody signs in with."""
        if obj is None:
            return []
        own = ["mission", "groups"] if obj == request.user else []
        return [*self.readonly_fields, *own]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Offer what this administrator may give."""
        kwargs["form"] = AccountForm if change else InviteForm
        form = super().get_form(request, obj, change, **kwargs)
        form.keeper = request.user
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the administrator's own missions."""
        if db_field.name == "mission":
            sites = sites_administered_by(request.user)
            kwargs["queryset"] = db_field.remote_field.model.objects.filter(
                pk__in=[site.pk for site in sites]
            )
            kwargs["initial"] = sites[0].pk if sites else None
            kwargs["required"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        """Invite somebody new; store names and mission of others."""
        if change:
            before = User.objects.get(pk=obj.pk).on_record
            super().save_model(request, obj, form, change)
            if obj.on_record != before:
                details = {"before": before, "after": obj.on_record}
                audit.record(RENAMED, by=request.user, of=obj, at=timezone.now(), details=details)
            return None
        roles = list(form.cleaned_data["groups"])
        _letter, asked = asking.invite(request.user, obj, roles, timezone.now())
        self.say_what_waits(request, asked)
        return None

    def save_related(self, request, form, formsets, change) -> None:
        """Give the roles that were ticked as far as one administrator may, and ask for the rest."""
        if change and "groups" in form.fields:
            chosen = list(form.cleaned_data["groups"])
            asked = asking.set_roles(request.user, form.instance, chosen, timezone.now())
            self.say_what_waits(request, asked)

    def say_what_waits(self, request, asked: list[RoleRequest]) -> None:
        """Name the roles that a second administrator confirms."""
        if asked:
            roles = ", ".join(what_of(one) for one in asked)
            words = _("Until a second administrator confirms, not given: %(roles)s.")
            messages.warning(request, words % {"roles": roles})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show a form to anybody who may see it, and take it after a fresh proof.

        One that is sent after a while is held until the proof is given, then sent again.
        """
        proven = reauthentication_required(app="accounts", allow_get=True)
        return proven(self.form_view)(request, object_id, form_url, extra_context)

    def form_view(self, request, object_id, form_url, extra_context) -> HttpResponse:
        """Say in a sentence what cannot be done, and offer what can."""
        more = dict(extra_context or {})
        if object_id is None:
            more["title"] = _("Invite somebody")
        elif (account := self.get_object(request, object_id)) is not None:
            more["acts"] = self.acts_for(request.user, account)
        try:
            return super().changeform_view(request, object_id, form_url, more)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.get_full_path())

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        """Say that a letter is on its way."""
        words = _(
            "The invitation to %(mail)s is on its way. The list says so if it could not be sent."
        )
        messages.success(request, words % {"mail": obj.email})
        return redirect("admin:embassy_user_changelist")

    def acts_for(self, keeper: User, account: User) -> list[dict[str, str]]:
        """Give what can be done with an account as links; one's own is left to oneself."""
        if account == keeper:
            return []
        offered = [(code, act) for code, act in ACTS.items() if act.offered(account)]
        return [
            {"address": reverse(f"admin:account_{code}", args=[account.pk]), "title": act.title}
            for code, act in offered
        ]

    def get_urls(self) -> list:
        """Add a page for each act; all ask for a fresh proof of who presses the button."""
        act = reauthentication_required(app="accounts")(self.act)
        own = [
            path(
                f"<int:object_id>/{code.replace('_', '-')}/",
                self.admin_site.admin_view(act),
                name=f"account_{code}",
            )
            for code in ACTS
        ]
        return own + super().get_urls()

    def act(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Say what an act will do; do it when the button is pressed.

        A button pressed after a while is held until the proof is given, then pressed again for
        its person from another address, so the act is the one of the path.
        """
        code = resolve(request.path_info).url_name.removeprefix("account_")
        account = self.get_object(request, str(object_id))
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        act, sent = ACTS[code], request.POST if request.method == "POST" else None
        form = act.form(sent, account)
        if sent is not None and form.is_valid():
            return self.done(request, act, account, form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "title": act.title,
            "act": act,
            "form": form,
            "account": account,
            "lines": act.lines(account),
            "opts": self.opts,
        }
        return TemplateResponse(request, "accounts/admin/act.html", context)

    def done(self, request: HttpRequest, act: Act, account: User, said: dict) -> HttpResponse:
        """Do an act, and say that it was done or why it cannot be."""
        try:
            result = act.do(request.user, account, timezone.now(), said)
            messages.success(request, WAITS if isinstance(result, RoleRequest) else act.done)
            for words in act.warnings(account):
                messages.warning(request, words)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("admin:embassy_user_change", account.pk)

    def has_delete_permission(self, request, obj=None) -> bool:
        """Accounts are closed, never deleted: what they did stays on record."""
        return False
