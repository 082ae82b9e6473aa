"""Every model states why no single account changes what readers see of its rows.

A new model has to be entered below. Which tables public pages read is found out by reading them.
"""

import re
from enum import Enum

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation
from modelcluster.fields import ParentalKey
from wagtail.actions import action_registry
from wagtail.models import GroupSitePermission, PageViewRestriction

from advisories.models import AlertKind, AlertPreset, Incident, Indicator
from embassy.acts.alone import SilencedByTwo
from embassy.acts.requested_actions import AskToCreate, AskToDelete, AskToEdit
from embassy.files import in_use
from embassy.models import ContentPage, RequestedAct
from embassy.models.scoped import Fact
from embassy.release.two_people import TwoPeople
from tests.embassy.test_public_pages import public_urls

pytestmark = pytest.mark.django_db


class Rule(Enum):
    """Why one account does not change what readers see of a model's rows."""

    PAGE = "words go out by a second person; what silences or moves a page is asked for"
    WARNING = "readers see issues, which take two people, and never the page's own row"
    PART = "a row of a page or of a fact, stored and shown with it"
    FACT = "every change is asked for, and stored when a second person confirms"
    FILE = "what readers see of it stays while they may be given it"
    PRIVACY = "the model refuses an account alone, and its screen asks"
    FROZEN = "the database refuses to change or delete it"
    COPIED = "readers see the words that an issue copied and a second person read"
    MADE = "made by programs out of what other rules cover"
    SERVER = "no account holds a right to it: whoever runs the server does"
    ACCOUNTS = "says who may do what, which two administrators decide; readers see none of it"
    UNSEEN = "public pages do not read it"


RULES = {
    Rule.PAGE: (
        *("embassy.HomePage", "embassy.ContentPage", "sections.OfficialIndexPage"),
        *("sections.OfficialPage", "sections.OfficeIndexPage", "sections.OfficePage"),
        *("relations.FactSheetIndexPage", "relations.FactSheetPage"),
        *("relations.FactSheetEdition", "relations.NewsIndexPage", "relations.NewsPage"),
        *("relations.EventPage", "relations.RelationsPage", "advisories.AlertIndexPage"),
        *("advisories.CountryIndexPage", "advisories.CountryInfoPage", "wagtailcore.Page"),
    ),
    Rule.WARNING: ("advisories.TravelAdvisoryPage", "advisories.AlertPage"),
    Rule.PART: (
        *("embassy.SchedulePeriod", "embassy.ServiceHours", "embassy.SocialPage"),
        *("sections.OfficeContact", "sections.OfficeDocument", "sections.Vacancy"),
        *("sections.Term", "relations.NewsContact", "advisories.AdvisoryText"),
        *("advisories.AdvisoryContact", "advisories.AdvisoryArea", "advisories.AlertText"),
        *("advisories.AlertContact", "advisories.CountryContact"),
    ),
    Rule.FACT: (
        *("embassy.MissionSettings", "embassy.Schedule", "embassy.Closure"),
        *("embassy.ContactPoint", "embassy.Place", "sections.Post"),
        "embassy.PromotedResult",
        "advisories.Webhook",  # not on public pages: what others pass on comes from there
        "advisories.AlertPreset",  # neither: alerts begin with its words
    ),
    Rule.FILE: ("embassy.MissionImage", "embassy.MissionDocument"),
    Rule.PRIVACY: ("wagtailcore.PageViewRestriction",),
    Rule.FROZEN: ("advisories.Issue", "advisories.Issued"),
    Rule.COPIED: (
        *("advisories.Indicator", "advisories.AlertKind"),
        "advisories.Incident",  # of its row readers learn only that it is there
    ),
    Rule.MADE: (
        *("embassy.MissionRendition", "embassy.FactsVersion", "wagtailcore.Revision"),
        *("wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry"),
        *("wagtailredirects.Redirect", "advisories.Confirmation", "embassy.TranslationStanding"),
        "embassy.SearchWord",  # and what is shown of it stands on a public page
    ),
    Rule.SERVER: (
        *("wagtailcore.Site", "wagtailcore.Locale", "wagtailcore.Collection"),
        *("wagtailcore.CollectionViewRestriction", "wagtailcore.APIToken", "embassy.DemoRecord"),
        *("embassy.SecondPersonTask", "wagtailcore.Task", "wagtailcore.Workflow"),
        *(
            "wagtailcore.WorkflowTask",
            "wagtailcore.WorkflowPage",
            "wagtailcore.WorkflowContentType",
        ),
        *("wagtailcore.GroupApprovalTask", "contenttypes.ContentType", "auth.Permission"),
        *("taggit.Tag", "taggit.TaggedItem", "wagtailembeds.Embed", "sessions.Session"),
        *("wagtailimages.Image", "wagtailimages.Rendition", "wagtaildocs.Document"),
    ),
    Rule.ACCOUNTS: (
        *("embassy.User", "embassy.MissionRole", "accounts.Invitation", "accounts.RoleRequest"),
        *("auth.Group", "wagtailcore.GroupSitePermission", "wagtailcore.GroupPagePermission"),
        *("wagtailcore.GroupCollectionPermission", "mfa.Authenticator", "account.EmailAddress"),
        *("account.EmailConfirmation", "accounts.SignInFailure"),
    ),
    Rule.UNSEEN: (
        *("embassy.AuditEntry", "embassy.AuditSeal", "embassy.LinkProblem"),
        *("embassy.RequestedAct", "embassy.PageWriter", "embassy.BrokenGlass"),
        "embassy.TextTypist",
        *("advisories.Clearance", "advisories.Writer", "advisories.FeedCopy"),
        *("advisories.CountryAdvice", "advisories.FeedRefusal", "advisories.FeedDraft"),
        *("advisories.Delivery", "wagtailusers.UserProfile"),
        *("wagtailadmin.Admin", "wagtailadmin.EditingSession", "wagtailadmin.FormState"),
        *("wagtailcore.ModelLogEntry", "wagtailcore.UploadedFile", "wagtailcore.WorkflowState"),
        *("wagtailcore.TaskState", "wagtailcore.PageLogEntry", "wagtailcore.Comment"),
        *("wagtailcore.CommentReply", "wagtailcore.PageSubscription", "admin.LogEntry"),
        *("embassy.Letter", "embassy.Remark", "embassy.Sending", "embassy.SendingSalt"),
        "sections.Question",
        *(model._meta.label for model in apps.get_app_config("wagtail_localize").get_models()),
    ),
}
RULE_OF = {label: rule for rule, labels in RULES.items() for label in labels}
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def models_of(rule: Rule) -> list[type]:
    """Give the models that a rule covers."""
    return [apps.get_model(label) for label in RULES[rule]]


def fixed_addresses(patterns=None, before: str = "/") -> list[str]:
    """Give every public address that is no page's and asks for nothing but itself."""
    found = []
    for one in patterns or get_resolver().url_patterns:
        path = before + str(one.pattern).replace("^", "").replace("$", "")
        if isinstance(one, URLResolver):
            found += fixed_addresses(one.url_patterns, path)
        elif isinstance(one, URLPattern) and not re.search(r"[<(\\]", path):
            found.append(path)
    staff = ("/admin/", "/django-admin/", "/account/")
    return [path for path in found if not path.startswith(staff)]


def answers(home) -> dict[str, bytes]:
    """Read as a reader all that a mission says in public; give it by address."""
    reader, found = Client(HTTP_HOST="localhost"), {}
    addresses = [*public_urls(home), *fixed_addresses(), "/search/?query=visa", "/search/?q=visa"]
    with translation.override("fr"):
        addresses += [path for path in fixed_addresses() if path.startswith("/fr/")]
    for address in dict.fromkeys(addresses):
        answer = reader.get(address, follow=True)
        found[address] = b"".join(answer) if answer.streaming else answer.content
    return found


def test_every_model_states_its_rule():
    labels = {model._meta.label for model in apps.get_models()}
    assert labels - set(RULE_OF) == set(), "State above why one account does not mislead with it."
    assert set(RULE_OF) - labels == set()
    assert sum(len(labels) for labels in RULES.values()) == len(RULE_OF)


def test_public_pages_read_no_table_that_is_called_unseen(home):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read = answers(home)
    assert len(read) > 60
    tables = {name for query in queries for name in READ.findall(query["sql"])}
    of_table = {model._meta.db_table: model._meta.label for model in apps.get_models()}
    labels = {of_table[name] for name in tables if name in of_table}
    assert {"wagtailcore.Page", "advisories.Issued"} <= labels
    assert {label for label in labels if RULE_OF[label] == Rule.UNSEEN} == set()


def test_pages_go_out_and_away_by_two():
    for model in models_of(Rule.PAGE):
        if model._meta.label != "wagtailcore.Page":  # no page is of that type alone
            assert issubclass(model, (TwoPeople)) and issubclass(model, SilencedByTwo)
            assert model.approved_by and model.is_shown_as_stored, model
    for model in models_of(Rule.WARNING):
        assert not model.approved_by and not model.is_shown_as_stored, model


def test_parts_belong_to_what_a_rule_covers():
    for model in models_of(Rule.PART):
        (owner,) = [f.related_model for f in model._meta.fields if isinstance(f, ParentalKey)]
        assert RULE_OF[owner._meta.label] in (Rule.PAGE, Rule.WARNING, Rule.FACT), model


def test_facts_are_asked_for():
    asks = {"create": AskToCreate, "edit": AskToEdit, "delete": AskToDelete}
    for model in models_of(Rule.FACT):
        assert issubclass(model, Fact)
        for name, action in asks.items():
            assert action_registry.get_action_class(model, name) is action, (model, name)
    assert {model for model in apps.get_models() if issubclass(model, Fact)} == set(
        models_of(Rule.FACT)
    )


def test_files_are_those_that_stay():
    assert set(models_of(Rule.FILE)) == set(in_use.SEEN)


def test_restrictions_refuse_an_account_alone(home, staff):
    page = ContentPage.objects.child_of(home).live().public().first()
    hidden = PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
    with pytest.raises(PermissionDenied):
        hidden.save(user=staff["approver"])
    hidden.save()  # a program names no account
    with pytest.raises(PermissionDenied):
        hidden.delete(user=staff["approver"])
    hidden.restriction_type = PageViewRestriction.NONE
    with pytest.raises(PermissionDenied):
        hidden.save(user=staff["approver"])
    assert not RequestedAct.objects.exists()
    assert PageViewRestriction.objects.get(page=page).restriction_type == "login"


def test_what_was_issued_is_frozen():
    for model in models_of(Rule.FROZEN):
        row = model.objects.first()
        assert row is not None
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(sha256="x")
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_names_of_kinds_and_indicators_are_those_of_the_issue(home, site):
    before = answers(home)
    words = {"en": "Words of nobody", "fr": "Mots de personne"}
    for model in (AlertKind, Indicator, AlertPreset):
        assert model.objects.update(name=words)
    Incident.objects.create(site=site, name=words, begun_on=timezone.localdate())
    Incident.objects.update(name=words)
    after = answers(home)
    assert [at for at, text in after.items() if b"Words of nobody" in text] == []
    assert [at for at, text in after.items() if b"Mots de personne" in text] == []
    assert before.keys() == after.keys()


def test_no_role_holds_a_right_to_what_is_the_servers(site):
    groups = Group.objects.filter(mission_role__site=site)
    rights = [group.permissions.select_related("content_type") for group in groups]
    held = {right.content_type.model_class() for found in rights for right in found}
    sites = GroupSitePermission.objects.select_related("permission__content_type")
    held |= {one.permission.content_type.model_class() for one in sites}
    assert apps.get_model("embassy.User") in held
    assert held & set(models_of(Rule.SERVER)) == set()
    assert held & set(models_of(Rule.PAGE)) == set()
    assert held & set(models_of(Rule.MADE)) == set()
