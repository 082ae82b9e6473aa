"""The house's own rules as system checks."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning, register
from django.db import DatabaseError


@register()
def database_is_postgresql(app_configs, **kwargs) -> list[Error]:
    """Refuse any database but PostgreSQL."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine == "django.db.backends.postgresql":
        return []
    return [Error(f"Chancery runs on PostgreSQL only, not on {engine}.", id="embassy.E001")]


@register()
def pages_say_where_they_belong(app_configs, **kwargs) -> list[Error]:
    """Refuse a page type of ours that leaves its parents or children to chance."""
    from embassy.pages import BasePage

    found = []
    for model in apps.get_models():
        if not issubclass(model, BasePage) or model._meta.label == "embassy.HomePage":
            continue
        for rule in ("parent_page_types", "subpage_types", "template"):
            if rule not in vars(model):
                found.append(
                    Error(f"{model._meta.label} does not say its {rule}.", id="embassy.E002")
                )
    return found


@register()
def roles_name_real_rights(app_configs, **kwargs) -> list[Error]:
    """Refuse a role that names a model there is not."""
    from embassy.roles import ROLES

    found = []
    for code, role in ROLES.items():
        for label in role.facts:
            try:
                apps.get_model(label)
            except LookupError:
                found.append(Error(f"Role {code} names no model: {label}.", id="embassy.E003"))
    return found


@register()
def pages_name_real_approvers(app_configs, **kwargs) -> list[Error]:
    """Refuse a page type that is approved by a role there is not: it could never go out."""
    from embassy.pages import BasePage
    from embassy.roles import ROLES

    kinds = [model for model in apps.get_models() if issubclass(model, BasePage)]
    return [
        Error(f"{model._meta.label} is approved by no role there is: {code}.", id="embassy.E006")
        for model in kinds
        for code in model.approved_by
        if code not in ROLES
    ]


def none_open(which: dict, are_allowed: bool, sentence: str, hint: str, code: str) -> list[Error]:
    """Refuse open accounts of a kind that nobody can sign in with here; {count} in the sentence."""
    from embassy.models import User

    if are_allowed:
        return []
    try:
        count = User.objects.filter(is_active=True, **which).count()
    except DatabaseError:  # not migrated yet, or away: another check's business
        return []
    return [Error(sentence.format(count=count), hint=hint, id=code)] if count else []


@register(deploy=True)
def no_demo_accounts(app_configs, **kwargs) -> list[Error]:
    """Refuse accounts whose passwords anybody can read in our own source."""
    return none_open(
        {"is_demo": True},
        settings.DEMO_ACCOUNTS,
        "There are accounts of the demo site here ({count}); nobody can sign in with them.",
        "Make each inactive in the Django admin.",
        "embassy.E005",
    )


@register(deploy=True)
def hosts_are_named(app_configs, **kwargs) -> list[Warning]:
    """Point out that any host is allowed: an unknown one is answered by the first mission."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS allows every host name (*): whoever asks under a name of their own gets "
            "pages, feeds and a sitemap whose absolute addresses lead to that name.",
            hint="List the names of the missions, comma-separated, like bamako.example,"
            "dakar.example.",
            id="embassy.W005",
        )
    ]


@register(deploy=True)
def missions_answer_at_the_port_of_https(app_configs, **kwargs) -> list[Warning]:
    """Point out missions whose addresses would name a port that nobody reaches them at."""
    from wagtail.models import Site

    from embassy.mission.roots import HTTPS, root_of

    try:
        elsewhere = Site.objects.exclude(hostname__endswith="localhost")  # this machine's own
        sites = list(elsewhere.exclude(port=HTTPS).order_by("pk"))
    except DatabaseError:  # not migrated yet, or away: another check's business
        return []
    return [
        Warning(
            f"The mission at {site.hostname} has port {site.port}; readers come through https, "
            f"which is port {HTTPS}.",
            hint=f"manage.py set_port {site.hostname} {HTTPS}. CAP messages, mails and webhooks "
            f"name {root_of(site)} now.",
            id="embassy.W004",
        )
        for site in sites
    ]
