"""What tests of translations do as staff do: make a page, begin it, type into its editor."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from embassy.models import ContentPage, MissionRole, User
from embassy.translations import memory, steps
from embassy.translations.newer import NOW, OVER
from tests.two_people import HOST

FORM = "multipart/form-data; boundary=x"


def public_page(home: Page, **words) -> ContentPage:
    """Make a page that the public reads in English."""
    page = ContentPage(**{"title": "Leave days", "slug": "leave-days"} | words)
    home.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def begun_by(user, home: Page, **words) -> ContentPage:
    """Make such a page and begin its French."""
    return steps.begin(public_page(home, **words), "fr", user)


def say(translation: Translation, by, **words: str) -> None:
    """Type a translation for each text; the title and others as told, else the text with a mark."""
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={
                "data": words.get(segment.context.path, f"({segment.string.data})"),
                "last_translated_by": by,
            },
        )


def reword(page: Page, **words: str) -> None:
    """Change and publish a page as a program does."""
    page = Page.objects.get(pk=page.pk).specific
    for name, text in words.items():
        setattr(page, name, text)
    page.save_revision().publish()


def address_of(page: Page, path: str = "title") -> str:
    """Give where the editor stores a text."""
    translation = memory.translation_of(page)
    text = StringSegment.objects.get(source=translation.source, context__path=path)
    names = [translation.pk, text.pk]
    return reverse("wagtail_localize:edit_string_translation", args=names)


def glass_breaker(site: Site) -> User:
    """Make somebody who works for a mission and may write none of its pages."""
    person = User.objects.create_user(f"glass@{site.hostname}.example", "x", mission=site)
    person.groups.add(MissionRole.objects.get(site=site, role="break_glass").group)
    return person


class Typist:
    """Somebody at the editor of a translation, who knows of a text what they opened it at."""

    def __init__(self, user):
        self.client = Client(HTTP_HOST=HOST)
        self.client.force_login(user)
        self.opened = ""

    def types(self, address: str, text: str):
        """Store a text as the editor's script sends it."""
        part = 'Content-Disposition: form-data; name="value"'
        body = f"--x\r\n{part}\r\n\r\n{text}\r\n--x--\r\n"
        sent = {"headers": {OVER: self.opened}, "content_type": FORM}
        return self.noted(self.client.put(address, body, **sent))

    def clears(self, address: str):
        """Take a text away."""
        return self.noted(self.client.delete(address, headers={OVER: self.opened}))

    def noted(self, answer):
        """Keep the mark of what is stored by now, as the editor's script does."""
        self.opened = answer.headers.get(NOW, self.opened)
        return answer
