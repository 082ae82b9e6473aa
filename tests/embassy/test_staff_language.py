"""The staff pages in French, for whoever has chosen it: no English word of ours is left."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from wagtail.users.models import UserProfile

from embassy.models import ContactPoint, MissionSettings, User
from relations.models import NewsIndexPage
from tests.test_translations import CATALOG
from tests.typography import flawed

EDITOR = Path(find_spec("wagtail_localize").origin).parent / "static_src"
ASKED = re.compile(r"\bgettext\(\s*(['\"`])(.+?)(?<!\\)\1", re.S)
"""What the editor of translations asks its catalog for."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(client, staff, compiled):
    """A browser in which public affairs reads French."""
    user: User = staff["public_affairs"]
    UserProfile.objects.create(user=user, preferred_language="fr")
    client.force_login(user)
    client.defaults["HTTP_HOST"] = "localhost"
    return client


def words(response) -> str:
    """Give the text of a screen, without scripts and tags."""
    html = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_lists_say_yes_and_no_in_french(bureau, site):
    text = words(bureau.get("/admin/snippets/embassy/contactpoint/"))
    assert "Numéro ou adresse" in text and "Display" not in text
    assert not re.search(r"\b(True|False)\b", text)
    assert re.search(r"\boui\b", text) and re.search(r"\bnon\b", text)
    assert ContactPoint.objects.for_site(site).count() > 1
    for name in ("embassy/schedule", "sections/post"):
        assert not re.search(r"\b(True|False)\b", words(bureau.get(f"/admin/snippets/{name}/")))


@pytest.mark.parametrize("thing", ["contactpoint", "closure", "schedule", "place"])
def test_forms_of_facts_are_in_french(bureau, thing):
    text = words(bureau.get(f"/admin/snippets/embassy/{thing}/add/"))
    assert "Choose" not in text and "closed on" not in text
    assert "Choisir heures d’ouverture" in text or thing in ("schedule", "place")


def test_forms_follow_the_language_and_not_who_came_first(client, staff, compiled):
    address = "/admin/snippets/embassy/closure/add/"
    client.defaults["HTTP_HOST"] = "localhost"
    seen = []
    for role, language in (("public_affairs", "en"), ("consular", "fr"), ("approver", "en")):
        UserProfile.objects.create(user=staff[role], preferred_language=language)
        client.force_login(staff[role])
        html = client.get(address).content.decode()
        seen.append(("Choose opening hours" in html, "Choisir heures d’ouverture" in html))
    assert seen == [(True, False), (False, True), (True, False)]


def test_labels_of_choices_begin_with_a_capital(bureau, site):
    mission = MissionSettings.for_site(site)
    text = words(bureau.get(f"/admin/settings/embassy/missionsettings/{mission.site_id}/"))
    assert "Jours de fermeture" in text


def test_an_event_is_written_in_french(bureau, site):
    index = NewsIndexPage.objects.descendant_of(site.root_page).get()
    text = words(bureau.get(f"/admin/pages/add/relations/eventpage/{index.pk}/"))
    for label in ("Fuseau horaire", "Début", "Fin", "À l’heure du fuseau choisi ci-dessus."):
        assert label in text


def words_of_editor(client) -> dict[str, str]:
    """Give the words of the editor of translations, as a browser gathers them from its catalog."""
    script = client.get("/admin/localize/jsi18n/").content.decode()
    listed = re.search(r"const newcatalog = ({.*?\n  });", script, re.S)
    said = re.findall(r'django\.catalog\[("[^"]*")\] = ("(?:[^"\\]|\\.)*");', script)
    words = json.loads(listed[1]) if listed else {}
    return words | {json.loads(name): json.loads(text) for name, text in said}


def test_the_editor_of_translations_speaks_french(bureau):
    asked = {m[2] for file in EDITOR.rglob("*.ts*") for m in ASKED.finditer(file.read_text())}
    words = words_of_editor(bureau)
    assert len(asked) > 40
    assert asked - set(words) == set(), "Put them into locale/fr/LC_MESSAGES/djangojs.po."
    assert flawed(words[text] for text in asked) == {}
    assert {text for text in asked if words[text] == text} == {"Actions"}  # French, too


def test_our_words_for_the_editor_are_asked_for_and_take_the_place_of_its_own(bureau):
    ours = {e.msgid: e.msgstr for e in polib.pofile(str(CATALOG.with_name("djangojs.po")))}
    words = words_of_editor(bureau)
    assert ours and {text: words.get(text) for text in ours} == ours
    asked = "".join(file.read_text() for file in EDITOR.rglob("*.ts*"))
    assert [text for text in ours if text not in asked] == []


def test_in_english_the_editor_keeps_its_words(client, staff, compiled):
    client.force_login(staff["public_affairs"])
    client.defaults["HTTP_HOST"] = "localhost"
    assert set(words_of_editor(client)) == {"Publish in ", "Publishing..."}
