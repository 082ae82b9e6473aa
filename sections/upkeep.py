"""Posts whose last term has ended with nobody named after it, and questions that wait."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from embassy.approval import has_right
from embassy.mission.belonging import sites_of
from embassy.models import MissionSettings
from embassy.upkeep import Owed, Part, Way
from sections import questions
from sections.models import OfficialIndexPage, Post, Question, Term
from sections.models.officials import directory


def ended(user, at: datetime) -> Part:
    """Give the posts that stand empty in the directory though nobody said they are vacant."""
    rows = [
        succession(term, page, has_right(user, site, "sections", "change_post"))
        for site in sites_of(user)
        for page in lists_of(site)
        if page.permissions_for_user(user).can_add_subpage()
        for term in without_successor(page, site, today(site, at))
    ]
    return Part("terms", _("Posts whose term ended"), rows)


def succession(term: Term, page: OfficialIndexPage, may_say_vacant: bool) -> Owed:
    """Give a post whose term ended, with the ways to say what became of it."""
    official = reverse("wagtailadmin_pages:edit", args=[term.official_id])
    follows = reverse("wagtailadmin_pages:add", args=["sections", "officialpage", page.pk])
    ways = [Way(_("add who follows"), follows)]
    if may_say_vacant:
        post = reverse(Post.snippet_viewset.get_url_name("edit"), args=[term.post_id])
        ways.append(Way(_("say that it is vacant"), f"{post}#panel-vacancies-section"))
    return Owed(str(term.post), ended_in_words(term), official, tuple(ways))


def lists_of(site: Site):
    """Give a mission's published list of officials, in its first language."""
    return OfficialIndexPage.objects.descendant_of(site.root_page).live()


def today(site: Site, at: datetime) -> date:
    """Give the day on a mission's clock."""
    return at.astimezone(ZoneInfo(MissionSettings.for_site(site).time_zone)).date()


def without_successor(page: OfficialIndexPage, site: Site, day: date) -> list[Term]:
    """Give the last term of each post that nobody is known to hold, nor to be vacant, on a day."""
    posts = directory(page, site, day)["posts"]
    last = [post.last_known for post in posts if not post.holders and not post.vacant]
    return [term for term in last if term is not None and term.ends and term.ends <= day]


def ended_in_words(term: Term) -> str:
    """Say whose term ended and when."""
    words = {"name": term.official.title, "day": date_format(term.ends, "DATE_FORMAT")}
    return _("%(name)s left it on %(day)s") % words


def questions_waiting(user, at: datetime) -> Part:
    """Give how many questions wait at each office, for who may say that they are answered."""
    rows = [
        Owed(office["office_name"], waiting_in_words(office, site), address_of(office["office"]))
        for site in sites_of(user)
        if questions.may_settle(user, site)
        for office in waiting_at(site)
    ]
    return Part("questions", _("Questions of readers"), rows)


def waiting_at(site: Site):
    """Count what waits by office, the longest wait first."""
    rows = Question.objects.for_site(site).waiting().filter(erased_at=None)
    counts = {"count": Count("pk"), "oldest": Min("asked_at")}
    return rows.values("office", "office_name").annotate(**counts).order_by("oldest")


def waiting_in_words(office: dict, site: Site) -> str:
    """Say how many wait, and since when the oldest does."""
    zone = ZoneInfo(MissionSettings.for_site(site).time_zone)
    words = {
        "count": office["count"],
        "day": date_format(office["oldest"].astimezone(zone).date(), "DATE_FORMAT"),
    }
    return (
        ngettext(
            "%(count)d waits, since %(day)s",
            "%(count)d wait, the oldest since %(day)s",
            office["count"],
        )
        % words
    )


def address_of(office: int | None) -> str:
    """Give where an office's questions are."""
    return f"{reverse('questions')}?office={office}" if office else reverse("questions")
