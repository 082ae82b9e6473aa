"""What every template may ask: the mission, the ways on, the languages, the links elsewhere."""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, gettext, override

from embassy.clock import clocks, hours
from embassy.countries import country_name
from embassy.drawing.qr import qr_code
from embassy.facts import facts_of
from embassy.language import french
from embassy.language.languages import language_name
from embassy.links.leaving import leaving_url
from embassy.machines.jsonld import embassy_data, script
from embassy.mission.roots import as_served
from embassy.models import MissionSettings
from embassy.serving.surroundings import (
    Surroundings,
    addresses_of_translations,
    in_every_language,
    surroundings_of,
)
from embassy.texts.contents import with_whole_list
from embassy.today import Service, services_at
from embassy.vocabulary import Purpose

register = template.Library()


@register.simple_tag(takes_context=True)
def mission(context) -> MissionSettings | None:
    """Give the settings of the mission the request is for, with its `facts`."""
    request = context.get("request")
    found = MissionSettings.for_request(request) if request else None
    if found is not None:
        found.facts = facts_of(found)
    return found


@register.simple_tag(takes_context=True)
def keeps_offline(context) -> bool:
    """Whether a page may have its reader's device keep what is needed without a network."""
    return settings.OFFLINE and not getattr(context.get("request"), "is_preview", False)


@register.simple_tag(takes_context=True)
def services_today(context) -> list[Service]:
    """Give the mission's services as they are now."""
    found = mission(context)
    return services_at(found, timezone.now()) if found else []


@register.simple_tag(takes_context=True)
def home_link(context) -> dict:
    """Give the way home as {title, url}, with its language where that is not the reader's."""
    found = around(context)
    return found.home if found and found.home else {"title": gettext("Home"), "url": "/"}


def around(context) -> Surroundings | None:
    """Give what stands around the current page, read once a request."""
    request = context.get("request")
    if request is None:
        return None
    if not hasattr(request, "_surroundings"):
        request._surroundings = surroundings_of(context.get("page"), request)
    return request._surroundings


@register.simple_tag(takes_context=True)
def menu(context) -> list[dict]:
    """Give the main ways on: the pages below home that are shown in menus, in tree order."""
    found = around(context)
    return found.menu if found else []


@register.simple_tag(takes_context=True)
def foot(context) -> list[dict]:
    """Give the pages below home that are not in the menu, for the foot of every page."""
    found = around(context)
    return found.foot if found else []


@register.simple_tag(takes_context=True)
def breadcrumb(context) -> list[dict]:
    """Give the pages from home down to the parent of the current one."""
    found = around(context)
    return found.breadcrumb if found else []


@register.simple_tag(takes_context=True)
def behind_original(context) -> dict | None:
    """Give since when the page lacks words of its original, and where that is; else nothing."""
    found, known = around(context), mission(context)
    if not found or not found.behind_since or known.first_language not in found.addresses:
        return None
    language = known.first_language
    return {"since": found.behind_since, "url": found.addresses[language], "language": language}


@register.simple_tag(takes_context=True)
def languages(context) -> list[dict]:
    """Give the languages in which the current page exists, each with its address there.

    Where it does not exist it is the home page's, and says so. A search or a filter goes along; a
    part of a list does not: in another language it is other.
    """
    found = mission(context)
    if found is None or len(found.languages) < 2:
        return []
    known, page, request = around(context), context.get("page"), context["request"]
    asked = query_of_page(request, page) if page else query_without_part(request)
    there = [
        entry_of(code, url, request, asked) | {"is_written": not page or page.is_written_in(code)}
        for code, url in known.addresses.items()
        if code in found.languages
    ]
    homes = [
        entry_of(code, url, request, is_home=True) | {"is_written": False}
        for code, url in known.homes.items()
        if code in found.languages
    ]
    return there + homes


@register.simple_tag(takes_context=True)
def languages_alone(context) -> list[dict]:
    """Give the same for a page that stands alone in every language, and ask for nothing else."""
    found = mission(context)
    if found is None or len(found.languages) < 2:
        return []
    addresses = in_every_language(found, context["request"])
    return [entry_of(code, url, context["request"]) for code, url in addresses.items()]


@register.simple_tag(takes_context=True)
def languages_of(context, page) -> list[dict]:
    """Give the languages of another page than the one that is read, each with its address there."""
    request = context["request"]
    addresses = addresses_of_translations(page, request)
    return [entry_of(code, url, request) for code, url in addresses.items()]


def entry_of(code: str, url: str, request, asked: str = "", is_home: bool = False) -> dict:
    """Give an address in a language as templates show it."""
    name = NATIVE_NAMES.get(code, code)
    return {
        "code": code,
        "name": home_in_words(code, name) if is_home else name,
        "url": f"{url}{asked}",
        "full_url": request.build_absolute_uri(url),
        "current": code == get_language(),
        "is_home": is_home,
        "is_written": True,
    }


def home_in_words(code: str, name: str) -> str:
    """Say in a language that a link leads to the home page in it."""
    with override(code):
        # Translators: the way to the home page in a language, by the name it has in itself.
        return gettext("%(language)s (home)") % {"language": name}


@register.filter
def alternates(languages: list[dict]) -> list[dict]:
    """Give the languages in which a page has words of its own, where there are several."""
    written = [language for language in languages if language["is_written"]]
    return written if len(written) > 1 else []


def query_without_part(request) -> str:
    """Give what an address asks for, with its question mark, but not which part of a list."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


def query_of_page(request, page) -> str:
    """Give of what a page's address asks for what means the same in another language."""
    asked = {name: request.GET.get(name, "") for name in page.asks_along}
    kept = {name: value for name, value in asked.items() if 0 < len(value) <= LONGEST_ASKED}
    return f"?{urlencode(kept)}" if kept else ""


LONGEST_ASKED = 40  # characters of what goes along into another language
NATIVE_NAMES = {"en": "English", "fr": "Français"}


@register.simple_tag
def in_language() -> SafeString:
    """Give the attributes of a page in the reader's language: which it is, and its direction."""
    direction = "rtl" if get_language_bidi() else "ltr"
    return format_html('lang="{}" dir="{}"', get_language(), direction)


@register.simple_tag(takes_context=True)
def page_url_of(context, slug: str) -> str:
    """Give the address of a page directly below home by its slug, if the menu shows it."""
    return next((item["url"] for item in menu(context) if item["slug"] == slug), "")


@register.simple_tag(takes_context=True)
def next_holiday(context) -> dict | None:
    """Give the next holiday of the calendars the mission keeps; None when it keeps none."""
    return next(iter(coming_holidays(context)), None)


@register.simple_tag(takes_context=True)
def coming_holidays(context) -> list[dict]:
    """Give the holidays of the calendars the mission keeps, for the next twelve months."""
    found = mission(context)
    if found is None:
        return []
    today = timezone.now().astimezone(ZoneInfo(found.time_zone)).date()
    days = hours.holidays_between(found.holiday_calendars, today, today + timedelta(days=365))
    return [
        {
            "date": day.date,
            "name": day.name,
            "estimated": day.estimated,
            "calendar_name": hours.CALENDARS[day.calendar],
            "country": country_name(day.calendar),
        }
        for day in days
    ]


@register.simple_tag(takes_context=True)
def contacts_in_use(context, contacts) -> list:
    """Give chosen contact points with their hours from the facts, without retired ones."""
    found = mission(context)
    known = found.facts.contacts if found else {}
    chosen = [known.get(contact.pk) for contact in contacts if contact]
    return [contact for contact in chosen if contact and not contact.retired]


@register.filter
def values(stream) -> list:
    """Give the values of a StreamField's blocks."""
    return [block.value for block in stream]


register.filter("as_served", as_served)
register.filter("with_whole_list", with_whole_list, is_safe=True)
register.filter("language_name", language_name)


@register.filter
def other_language(code: str) -> str:
    """Give a language's code where it is not the reader's, else nothing."""
    return code if code != get_language() else ""


@register.filter(name="qr_code")
def print_code(address: str, about: str) -> SafeString:
    """Draw an address as a QR code for paper, with what it is in words."""
    return qr_code(address, name="print-code__qr", title=about)


@register.filter
def on_clock(moment: datetime, zone: str) -> str:
    """Write a moment with the clock it is read on, as readers of the language do."""
    return clocks.in_words(moment, zone)


@register.filter
def linked(sources: list[dict]) -> list[dict]:
    """Give a frozen row's sources with the addresses they are linked by."""
    return [{**source, "url": leaving_url(source.get("address") or "")} for source in sources]


@register.simple_tag
def remark_characters() -> int:
    """Give how many characters a remark on a page may have."""
    return settings.REMARKS["characters"]


@register.filter
def elsewhere(url: str) -> str:
    """Give the address to link to for a page that is not ours."""
    return leaving_url(url)


@register.simple_tag(takes_context=True)
def jsonld(context) -> SafeString:
    """Say in JSON-LD what this embassy is and how it is reached."""
    found = mission(context)
    return script(embassy_data(found, context["request"])) if found else format_html("")


@register.filter
def paragraphs(text: str) -> list[dict]:
    """Cut plain text into paragraphs and lists: lines that begin with “- ” are items.

    Gives [{"entries": [...]}] or [{"lines": [...]}] for each stretch.
    """
    stretches: list[dict] = []
    for chunk in text.replace("\r\n", "\n").split("\n"):
        line = chunk.strip()
        kind = "entries" if line.startswith("- ") else "lines"
        if not line:
            stretches.append({})
        elif stretches and kind in stretches[-1]:
            stretches[-1][kind].append(line.removeprefix("- "))
        else:
            stretches.append({kind: [line.removeprefix("- ")]})
    return [stretch for stretch in stretches if stretch]


@register.simple_tag(takes_context=True)
def switchboard(context):
    """Give the number that reaches every office of the mission, or nothing."""
    found = mission(context)
    known = found.facts.contacts.values() if found else []
    general = [c for c in known if c.is_phone and not c.retired and not c.extension]
    for purpose in (Purpose.SWITCHBOARD, Purpose.CITIZENS):
        for contact in general:
            if contact.purpose == purpose:
                return contact
    return None


@register.filter
def without(contacts: list, other) -> list:
    """Give contact points without one that is named elsewhere."""
    return [contact for contact in contacts if other is None or contact.pk != other.pk]


@register.filter
def unbroken(text: str) -> SafeString:
    """Keep a word with a hyphen, like “États-Unis”, on one line where it fits."""
    words = [whole(word) if "-" in word else word for word in str(text).split(" ")]
    return format_html_join(" ", "{}", ((word,) for word in words))


@register.filter
def whole(text: str) -> SafeString:
    """Keep words together on one line where it fits."""
    return format_html('<span class="whole">{}</span>', text)


@register.filter
def isolated(text: str, language: str = "") -> SafeString:
    """Let a text of any direction stand in a sentence without turning the words around it."""
    if language:
        return format_html('<bdi lang="{}">{}</bdi>', language, text)
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def quoting(language: str, text: str) -> str:
    """Mark a text in its language, where that is not the reader's."""
    return isolated(text, language) if language and language != get_language() else text


@register.filter
def size_text(stated: str) -> str:
    """Write the size of a file as its source states it, in French with the French unit."""
    return french.file_size(stated) if (get_language() or "").startswith("fr") else stated


@register.filter
def title_here(page) -> str:
    """Give a page's title in the reader's language."""
    return page.title_in(get_language()) if page else ""


@register.filter
def summary_here(page) -> str:
    """Give what a page says of itself in the reader's language."""
    if not page:
        return ""
    own = "" if page.in_all_languages else page.search_description
    return own or page.summary_in(get_language())
