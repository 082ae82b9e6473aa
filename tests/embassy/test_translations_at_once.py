"""A colleague types at the moment in which a translation is handed in, or the same text stored."""

import threading

from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation
from wagtail_localize.views import edit_translation

from embassy.demo import demo_site, sign_ins
from embassy.models import ContentPage, TextTypist, User
from embassy.translations import memory, steps
from tests.embassy.translating import Typist, address_of, begun_by, say
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
    typed = TextTypist.objects.of(begun).get(user=people["approver"])
    assert typed.revision is None  # it is in none yet
    browser = Client(HTTP_HOST=HOST)
    browser.force_login(people["section_editor"])
    desk = browser.get(reverse("publishing_desk", args=[begun.pk])).content.decode()
    assert "Congés" in desk and "Mensonge" not in desk


def test_of_two_who_store_the_same_text_at_once_one_is_shown_the_other(
    committed_database, monkeypatch
):
    people = {role: User.objects.get(email=email) for role, email, _word in reversed(sign_ins())}
    begun = begun_by(people["section_editor"], demo_site().root_page.specific)
    address = address_of(begun)
    first, second = Typist(people["section_editor"]), Typist(people["approver"])
    answers = {}

    def types_too() -> None:
        answers["second"] = second.types(address, "Vacances")
        connection.close()

    colleague = threading.Thread(target=types_too)
    keep = edit_translation.edit_string_translation

    def meanwhile(request, *numbers):
        """Let the colleague type once it was looked at what is stored, and give them time."""
        if request.user == people["section_editor"]:
            colleague.start()
            colleague.join(1)
        return keep(request, *numbers)

    monkeypatch.setattr(edit_translation, "edit_string_translation", meanwhile)
    answers["first"] = first.types(address, "Congés")
    colleague.join(PATIENCE)
    assert (answers["first"].status_code, answers["second"].status_code) == (201, 409)
    assert "“Congés”" in answers["second"].json()["detail"]
    kept = StringTranslation.objects.get(context__object=begun.translation_key)
    assert (kept.data, kept.last_translated_by) == ("Congés", people["section_editor"])
