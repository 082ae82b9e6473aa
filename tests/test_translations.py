"""The French catalog: whole, sound, typeset as French is, and shown to French readers."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import wagtail.admin
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.template import templatize

from embassy.language.wagtail_words import SAID_OTHERWISE
from tests.typography import flawed

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
GUIDES = ROOT / "templates" / "embassy" / "guides"
APPS = ("embassy", "sections", "relations", "advisories", "accounts")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
IN_TEMPLATE = re.compile(
    r"""\b(?:gettext|ngettext|_)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
)
UNLIKE_OTHER_HYPHENS = "\N{NON-BREAKING HYPHEN}"  # pages and their search write an ordinary one
FIXED_TEXT = re.compile(
    r"{#.*?#}|{%-?\s*(blocktranslate)\b.*?{%-?\s*end\1[^%]*%}|<svg.*?</svg>", re.S
)
TAGS = re.compile(r"{%.*?%}|{#.*?#}", re.S)
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|<[^>]*>", re.S)


@pytest.fixture(scope="module")
def entries() -> list[polib.POEntry]:
    """The catalog's entries, those no longer in use left out."""
    return [entry for entry in polib.pofile(str(CATALOG)) if not entry.obsolete]


def test_no_text_stands_twice():
    polib.pofile(str(CATALOG), check_for_duplicates=True)  # raises


def french(entry: polib.POEntry) -> list[str]:
    """Give what an entry says in French: one text, or one for each number."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def english(entry: polib.POEntry) -> list[str]:
    """Give what an entry says in English, text for text as `french` does."""
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def strings_in_template(source: str) -> set[str]:
    """Give what a template asks gettext for, in tags and in blocks."""
    return {ast.literal_eval(text) for text in IN_TEMPLATE.findall(templatize(source))}


def strings_in_python(source: str) -> Iterator[str]:
    """Give what a Python file asks gettext for."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            first = node.args[0] if node.args and node.func.id in GETTEXT else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def names_given_to_gettext(source: str) -> Iterator[str]:
    """Give the names by which a Python file calls gettext, besides those that are looked for."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names = [each.asname or each.name for each in node.names if "gettext" in each.name]
            yield from (name for name in names if name not in GETTEXT)


def strings_of_interface() -> dict[str, str]:
    """Give every string of our interface with a file that has it."""
    found = {}
    for file in (ROOT / "templates").rglob("*.html"):
        found |= dict.fromkeys(strings_in_template(file.read_text()), file.name)
    for file in (file for app in APPS for file in (ROOT / app).rglob("*.py")):
        found |= dict.fromkeys(strings_in_python(file.read_text()), file.name)
    return found


def test_every_string_of_the_interface_is_in_the_catalog(entries):
    known = {entry.msgid for entry in entries}
    missing = {text: file for text, file in strings_of_interface().items() if text not in known}
    assert missing == {}, "Run make messages and translate what came in."


def test_strings_are_found_in_tags_blocks_and_python():
    template = (
        "{% load i18n %}{% translate 'One' %}{% translate \"Two’s\" as two %}"
        "{% blocktranslate trimmed %}\n  Three {{ x }}\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}Four{% plural %}{{ n }} fours{% endblocktranslate %}"
    )
    assert strings_in_template(template) == {"One", "Two’s", "Three %(x)s", "Four"}
    assert list(strings_in_python('a = _("One")\nb = ngettext("Two", "twos", 2)')) == ["One", "Two"]


def test_gettext_is_called_by_names_that_are_looked_for():
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    others = {file.name: n for file in files if (n := [*names_given_to_gettext(file.read_text())])}
    assert others == {}, "Neither this test nor make messages sees strings under another name."


def test_another_name_of_gettext_is_seen():
    source = "from django.utils.translation import override, gettext as _, gettext_lazy as later"
    assert list(names_given_to_gettext(source)) == ["later"]


def test_nothing_is_empty_or_guessed(entries):
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if not all(map(str.strip, french(entry)))] == []


def test_placeholders_are_those_of_the_original(entries):
    for entry in entries:
        for original, text in zip(english(entry), french(entry), strict=True):
            names = Counter(PLACEHOLDER.findall(original))
            assert Counter(PLACEHOLDER.findall(text)) == names, entry.msgid


def test_typography_is_french(entries):
    texts = [text for entry in entries for text in french(entry)]
    assert flawed(texts) == {}
    assert [text for text in texts if UNLIKE_OTHER_HYPHENS in text] == []


def fixed_signs(source: str) -> list[str]:
    """Give the signs a template writes by itself that languages set differently."""
    return re.findall(r"[:;!?%«»“”\"]", MARKUP.sub("", FIXED_TEXT.sub("", source)))


def test_templates_leave_colons_and_quotation_marks_to_the_catalog():
    bilingual = ROOT / "templates" / "500.html"  # it has no catalog to ask
    per_language = set(GUIDES.glob("*_??.html"))
    files = set((ROOT / "templates").rglob("*.html")) - per_language - {bilingual}
    assert {file.name: s for file in files if (s := fixed_signs(file.read_text()))} == {}
    french_half = TAGS.sub("", bilingual.read_text().partition('lang="fr"')[2])
    assert flawed(re.findall(r">([^<]+)<", french_half)) == {}


def test_what_is_written_per_language_is_set_as_that_language_is():
    files = list(GUIDES.glob("*_fr.html"))
    assert len(files) == 2
    for file in files:
        shown = re.sub(r'{% picture "[\w-]+" "([^"]+)" %}', r"<p>\1</p>", file.read_text())
        source = TAGS.sub("x", shown)
        assert flawed(re.findall(r">([^<]+)<", source)) == {}


def test_fixed_signs_are_seen():
    assert fixed_signs('<p class="x">{{ a }}: {% if b %}“{{ b }}”{% endif %}</p>') == [
        ":",
        "“",
        "”",
    ]
    assert not fixed_signs("{# a: b #}{% blocktranslate %}{{ a }}: b{% endblocktranslate %}")


@pytest.mark.django_db
def test_french_readers_find_the_interface_in_french(client, compiled):
    page = client.get("/fr/alerts/", HTTP_HOST="localhost").content.decode()
    for words in (
        "Aller au contenu principal",
        'aria-label="Menu principal"',
        'aria-label="Fil d’Ariane"',
        "Aide d’urgence aux citoyens américains",
        "En vigueur",
        "Aucune alerte n’est en vigueur.",
        "Niveau 4\u00a0: ",
    ):
        assert words in page
    for words in ("In force", "Main menu", "Skip to main content", "In an emergency"):
        assert words not in page


@pytest.mark.django_db
def test_english_readers_find_the_interface_in_english(client, compiled):
    page = client.get("/alerts/", HTTP_HOST="localhost").content.decode()
    assert "In force" in page and "En vigueur" not in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_of_wagtails_that_do_not_hold_here_are_said_otherwise(compiled, language):
    ours = polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    folders = [Path(package.__file__).parent / "locale" for package in (wagtail, wagtail.admin)]
    files = [str(folder / "en" / "LC_MESSAGES" / "django.po") for folder in folders]
    theirs = {entry.msgid for file in files for entry in polib.pofile(file)}
    assert {entry.msgid for entry in ours} <= theirs
    with translation.override(language):
        for entry in ours:
            said = gettext(entry.msgid)
            assert said != entry.msgid and said in map(str, SAID_OTHERWISE)
            assert not re.search(r"moderation|modération|will overwrite|écrasera", said)
            assert set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(entry.msgid))
        assert gettext("Publish") == {"en": "Publish", "fr": "Publier"}[language]
    assert len(SAID_OTHERWISE) == len(ours)
