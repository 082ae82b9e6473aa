"""A phone number typed into a text is told from dates, counts, sums, years and hours."""

import pytest

from embassy.texts.typed_numbers import phone_numbers_in

KNOWN = ["+223 2070 2300", "+12025014444"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call +223 2070 2300.", "+223 2070 2300"),
        ("Call +22320702300 now", "+22320702300"),
        ("Appelez le (+223) 20 70 23 00", "(+223) 20 70 23 00"),
        ("00 223 20 70 23 00", "00 223 20 70 23 00"),
        ("0022366752860", "0022366752860"),
        ("WhatsApp at +502-5188-1819.", "+502-5188-1819"),
        ("Dial +1-888-407-4747 for help", "+1-888-407-4747"),
        ("Dial 1-888-407-4747", "1-888-407-4747"),
        ("(202) 501-4445", "(202) 501-4445"),
        ("call 6675-2860 at night", "6675-2860"),
        ("call 6675\u20112860", "6675\u20112860"),
        ("call 6675–2860", "6675–2860"),
        ("Tél.66 75 28 60", "66 75 28 60"),
        ("Tél\u00a0: 66.75.28.60", "66.75.28.60"),
        ("66\u00a075\u00a028\u00a060", "66\u00a075\u00a028\u00a060"),
        ("Room 24, 6675 2860", "6675 2860"),
        ("012-800-473/023-995-437", "012-800-473"),
        ("+221 33 879 40 00", "+221 33 879 40 00"),
        ("33 879 40 00", "33 879 40 00"),
        ("gate 12 6675-2860", "6675-2860"),
    ],
)
def test_a_number_to_call_is_found_as_it_is_typed(text, number):
    assert phone_numbers_in(text)[0] == number


@pytest.mark.parametrize(
    "text",
    [
        "Since 2012, in 2025-2026 and in 2012 2013 2014.",
        "On 10/01/2026, 10.01.2026, 10-01-2026, 10 01 2026 and 2026-01-10.",
        "2026-01-10 07:30, 2026-01-10T07:30:00+00:00, 2026-01-10-07-30",
        "1,234,567 people and 12,345,678 more; 1.234.567; 12.345.678,50",
        "1 234 567 habitants, 12\u00a0000\u00a0000 de francs, 1\u202f500\u202f000\u202f000",
        "In 2025 10 000 000 people",
        "At 12.639200, -8.002900; 12.6392 N 8.0029 W; 12°38′21″",
        "From 07:30 to 18:00, 07:30-18:00, 0730-1800 and 0800–1700",
        "Ages 18-60, ext. 2570, poste 2570, Rue 243, Porte 297, ACI 2000",
        "31 C.F.R. 515.560, 3.5 and 10-15 km",
        "1000-2000 protesters, 5000–6000 francs, 10 000-20 000",
        "Decree no. 2026-0112/PM-RM",
        "+30 °C, +1 000 000, 1,000+ people, 24/7, 911",
        "20702300 in one piece, and 555-0123",
        "https://example.org/2026-01-10/1234",
        "",
    ],
)
def test_what_is_none_is_left_alone(text):
    assert phone_numbers_in(text) == []


@pytest.mark.parametrize(
    "text",
    ["20702300", "2070-2300", "20 702 300", "22320702300", "0022320702300", "+223 20-70-23-00"],
)
def test_a_known_number_is_found_however_it_is_grouped(text):
    assert phone_numbers_in(f"Call {text}.", KNOWN) == [text]


@pytest.mark.parametrize("text", ["120702300", "207023001", "20,702,300", "202501444"])
def test_a_longer_or_shorter_one_is_not_the_known_one(text):
    assert phone_numbers_in(f"Call {text}.", KNOWN) == []


def test_each_is_given_once_in_the_order_of_the_text():
    text = "First 66 75 28 60, then 2070-2300, then +1 202 501 4444."
    assert phone_numbers_in(text, KNOWN) == ["66 75 28 60", "2070-2300", "+1 202 501 4444"]
