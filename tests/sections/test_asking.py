"""A reader asks an office by form: what is taken, what comes back with a sentence; no cookie."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.utils import translation

from embassy.models import ContactPoint, MissionSettings, Sending, SendingSalt
from embassy.readers.open_forms import AtMost
from embassy.vocabulary import Channel, Purpose
from sections.asking import example_of
from sections.models import Question
from tests.sections.asking import ASK, CENTER, HOST, TYPED, center, center_in_french, sent

pytestmark = pytest.mark.django_db


def words_of(answer) -> str:
    """Give what a page says, without markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_the_page_is_kept_as_pages_are_and_holds_no_token():
    answer = Client().get(ASK, **HOST)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"] and "s-maxage" in answer["Cache-Control"]
    assert not answer.cookies
    text = answer.content.decode()
    assert "csrf" not in text and "center@bamako.example" not in text
    assert Client().get(ASK, **HOST).content == answer.content


def test_first_of_all_it_says_whom_to_call(site):
    text = Client().get(ASK, **HOST).content.decode()
    main = text[text.index("<main") :]
    assert main.index("Call now") < main.index("+223") < main.index("<textarea")


def test_the_office_leads_to_its_form_and_other_offices_have_none():
    assert f'href="{ASK}"' in Client().get(CENTER, **HOST).content.decode()
    other = "/sections-offices/department-of-state/consular-section/"
    assert "/ask/" not in Client().get(other, **HOST).content.decode()
    led = Client().get(f"{other}ask/", **HOST)
    assert (led.status_code, led["Location"]) == (302, other)
    assert Client().post(f"{other}ask/", TYPED, **HOST).status_code == 302
    assert not Question.objects.exists()


def test_a_question_is_stored_and_the_page_says_what_happens_next(site):
    answer = sent()
    row = Question.objects.get()
    assert answer.status_code == 200 and not answer.cookies
    assert answer["Cache-Control"] == "private, no-store" or "no-store" in answer["Cache-Control"]
    assert row.reference in words_of(answer) and "reads it and answers" in words_of(answer)
    assert (row.site, row.office_id, row.office_name) == (site, center().pk, center().title)
    assert (row.text, row.name, row.mail, row.phone) == tuple(TYPED.values())
    assert (row.language, row.state, row.settled_by, row.note) == ("en", "waiting", None, "")
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", row.reference)
    assert "aminata" not in answer.content.decode()


def test_in_french_it_is_the_same_office(site):
    address = f"{center_in_french().url}ask/"
    assert address.startswith("/fr/")
    page = Client().get(address, **HOST)
    assert page.status_code == 200 and "Poser une question" in words_of(page)
    answer = sent(address)
    row = Question.objects.get()
    assert (row.office_id, row.language) == (center().pk, "fr")
    assert row.reference in words_of(answer)


def test_the_other_language_is_that_of_the_form():
    text = Client().get(ASK, **HOST).content.decode()
    french = f"{center_in_french().url}ask/"
    assert f'<a href="{french}" lang="fr"' in text
    assert f'hreflang="fr" href="http://localhost{french}"' in text
    assert f'<link rel="canonical" href="http://localhost{ASK}">' in text
    assert f'<a href="{CENTER}"' in Client().get(ASK, **HOST).content.decode()
    assert f'href="{french}"' not in Client().get(CENTER, **HOST).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"question": ""}, "question", "Write your question."),
        ({"question": "\u200b \n"}, "question", "Write your question."),
        ({"question": "a" * 2001}, "question", "At most 2,000 characters fit; these are 2,001."),
        ({"mail": ""}, "mail", "Write a mail address or a phone number"),
        ({"mail": "aminata"}, "mail", "This is no mail address."),
        ({"mail": "a@b.example\nBcc: all@b.example"}, "mail", "This is no mail address."),
        ({"mail": "a@b.example, c@d.example"}, "mail", "This is no mail address."),
        ({"mail": "", "phone": "call me"}, "phone", "This is no phone number."),
        ({"mail": "", "phone": "12"}, "phone", "like +223"),
        ({"mail": "", "phone": "+22320702300 ext. 12"}, "phone", "This is no phone number."),
        ({"name": "a" * 101}, "name", "At most 100 characters fit; these are 101."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(typed, field, sentence):
    answer = sent(**typed)
    assert answer.status_code == 200 and not Question.objects.exists()
    form = answer.context["form"]
    assert list(form.errors) == [field] and sentence in form.errors[field][0]
    assert form["name"].value() == (TYPED | typed)["name"]
    assert "Not sent yet" in words_of(answer)
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    assert page.title.get_text().startswith("Error: Ask a question, ")
    [told] = page.select("main [role=alert]")
    assert told.find_previous("h1") and told.find_next(class_="notice--danger")
    [link] = told.select("a")
    assert link.get_text() == form.errors[field][0]
    assert page.select_one(link["href"])["name"] == field


@pytest.mark.usefixtures("compiled")
def test_counts_are_written_as_the_reader_s_language_does():
    kept = "2\u00a0000 caractères au plus\u00a0; il y en a 2\u00a0500."
    with translation.override("fr"):
        with pytest.raises(ValidationError) as refused:
            AtMost(2000)("a" * 2500)
        assert refused.value.messages == [kept]


def test_before_anything_is_sent_nothing_is_wrong():
    page = BeautifulSoup(Client().get(ASK, **HOST).content.decode(), "html.parser")
    assert page.title.get_text().startswith("Ask a question, ")
    assert not page.select("main [role=alert]")


def test_characters_are_counted_as_readers_count_them():
    assert "Up to 2,000 characters" in words_of(Client().get(ASK, **HOST))
    sent(question="é" * 1998 + "\r\n" + "é")  # an end of a line is one
    assert len(Question.objects.get().text) == 2000


def test_what_nobody_sees_is_taken_out():
    sent(question="Open\u202e on\x00 Saturday\u200b?", name="Ami\u2066nata\nTraoré")
    row = Question.objects.get()
    assert (row.text, row.name) == ("Open on Saturday?", "Aminata Traoré")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("20 70 23 00", "+22320702300"), ("+33 1 42 68 53 00", "+33142685300")],
)
def test_a_number_without_its_country_is_one_of_the_country_around(typed, stored):
    sent(mail="", phone=typed)
    assert Question.objects.get().phone == stored


def numbers_in(answer) -> set[str]:
    """Give the numbers that the field for a phone number shows, before and after a mistake."""
    form = answer.context["form"]
    return set(re.findall(r"\+\d[\d ]+\d", f"{form['phone'].help_text} {form['phone'].errors}"))


def test_the_example_is_the_mission_s_own_number_and_nobody_else_s(site):
    assert numbers_in(sent(mail="", phone="12")) == {"+223 20 70 23 00"}
    ContactPoint.objects.create(
        site=site, purpose=Purpose.SWITCHBOARD, label={"en": "Desk"}, value="+223 2070 2499"
    )
    assert numbers_in(sent(mail="", phone="12")) == {"+223 20 70 24 99"}
    assert numbers_in(Client().get(ASK, **HOST)) == {"+223 20 70 24 99"}


@pytest.mark.parametrize(
    "change",
    [{"retired": True}, {"value": ""}, {"channel": Channel.MAIL, "value": "desk@bamako.example"}],
)
def test_without_a_number_to_show_the_example_is_in_words(site, change):
    points = ContactPoint.objects.for_site(site)
    points.filter(purpose__in=[Purpose.SWITCHBOARD, Purpose.CITIZENS]).update(**change)
    answer = sent(mail="", phone="12")
    assert numbers_in(answer) == set()
    assert "+ and the code before a number of another country" in words_of(answer)
    assert "This is no phone number. Write digits" in words_of(answer)


def test_a_neighbor_s_number_is_no_example(site, dakar):
    ContactPoint.objects.create(
        site=dakar, purpose=Purpose.SWITCHBOARD, label={"fr": "Standard"}, value="+221 33 879 4000"
    )
    ContactPoint.objects.for_site(site).update(retired=True)
    assert example_of(MissionSettings.for_site(site)) == ""
    assert example_of(MissionSettings.for_site(dakar)) == "+221 33 879 40 00"


@pytest.mark.parametrize("form", [{}, {"nothing": "of it"}])
def test_an_empty_form_comes_back_with_sentences(form):
    answer = Client().post(ASK, form, **HOST)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"question", "mail"}


def test_what_went_into_the_trap_is_thanked_for_and_not_stored():
    answer = sent(confirm_topic="buy")
    assert answer.status_code == 200 and "was sent" in words_of(answer)
    assert not Question.objects.exists() and not Sending.objects.exists()


def test_the_trap_is_out_of_sight_and_out_of_the_way():
    text = Client().get(ASK, **HOST).content.decode()
    [trap] = re.findall(r'<label class="trap"[^>]*>.*?</label>', text)
    assert 'aria-hidden="true"' in trap and 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "none"}, True),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "null"}, False),
        ({"Origin": "null", "Sec-Fetch-Site": "none"}, False),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "https://localhost"}, False),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "http://localhost:81"}, False),
        ({"Origin": "http://[bad"}, False),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_only_our_own_pages_send_it(headers, taken):
    answer = sent(headers=headers)
    assert Question.objects.exists() == taken
    assert answer.status_code == (200 if taken else 403) and not answer.cookies
    if not taken:
        assert "another website sent it" in words_of(answer)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_it_takes_nothing_else(method):
    answer = getattr(Client(), method)(ASK, **HOST)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_closed_unpublished_and_foreign_offices_have_no_form(site, dakar):
    elsewhere = {"HTTP_HOST": "dakar.localhost"}
    assert Client().get(ASK, **elsewhere, follow=True).status_code == 404
    assert Client().post(ASK, TYPED, **elsewhere).status_code == 405
    assert Client().post(f"/fr{ASK}", TYPED, **elsewhere).status_code == 405
    page = center()
    restriction = page.view_restrictions.create(restriction_type="password", password="x")
    assert sent().status_code == 405 and Client().get(ASK, **HOST).status_code == 404
    restriction.delete()
    page.unpublish()
    assert sent().status_code == 405 and Client().get(ASK, **HOST).status_code == 404
    assert not Question.objects.exists()


def test_a_page_of_that_name_is_shown(home):
    parent = center()
    parent.add_child(instance=type(parent)(title="Asking", slug="ask", kind="office"))
    answer = Client().get(ASK, **HOST)
    assert "Asking" in words_of(answer) and '<textarea id="id_question"' not in words_of(answer)


def test_it_takes_constant_queries(django_assert_max_num_queries):
    Client().get(ASK, **HOST)
    with django_assert_max_num_queries(12):
        Client().get(ASK, **HOST)


SMALL = settings.QUESTIONS | {
    "limits": {"sender": 3, "target": 5, "minutes": 60, "repeat_minutes": 10}
}


@override_settings(QUESTIONS=SMALL)
def test_a_script_is_told_to_wait_and_what_was_typed_stays():
    answers = [sent(question=f"Question {n}?") for n in range(20)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 17
    assert Question.objects.count() == 3
    last = answers[-1]
    assert 0 < int(last["Retry-After"]) <= 3600 and not last.cookies
    assert "Question 19?" in last.content.decode()
    assert "what you typed is still here" in words_of(last) and "+223" in words_of(last)
    assert "no-store" in last["Cache-Control"]


@override_settings(QUESTIONS=SMALL)
def test_many_addresses_are_stopped_at_the_office():
    codes = [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post(ASK, TYPED | {"name": str(n)}, **HOST)
        for n in range(8)
    ]
    assert [answer.status_code for answer in codes] == [200] * 5 + [429] * 3
    assert "This office was asked very many" in words_of(codes[-1])


def test_pressed_twice_it_is_stored_once_with_one_reference():
    first, again = words_of(sent()), words_of(sent())
    assert Question.objects.count() == 1
    assert Question.objects.get().reference in first and first == again
    sent(question="Another?")
    assert Question.objects.count() == 2


def test_of_the_sender_nothing_is_kept_that_leads_back():
    Client(REMOTE_ADDR="203.0.113.7").post(ASK, TYPED, **HOST)
    row = Sending.objects.get()
    kept = " ".join(str(getattr(row, field.name)) for field in Sending._meta.fields)
    assert "203.0.113" not in kept and "aminata" not in kept.lower()
    assert len(SendingSalt.objects.get().salt) == 64
