"""Where deeds are tried: a mission with people and things made for it, and gone afterwards."""

from dataclasses import dataclass, field
from datetime import datetime

from wagtail.actions.edit_page import EditPageAction
from wagtail.models import Page, Revision, Site

from embassy.approval import ADMINISTRATOR
from embassy.models import ContactPoint, ContentPage, MissionRole, User
from embassy.models.workflow import reading_of
from embassy.vocabulary import EMERGENCY_PURPOSES

SLUG = "matrix-of-rights"
WORDS = "Words of nobody: matrix of rights"
OTHER_WORDS = "Other words: matrix of rights"
NUMBER, OTHER_NUMBER = "+22320702301", "+22320702399"


def account(site: Site, name: str, roles: list[str]) -> User:
    """Make an account with roles of a mission, with which nobody can sign in."""
    user = User.objects.create_user(f"{name}-{site.pk}@matrix.invalid", mission=site)
    user.groups.set([role.group for role in MissionRole.objects.filter(site=site, role__in=roles)])
    return user


@dataclass
class Scene:
    """A mission, a moment, two colleagues of whom each has every role there, and two keepers.

    Nobody is administrator and has another role, so the keepers are the administrators.

    `shown` are the addresses at which readers find what a deed is about, `kept` the keys of what
    was made before the first try; each try finds it as it was made.
    """

    site: Site
    at: datetime
    colleague: User
    second: User
    keepers: tuple[User, User]
    shown: list[str] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site, at: datetime) -> "Scene":
        """Make the colleagues in a mission."""
        others = MissionRole.objects.filter(site=site).exclude(role=ADMINISTRATOR)
        roles = list(others.values_list("role", flat=True))
        one, two = (account(site, name, roles) for name in ("colleague", "second"))
        keepers = [account(site, name, [ADMINISTRATOR]) for name in ("keeper", "second-keeper")]
        return cls(site, at, one, two, tuple(keepers))

    def now(self) -> "Scene":
        """Give the same mission and people, with nothing shown yet."""
        people = (self.colleague, self.second, self.keepers)
        return Scene(self.site, self.at, *people, kept=self.kept)

    def page(self, name: str = "page") -> ContentPage:
        """Give a page that the public reads, kept under a name."""
        page = ContentPage.objects.get(pk=self.kept[name])
        self.show(page)
        return page

    def made(self, model: type[Page], below: Page | None = None, **said) -> Page:
        """Make a page that the public reads, as programs do."""
        above = below or self.site.root_page
        made = model(**{"title": WORDS, "slug": SLUG, "locale": above.locale} | said)
        Page.objects.get(pk=above.pk).add_child(instance=made)
        made.save_revision().publish()
        self.show(made)
        return type(made).objects.get(pk=made.pk)

    def below(self, model: type[Page]) -> Page:
        """Give the page of a kind that every mission has, to put others below it."""
        return model.objects.descendant_of(self.site.root_page).first()

    def show(self, page: Page) -> None:
        """Watch what readers see at a page's address, and in the list above it."""
        host = self.site.root_url
        for shown in (page, page.get_parent()):
            self.shown.append((shown.full_url or "").removeprefix(host))

    def number(self) -> ContactPoint:
        """Give a number for emergencies that pages show; made unless the mission has one."""
        rows = ContactPoint.objects.for_site(self.site).in_use()
        found = rows.filter(purpose__in=EMERGENCY_PURPOSES, channel=PHONE).first()
        self.shown.append("/")
        return found or ContactPoint.objects.create(
            site=self.site, purpose=EMERGENCY_PURPOSES[0], label={"en": WORDS}, value=NUMBER
        )


PHONE = ContactPoint._meta.get_field("channel").default


def write(page: Page, by: User) -> None:
    """Store other words as the editor does for an account, which asks for the right to do so."""
    words = page.get_latest_revision_as_object()
    words.title = OTHER_WORDS
    EditPageAction(words, user=by).execute()


def sign(page: Page, by: User) -> Revision:
    """Store other words in an account's name, whatever its rights: the worst case."""
    words = page.get_latest_revision_as_object()
    words.title = OTHER_WORDS
    return words.save_revision(user=by)


def read(page: Page) -> str:
    """Give what somebody has read who opens the words now."""
    return reading_of(Page.objects.get(pk=page.pk).latest_revision)
