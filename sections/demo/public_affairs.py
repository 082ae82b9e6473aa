"""The Public Affairs Section and its offices, the American Center among them."""

from embassy.demo.words import text
from sections.demo.office import OFFICE, Office

PRESS = Office(
    title="Press Office",
    kind=OFFICE,
    summary=(
        "Explains U.S. foreign policy to the media in Mali and answers what journalists ask about "
        "official U.S. policy."
    ),
    body=(
        text(
            "The office makes U.S. foreign policy known and handles every media inquiry about the "
            "official policy of the U.S. government."
        ),
    ),
    services=(
        "Information and help for Malian media",
        "Answers to media inquiries about official U.S. policy",
        "Official texts, transcripts and statements for local media: the daily Washington File, "
        "electronic journals, press releases",
        "Press conferences and interviews in which U.S. officials and academics speak: in person, "
        "on American Embassy Television, or by digital video conference",
    ),
)

CULTURAL = Office(
    title="Cultural and Exchange Office",
    kind=OFFICE,
    summary=(
        "Runs educational exchanges and cultural activities that connect people in Mali and the "
        "United States."
    ),
    body=(
        text(
            "The programs serve professional, academic and cultural ties. With Malian "
            "institutions, the office prepares events at which U.S. academics, specialists, "
            "writers and artists speak."
        ),
    ),
    services=(
        "Educational exchange programs",
        "Cultural activities",
        "Workshops, lectures and presentations, organized with Malian institutions",
    ),
)

AMERICAN_CENTER = Office(
    title="American Center Bamako (ACB)",
    slug="american-center-bamako",
    kind=OFFICE,
    summary=(
        "The embassy’s research and reference center, open to the public: books and periodicals in "
        "English and French, fast internet, and help with research."
    ),
    body=(
        text("The center keeps Malians up to date about the United States:"),
        text(["politics", "news and opinions", "government", "society", "history", "culture"]),
        text("Its information specialists are trained to help you find what you need."),
    ),
    services=(
        "High-speed internet",
        "Word processing software",
        "Research help with access to electronic journals",
        "Support by librarians",
    ),
    ways_to_ask=("By telephone", "By e-mail", "In person, during working hours"),
    questions_to="center@bamako.example",  # no such host: nothing reaches a real office
    collections=(
        "Books in English and French, for reference and on loan",
        "Magazines and periodicals in English and French, for reference and on loan",
        "Electronic journals",
    ),
)

PUBLIC_AFFAIRS = Office(
    title="Public Affairs Section",
    also_known_as="American Cultural Center",
    summary=(
        "Explains U.S. foreign policy, culture and society, and keeps up the dialogue between Mali "
        "and the United States."
    ),
    body=(text("It does so through its offices, and through support for teaching English."),),
    services=(
        "Educational exchange programs",
        "Media relations",
        "Cultural activities",
        "Support for English language training",
    ),
    below=(PRESS, CULTURAL, AMERICAN_CENTER),
)
