"""The audit as staff read it: their missions' entries, filtered, a part at a time or all as CSV.

Both staff areas show it: approvers have it among Wagtail's reports, administrators in the Django
admin. What concerns no mission is shown to superusers only.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import Site, get_page_models
from wagtail.permissions import policy_registry

from embassy.auditing import audit
from embassy.auditing.audit_screens import screen_name
from embassy.clock import clocks
from embassy.mission.permissions import own, scoped_models
from embassy.models import AuditEntry, MissionDocument, MissionImage, MissionSettings, User
from embassy.models.audit import AuditQuerySet

ON_A_PAGE = 50
AT_ONCE = 2000
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""
DAYS = [
    MinValueValidator(date(2000, 1, 1), gettext_lazy("Choose a day from 2000 on.")),
    MaxValueValidator(date(2999, 12, 31), gettext_lazy("Choose a day before the year 3000.")),
]


def sites_read_by(user) -> list[Site]:
    """Give the missions whose audit an account may read."""
    policy = policy_registry.get_by_type(AuditEntry)
    return list(policy.sites_user_has_permission_for(user, "view").order_by("pk"))


def read_by(user, sites: list[Site]) -> AuditQuerySet:
    """Give the entries an account may read."""
    rows = AuditEntry.objects.all()
    return rows if user.is_superuser else rows.filter(site__in=sites)


class PersonField(forms.ModelChoiceField):
    """One of some accounts, each with its address: two people may have one name."""

    def label_from_instance(self, obj: User) -> str:
        """Name it as the record does."""
        return obj.on_record


class AuditForm(forms.Form):
    """What to look for; a field that cannot be read narrows nothing and says why."""

    user = PersonField(User.objects.none(), label=gettext_lazy("Person"))
    action = forms.ChoiceField(label=gettext_lazy("Act"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind of thing"))
    since = forms.DateField(label=gettext_lazy("From"), validators=DAYS)
    until = forms.DateField(label=gettext_lazy("Through"), validators=DAYS)
    words = forms.CharField(label=gettext_lazy("Words in its name, or its number"), max_length=100)
    site = forms.ModelChoiceField(Site.objects.none(), label=gettext_lazy("Mission"))

    def __init__(self, data, user, sites: list[Site]):
        super().__init__(data)
        self.sites = sites
        self.fields["user"].queryset = own(User.objects.order_by("email"), user)
        self.fields["action"].choices = [("", _("All")), *acts()]
        self.fields["kind"].choices = [("", _("All")), *kinds()]
        self.fields["site"].queryset = Site.objects.filter(pk__in=[site.pk for site in sites])
        if len(sites) < 2:
            del self.fields["site"]
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("All")
            if name in ("since", "until"):
                field.widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict:
        """Refuse days in the wrong order."""
        given = super().clean()
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The last day is before the first."))
        return given

    def zone(self) -> str:
        """Give the clock: that of the one mission that is looked at, or else UTC."""
        chosen = self.cleaned_data.get("site")
        sites = [chosen] if chosen else self.sites
        if len(sites) != 1:
            return "UTC"
        return MissionSettings.for_site(sites[0]).time_zone

    def narrow(self, rows: AuditQuerySet) -> AuditQuerySet:
        """Keep what is looked for."""
        given, zone = self.cleaned_data, ZoneInfo(self.zone())
        if given.get("site"):
            rows = rows.for_site(given["site"])
        if given.get("user"):
            rows = rows.done_by(given["user"])
        if given.get("action"):
            rows = rows.of_action(given["action"])
        if given.get("kind"):
            rows = rows.of_kind(given["kind"])
        if given.get("since"):
            rows = rows.since(datetime.combine(given["since"], time(), zone))
        if given.get("until"):
            rows = rows.until(datetime.combine(given["until"] + timedelta(days=1), time(), zone))
        return rows.saying(given["words"]) if given.get("words") else rows


def acts() -> list[tuple]:
    """Give the acts to choose from: reading and accounts, and work on content."""
    ours = [(code, str(label)) for code, label in audit.ACTIONS.items()]
    logged = {code: capfirst(str(label)) for code, label in registry.get_choices()}
    return [
        (_("Signing in, reading, accounts"), sorted(ours, key=lambda act: act[1])),
        (_("Work on content"), sorted(logged.items(), key=lambda act: act[1])),
    ]


def kinds() -> list[tuple[str, str]]:
    """Give the kinds of things to choose from, as the reader's language names them."""
    files_and_facts = {MissionImage, MissionDocument, MissionSettings}
    models = {*get_page_models(), *scoped_models(), *admin.site._registry, *files_and_facts}
    named = [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in models]
    return sorted(named, key=lambda kind: kind[1])


CALLED = {
    "act": gettext_lazy("act"),
    "channel": gettext_lazy("channel"),
    "factors": gettext_lazy("factors"),
    "fields": gettext_lazy("fields"),
    "given": gettext_lazy("given"),
    "reason": gettext_lazy("reason"),
    "revision": gettext_lazy("revision"),
    "role": gettext_lazy("role"),
    "roles": gettext_lazy("roles"),
    "state": gettext_lazy("state"),
    "step": gettext_lazy("step"),
    "taken": gettext_lazy("taken away"),
    "typed": gettext_lazy("typed"),
    "unlocked": gettext_lazy("unlocked"),
    "why": gettext_lazy("why"),
}
"""What details are called, by their names in entries; others keep theirs."""


class Report:
    """The audit as one account asked for it."""

    def __init__(self, request: HttpRequest):
        self.sites = sites_read_by(request.user)
        if not self.sites and not request.user.is_superuser:
            raise PermissionDenied
        self.query = {name: value for name, value in request.GET.items() if value}
        self.form = AuditForm(request.GET, request.user, self.sites)
        self.is_sound = self.form.is_valid()
        self.zone = self.form.zone()
        self.rows = self.form.narrow(read_by(request.user, self.sites)).newest_first()

    def part(self) -> tuple[list[AuditEntry], bool]:
        """Give the entries of the part asked for, and whether there are older ones."""
        before = self.query.get("before", "")
        rows = self.rows
        if before.isdecimal() and len(before) < 19:
            rows = rows.before_entry(int(before))
        found = list(rows[: ON_A_PAGE + 1])
        return [self.worded(entry) for entry in found[:ON_A_PAGE]], len(found) > ON_A_PAGE

    def worded(self, entry: AuditEntry) -> AuditEntry:
        """Put on an entry what lists say of it, in the reader's language and on the clock."""
        details = dict(entry.details)
        entry.when = clocks.wall_time(entry.at, self.zone)
        entry.act, entry.who = audit.name_of(entry.action), who_did(entry)
        entry.screen = screen_name(details.pop("screen", ""))
        entry.details = {str(CALLED.get(name, name)): told for name, told in details.items()}
        return entry

    def link(self, **changes) -> str:
        """Give the query of the same list with changes."""
        kept = {name: value for name, value in self.query.items() if name in self.form.fields}
        return "?" + urlencode(kept | changes)

    def context(self) -> dict:
        """Give what the templates show."""
        entries, has_older = self.part()
        return {
            "form": self.form,
            "entries": entries,
            "is_later_part": "before" in self.query,
            "newest": self.link(),
            "older": self.link(before=entries[-1].pk) if has_older else "",
            "export": self.link(export="csv"),
            "clock": clocks.clock_of(self.zone),
            "shows_missions": "site" in self.form.fields,
        }

    def lines(self, language: str) -> Iterator[str]:
        """Give the lines of the CSV file, of which the first names the columns."""
        writer = csv.writer(Line())
        with override(language):
            names = [_("Entry"), _("When"), _("Who"), _("Act"), _("Code"), _("Kind of thing")]
            names += [_("Number"), _("Thing"), _("Screen"), _("Details"), _("Mission")]
        yield "\ufeff" + writer.writerow(names)
        for entry in self.rows.iterator(AT_ONCE):
            with override(language):
                yield writer.writerow([plain_cell(cell) for cell in self.cells(entry)])

    def cells(self, entry: AuditEntry) -> list:
        """Give the cells of an entry; its moment as ISO 8601 with the offset of the clock."""
        when = entry.at.astimezone(ZoneInfo(self.zone)).isoformat(timespec="seconds")
        self.worded(entry)
        about = [entry.kind, entry.target_id, entry.target_label, entry.screen, entry.more]
        return [entry.pk, when, entry.who, entry.act, entry.action, *about, str(entry.site or "")]


class Line:
    """A file of one line, which it gives back instead of keeping it."""

    def write(self, line: str) -> str:
        """Give the line."""
        return line


def plain_cell(cell) -> str:
    """Give a cell that no spreadsheet reads as a formula."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULAS) else text


def who_did(entry: AuditEntry) -> str:
    """Name who did it."""
    if entry.by is not None:
        return entry.by.on_record
    return _("Nobody signed in") if entry.action == audit.SIGN_IN_FAILED else _("The server")


def show(request: HttpRequest, template: str, **context) -> HttpResponse:
    """Show the audit in one of the staff areas, or give it as a file."""
    report = Report(request)
    if request.GET.get("export") == "csv" and report.is_sound:
        lines = report.lines(get_language())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"audit-{timezone.now():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return TemplateResponse(request, template, report.context() | context)


def among_reports(request: HttpRequest) -> HttpResponse:
    """Show it among Wagtail's reports."""
    return show(request, "embassy/audit/report.html")
