"""A colleague types at the moment in which a translation is handed in."""

import threading

from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from embassy.demo import demo_site, sign_ins
from embassy.models import ContentPage, PageWriter, User
from embassy.translations import memory, steps
from embassy.translations.typists import IN_NONE
from tests.embassy.test_translated_pages import say
from tests.receivers import PATIENCE
from tests.two_people import HOST


def test_what_is_typed_meanwhile_counts_for_what_is_handed_in_next(committed_database, monkeypatch):
    people = {role: User.objects.get(email=email) for role, email, _word in reversed(sign_ins())}
    home = demo_site().root_page.specific
    page = ContentPage(title="Leave days", slug="leave-days")
    home.add_child(instance=page)
    page.save_revision().publish()
    begun = steps.begin(page, "fr", people["section_editor"])
    translation = memory.translation_of(begun)
    say(translation, people["section_editor"], title="Congés")

    def types() -> None:
        row = StringTranslation.objects.get(context__object=begun.translation_key)
        row.data, row.last_translated_by = "Mensonge", people["approver"]
        row.save()
        connection.close()

    colleague = threading.Thread(target=types)
    judged = steps.refuse_faulty

    def meanwhile(whole) -> None:
        """Let the colleague type once the words were read, and give them time to be done."""
        judged(whole)
        colleague.start()
        colleague.join(1)

    monkeypatch.setattr(steps, "refuse_faulty", meanwhile)
    revision = steps.hand_in(begun, people["section_editor"])
    colleague.join(PATIENCE)
    assert revision.as_object().title == "Congés"
    written = PageWriter.objects.of(begun).get(user=people["approver"])
    assert written.revision == IN_NONE
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(people["section_editor"])
    desk = browser.get(reverse("publishing_desk", args=[begun.pk])).content.decode()
    assert "Congés" in desk and "Mensonge" not in desk
