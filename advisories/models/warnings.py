"""What advisories and alerts share: one record for all languages, shown as it was issued."""

import re

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from advisories.faces.outcome import outcome_in_words, replaced_in_words
from advisories.models.addresses import refuse_new_address, urls_in_languages
from advisories.models.clearance import Clearance, Writer
from advisories.models.issue import Issue
from advisories.models.issued import Issued, with_zones
from advisories.models.locks import WarningLock, WarningPermissions
from advisories.models.warning_texts import WarningForm
from advisories.vocabulary import UNDER_WAY
from embassy.cache import readers_keep
from embassy.language.languages import language_name
from embassy.models import MissionSettings
from embassy.pages import BasePage, site_of

LIST_MARK = re.compile(r"^\s*- ", re.MULTILINE)


class WarningPage(BasePage):
    """A warning: state and facts once, texts per language; readers see the issued row."""

    in_all_languages = True
    approved_by = ()  # `lifecycle` says who lets a warning out
    is_shown_as_stored = False
    base_form_class = WarningForm

    rows_read: list[Issued] | None = None  # what it says now, once a list or its page has read it
    issue_shown: Issue | None = None  # which of its issues is asked for; none is what it says now

    preview_modes = [("composer", _("Checklist and every face")), ("", _("Page"))]
    composer_panels = [HelpPanel(heading=_("To do"), template="advisories/desk/beside.html")]
    settings_panels: list = []  # what is in force is decided by time, never by a schedule

    search_fields = [*BasePage.search_fields, index.SearchField("issued_text")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Keep the address of what was issued: feeds, messages and printed pages lead to it."""
        super().clean()
        refuse_new_address(self, Issue.objects.of(self))

    @property
    def issued_text(self) -> str:
        """The words in force in all languages, for search; drills are not found."""
        return " ".join(row.plain_text for row in self.rows_searched)

    @property
    def rows_searched(self):
        """The rows in force of which search reads the words."""
        return Issued.objects.current_of(self).filter(is_drill=False)

    def text_in(self, language: str) -> str:
        """Add the words in force in a language."""
        rows = self.rows_searched.filter(language=language)
        return " ".join([super().text_in(language), *(row.plain_text for row in rows)])

    def route(self, request, path_components: list[str]):
        """Answer for an issued warning whatever was done to its page, and for each of its issues.

        An issue keeps its address below the warning's for good: `…/1/`, or `…/2026-01-09/`.
        """
        if self.record and self.record[0].is_drill:
            raise Http404
        if self.record and not path_components:
            return RouteResult(self)
        if len(path_components) == 1 and path_components[0] in self.issues_by_name:
            return RouteResult(self, kwargs={"issue": self.issues_by_name[path_components[0]]})
        return super().route(request, path_components)

    def serve(self, request, issue: Issue | None = None):
        """Show the warning as it is now, or one of its issues."""
        self.issue_shown = request.issue_shown = issue
        return super().serve(request)

    @cached_property
    def mission(self) -> MissionSettings:
        """The settings of the mission whose warning it is, or will be."""
        return MissionSettings.for_site(site_of(self if self.path else self.get_parent()))

    @cached_property
    def record(self) -> list[Issue]:
        """Every issue of it, the latest first."""
        return list(with_zones(Issue.objects.of(self)))

    @cached_property
    def issues_by_name(self) -> dict[str, Issue]:
        """Every issue by the last part of its address."""
        return {str(issue.number): issue for issue in self.record}

    def get_view_restrictions(self):
        """Nobody can hide a warning from the public."""
        return PageViewRestriction.objects.none()

    def get_lock(self):
        """Lock the words while they wait for approval and once they are issued."""
        lock = WarningLock(self)
        return lock if lock.message else super().get_lock()

    def permissions_for_user(self, user):
        """Say what an account may do here; issuing and ending is not Wagtail's to allow."""
        return WarningPermissions(user, self)

    def save_revision(self, user=None, **kwargs):
        """Store words under way and who wrote them, unless they wait for approval or are issued."""
        clearance = Clearance.objects.filter(page_id=self.pk).first()
        if clearance and clearance.state not in UNDER_WAY:
            raise PermissionDenied
        revision = super().save_revision(user=user, **kwargs)
        if user is not None:
            number = Issue.objects.of(self).values_list("number", flat=True).first() or 0
            Writer.objects.get_or_create(page_id=self.pk, user=user, after=number)
        return revision

    def save_issued_words(self):
        """Store words that were issued already, so that nobody becomes their writer."""
        return super().save_revision(log_action=False, clean=False)

    def begin_update(self, at) -> None:
        """Let the words of an update start out with what it changes by itself: nothing."""

    def publish(self, revision, **kwargs):
        """Let the page's own row follow what was issued, and nothing else."""
        if not Issue.objects.filter(page_id=self.pk, revision=revision.pk).exists():
            raise PermissionDenied
        return super().publish(revision, **kwargs)

    def copy(self, *args, **kwargs):
        """Refuse: a copy would have no writers, and no issue behind its words."""
        raise PermissionDenied

    create_alias = copy_for_translation = copy

    def unpublish(self, *args, **kwargs):
        """Refuse: a warning ends by being cancelled, by an all clear, or by itself."""
        raise PermissionDenied

    def issue_after(self, issue: Issue) -> Issue | None:
        """Give the issue that replaced one."""
        later = [one for one in self.record if one.number > issue.number]
        return later[-1] if later else None

    @classmethod
    def read_ahead(cls, pages) -> None:
        """Read what the warnings of a list say now, all in one query."""
        rows: dict[int, list[Issued]] = {page.pk: [] for page in pages}
        for row in Issued.objects.latest_of_each(rows).order_by("pk"):
            rows[row.page_id].append(row)
        for page in pages:
            page.rows_read = rows[page.pk]

    def issued_for(self, language: str, issue: Issue | None = None) -> Issued | None:
        """Give the row of an issue in a language, or else in the first that there is."""
        return in_language(self.rows_of(issue), language)

    def rows_of(self, issue: Issue | None = None) -> list[Issued]:
        """Give the rows of an issue, or else of the last one, in the order of the texts."""
        if issue is None and self.rows_read is not None:
            return self.rows_read
        return list(issue.rows.order_by("pk") if issue else Issued.objects.current_of(self))

    def is_written_in(self, language: str) -> bool:
        """Whether it was issued in a language; readers of another are shown what there is."""
        row = self.issued_for(language, self.issue_shown)
        return row is None or row.language == language

    def title_in(self, language: str) -> str:
        """Give the headline that readers of a language see: the issued one."""
        row = self.issued_for(language)
        return row.title if row else super().title_in(language)

    def summary_in(self, language: str) -> str:
        """Give the page's summary in its own language, in others how the issued text begins."""
        if self.locale.language_code == language and self.summary:
            return self.summary
        row = self.issued_for(language)
        return row.opening if row and row.language == language else ""

    def searched_in(self, language: str) -> str:
        """Give the words last issued, in a language in which they were, without marks of lists."""
        row = self.issued_for(language)
        if not row or row.language != language:
            return ""
        return LIST_MARK.sub("", "\n".join(row.content.get("words", [])))

    def outcome_in(self, language: str, at, zone: str) -> str:
        """Say what became of it, by what was last issued; nothing while it holds."""
        row = self.issued_for(language)
        return outcome_in_words(row, at, zone) if row else ""

    def get_context(self, request, *args, **kwargs) -> dict:
        """Show the issued row; a preview shows what would be issued."""
        context = super().get_context(request, *args, **kwargs)
        language = get_language()
        shown = getattr(request, "issue_shown", None)
        self.read_ahead([self])
        if getattr(request, "is_preview", False):
            rows = self.freeze(timezone.now())
        else:
            rows = self.rows_of(shown)
        if not rows:
            raise Http404
        context["warning"] = in_language(rows, language)
        context["first_language"] = rows[0].language  # of what is typed once for all languages
        names = {issue.pk: name for name, issue in self.issues_by_name.items()}
        context["record"] = [(names[issue.pk], issue) for issue in self.record]
        context["issue"] = shown or next(iter(self.record), None)
        context |= self.since(shown, request) or {"last": context["warning"], "replaced": ""}
        if not getattr(request, "is_preview", False):
            readers_keep(request, context["last"].expires)
        other = context["warning"].language if context["warning"].language != language else ""
        context["language_notice"] = shown_in(other) if other else ""
        context["opening_shown"] = context["warning"].opening if shown and not other else ""
        context["now"] = timezone.now()
        return context

    def since(self, shown: Issue | None, request) -> dict:
        """Give what was last issued, and when an issue was replaced; nothing of the last one."""
        later = self.issue_after(shown) if shown else None
        if later is None:
            return {}
        zone = later.zone or MissionSettings.for_request(request).time_zone
        replaced = replaced_in_words(later.sent, zone)
        return {"last": self.issued_for(get_language()), "replaced": replaced}

    def serve_preview(self, request, mode_name):
        """Show the page, or everything beside each other that the words would say."""
        if mode_name != "composer":
            return super().serve_preview(request, mode_name)
        return TemplateResponse(request, "advisories/composer.html", {"page": self})

    def freeze(self, at) -> list[Issued]:
        """Give unsaved rows with everything a face shows, one per language of the warning.

        The mission's clock is part of it: what was said to hold until 2 p.m. is not told otherwise
        when the mission's clock is changed.
        """
        rows = []
        site = site_of(self if self.path else self.get_parent())
        clock = {"time_zone": MissionSettings.for_site(site).time_zone}
        for text in self.texts.all():
            with override(text.language):
                content = self.content_in(text) | clock
            row = Issued(
                site=site,
                page=self,
                kind=self.issued_kind,
                language=text.language,
                content=content,
                **{"effective": at, **self.times(at)},
            )
            rows.append(row)
        return rows

    def get_sitemap_urls(self, request=None) -> list[dict]:
        """Give the address in each language it was issued in; of a drill there is none."""
        issued = {row.language for row in self.rows_of() if not row.is_drill}
        return urls_in_languages(self, super().get_sitemap_urls(request), request, issued)


def in_language(rows: list[Issued], language: str) -> Issued | None:
    """Give the row of a language, or else the first that there is."""
    return next((row for row in rows if row.language == language), rows[0] if rows else None)


def shown_in(language: str) -> str:
    """Say that a warning is shown in another language than the reader's."""
    sentence = gettext(
        "This warning is shown in %(language)s. It is not available in your language yet."
    )
    return sentence % {"language": language_name(language)}
