"""Characters that nobody sees: which are refused, with what sentence, and which are needed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from embassy.fields import Texts, check_texts
from embassy.models import Place
from embassy.texts.invisible import invisible_in, refuse_invisible, without_invisible

TURNING = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
OTHERS = [
    *(n for n in range(0x20) if n not in (0x09, 0x0A, 0x0D)),
    *range(0x7F, 0xA0),
    *(0x200B, 0x2028, 0x2029, *range(0x2060, 0x2065), *range(0x206A, 0x2070), 0xFEFF, 0xFFF9),
]


@pytest.mark.parametrize("number", TURNING)
def test_what_turns_text_around_is_named_with_its_place(number):
    text = f"Road to Ségou{chr(number)} open"
    assert invisible_in(text) == (
        "Remove the invisible character that turns the direction of text around: "
        f"U+{number:04X}, after “Road to Ségou”."
    )
    assert without_invisible(text) == "Road to Ségou open"


@pytest.mark.parametrize("number", OTHERS)
def test_what_only_programs_read_is_named_too(number):
    assert invisible_in(f"Roads{chr(number)} open") == (
        f"Remove the invisible character: U+{number:04X}, after “Roads”."
    )


def test_one_at_the_beginning_is_said_to_stand_there():
    assert invisible_in("\ufeffRoads") == (
        "Remove the invisible character: U+FEFF, at the beginning."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ségou : « l’accès » est fermé\u202f; 10\u00a0%",
        "- Avoid it.\r\n- Go home.\tNow.",
        "نمی\u200cخواهم سفر کنم",  # a joiner that Persian needs
        "👨\u200d👩\u200d👧 families",
        "re\u00adopened",
        "תל אביב",
        "",
    ],
)
def test_what_a_language_needs_is_let_through(text):
    assert invisible_in(text) == ""
    assert without_invisible(text) == text


def test_all_texts_of_a_structure_are_looked_at():
    assert "U+202E" in invisible_in({"a": [1, None, {"b": "x\u202ey"}], "c": "z"})
    assert invisible_in({"a": [1, None, {"b": "xy"}], "c": True}) == ""
    with pytest.raises(ValidationError, match=r"U\+200B"):
        refuse_invisible(Texts(en="a", fr="b\u200b"))


def test_a_name_in_any_language_is_refused_at_its_field(site):
    place = Place.objects.filter(site=site).first()
    place.name = Texts(en="Gao", fr="Gao\u202e")
    with pytest.raises(ValidationError) as refused:
        place.full_clean()
    assert list(refused.value.message_dict) == ["name"]
    check_texts(place.name)


def test_the_sentence_is_in_french_too(compiled):
    with override("fr"):
        assert invisible_in("Route\u202e") == (
            "Retirez le caractère invisible qui inverse le sens du texte\u00a0: "
            "U+202E, après «\u00a0Route\u00a0»."
        )
