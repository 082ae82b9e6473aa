"""Setting up a mission: site, home page, tree, files, settings and roles; safe to run again."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import override
from wagtail.models import Collection, Locale, Page, Site

from embassy import roles
from embassy.fields import Texts
from embassy.mission.roots import standard_port
from embassy.models import HomePage, MissionSettings
from embassy.tree import HOME_TITLE, plant


@dataclass(frozen=True)
class Plan:
    """What a new mission needs to exist; texts are in its first language."""

    hostname: str
    name: str
    sending_state: str
    host_state: str
    host_state_code: str
    city: str
    time_zone: str
    sending_state_code: str = "US"
    language: str = settings.LANGUAGE_CODE
    port: int = field(default_factory=standard_port)
    is_default: bool = False


@transaction.atomic
def create(plan: Plan) -> Site:
    """Make what is missing of a mission and give its site."""
    with override(plan.language):
        site = Site.objects.filter(hostname=plan.hostname).first() or site_with_home(plan)
        mission = settings_of(site, plan)
        plant(site.root_page.specific)
        roles.sync(site)
    return mission.site


def site_with_home(plan: Plan) -> Site:
    """Make a mission's home page in its first language, and the site that answers for it."""
    locale, _made = Locale.objects.get_or_create(language_code=plan.language)
    slug = slugify(plan.hostname.replace(".", "-"))
    home = HomePage(title=f"{HOME_TITLE}", slug=f"home-{slug}", locale=locale)
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    if plan.is_default:
        Site.objects.filter(is_default_site=True).update(is_default_site=False)
    return Site.objects.create(
        hostname=plan.hostname,
        port=plan.port,
        root_page=home,
        site_name=plan.name,
        is_default_site=plan.is_default,
    )


def settings_of(site: Site, plan: Plan) -> MissionSettings:
    """Give a mission's settings, filled from the plan when they are new."""
    found = MissionSettings.objects.filter(site=site).first()
    if found:
        return found
    texts = {
        name: Texts({plan.language: getattr(plan, name)})
        for name in ("name", "sending_state", "host_state", "city")
    }
    return MissionSettings.objects.create(
        site=site,
        sending_state_code=plan.sending_state_code,
        host_state_code=plan.host_state_code,
        time_zone=plan.time_zone,
        first_language=plan.language,
        languages=[plan.language],
        collection=Collection.get_first_root_node().add_child(name=plan.name),
        **texts,
    )
