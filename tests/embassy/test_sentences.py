"""What stands apart on a page reads as sentences in a text: the one search cuts excerpts out of."""

import pytest

from embassy.models import ContentPage
from embassy.search.view import search_site
from embassy.texts.sentences import in_sentences, one_after_another

LIST = "<p>It is representative of:</p><ul><li>the Secretary</li><li>the <b>Staff</b></li></ul>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (LIST, "It is representative of: the Secretary; the Staff."),
        ("<h2>Visas</h2><p>How to apply.</p>", "Visas. How to apply."),
        ("<p>ACI 2000<br/>Bamako</p>", "ACI 2000, Bamako."),
        ("<ol><li>One.</li>\n<li>Two</li></ol><p>After</p>", "One. Two. After."),
        ("<p>He said “no.”</p><p>&amp; so on</p>", "He said “no.” & so on."),
        ("<p></p>plain", "plain"),
        ("", ""),
    ],
)
def test_rich_text_reads_as_sentences(html, text):
    assert in_sentences(html) == text


def test_texts_apart_are_sentences():
    assert one_after_another(["Who we are ", "", "An office:", "Why?", "x"]) == (
        "Who we are. An office: Why? x."
    )


@pytest.mark.django_db
def test_an_excerpt_can_be_read(site, home):
    page = ContentPage(title="Capybaras", slug="capybaras", summary="About capybaras")
    page.body = page.body.stream_block.to_python(
        [
            {"type": "heading", "value": {"text": "Whom they serve", "level": "2"}},
            {"type": "paragraph", "value": LIST.replace("It is", "The capybara is")},
            {"type": "notice", "value": {"kind": "note", "title": "Note", "text": "<p>Ask</p>"}},
        ]
    )
    home.add_child(instance=page)
    excerpt = str(search_site(site, "en", "capybaras", 1)["results"][0].excerpt)
    plain = excerpt.replace("<mark>", "").replace("</mark>", "")
    assert plain.startswith(
        "About capybaras. Whom they serve. The capybara is representative of: the Secretary; "
        "the Staff. Note"
    )
