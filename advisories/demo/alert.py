"""The Emergency Message of February 2, 2012, under its own name and with its own numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from advisories.demo.record import put_on_record
from advisories.demo.reference import kind_key
from advisories.models import AlertContact, AlertPage, AlertText
from advisories.vocabulary import Category, Certainty, ResponseType, Severity, Urgency
from embassy.demo import demo_site, fill_once, made, page_once, part_of_demo, quoting
from embassy.demo.contacts import (
    CONSULAR_2012,
    DUTY_2012,
    DUTY_2012_SECOND,
    FROM_ABROAD,
    FROM_THE_STATES,
)
from embassy.demo.sources import MESSAGE_PAGE, listed
from embassy.demo.words import french
from embassy.fields import Texts
from embassy.models import Place

INDEX = "alerts"
SLUG = "emergency-message-2012-02-02"
EFFECTIVE = datetime(2012, 2, 2, tzinfo=ZoneInfo("Africa/Bamako"))
PLACES = ["bamako", "kati", "segou", "sikasso", "koulikoro", "gao"]
SUMMARY = (
    "Violent protests spread from Kati on February 2, 2012. The embassy asked U.S. citizens to "
    "limit their movements and to avoid northern Mali."
)

INDEX_SUMMARY = "What is in force now, what to do and whom to call; and messages of the past."
INDEX_SUMMARY_IN_FRENCH = (
    "Ce qui est en vigueur, que faire et qui appeler ; et les messages du passé."
)

ENGLISH = {
    "title": "Emergency Message for U.S. Citizens: Civil Unrest in Bamako Area",
    "location": (
        "Protests: Bamako, Kati, Ségou, Sikasso, Koulikoro and Gao.\n\nArmed conflict: northern "
        "Mali."
    ),
    "event": (
        "This message informs U.S. citizens of the conflict in Mali and of the security "
        "situation.\n\n"
        "People are angry about recent military deaths in the North. On February 1, protests in "
        "Kati became violent; on February 2, they began to spread through the country. Incidents "
        "are reported from Bamako, Kati, Ségou, Sikasso, Koulikoro and Gao; they include some "
        "attacks on businesses, residences and cars.\n\n"
        "In the north, the conflict goes on. Parties to it are the National Movement for "
        "Liberation of the Azawad (MNLA), the Malian military and other armed groups. The "
        "situation cannot be predicted, and the instability could spread. Nobody has made targets "
        "of private citizens. On its websites, the MNLA has indicated that it intends military "
        "operations across northern Mali.\n\n"
        "Earlier Emergency Messages reported kidnappings. On November 24, two French nationals "
        "were kidnapped in Hombori, in eastern Mali. On November 25 in Timbuktu, a German national "
        "was killed; one Dutch, one South African and one Swedish national were kidnapped. The "
        "Travel Warning of October 4, 2011 warns of the risk of travel to Mali and of possible "
        "kidnapping of Westerners."
    ),
    "actions": (
        "- Limit your movements over the next few days.\n"
        "- Exercise caution, stay vigilant, and know at all times what happens around you.\n"
        "- Take the security precautions that your own safety requires, and keep up good personal "
        "security habits.\n"
        "- Avoid travel to northern Mali; the embassy continues to recommend this strongly.\n"
        "- Follow the local media.\n"
        "- Look at the embassy’s website for news and for further Emergency Messages, which may "
        "suggest more safety and security measures.\n"
        "- Read the Travel Warning for Mali of October 4, 2011.\n"
        "- If you live in Mali or travel there, enroll in the Smart Traveler Enrollment Program "
        "(STEP), and tell us your travel plans in advance.\n"
        "- Keep your details in STEP current, above all the phone number and the e-mail address at "
        "which you can be reached in an emergency."
    ),
    "assistance": (
        "Through STEP we can send you important safety and security announcements, and your "
        "friends and family can reach you when there is an emergency. The embassy cannot keep you "
        "from going somewhere in spite of its Travel Warning; to let us know your plans serves "
        "your own safety and your family’s peace of mind.\n\n"
        "The website of the Bureau of Consular Affairs carries the Worldwide Caution, Travel "
        "Warnings, Travel Alerts and Country Specific Information. You can also follow the embassy "
        "on Twitter and the bureau on Facebook, or use the free Smart Traveler app for iPhone.\n\n"
        "Without internet access, call the safety information lines. The embassy is at ACI 2000, "
        "Rue 243, Porte 297. After hours, reach the Embassy Duty Officer through the Marine Guard."
    ),
}

FRENCH = {
    "title": "Message d’urgence aux citoyens américains : troubles dans la région de Bamako",
    "location": (
        "Manifestations : Bamako, Kati, Ségou, Sikasso, Koulikoro et Gao.\n\n"
        "Conflit armé : le nord du Mali."
    ),
    "event": (
        "Ce message informe les citoyens américains du conflit en cours au Mali et des conditions "
        "de sécurité.\n\n"
        "La colère suscitée par la mort récente de militaires dans le Nord a donné lieu à des "
        "manifestations violentes à Kati le 1er février, qui ont commencé à s’étendre au pays le 2 "
        "février. Des incidents sont signalés à Bamako, Kati, Ségou, Sikasso, Koulikoro et Gao, "
        "dont quelques attaques contre des commerces, des habitations et des voitures.\n\n"
        "Dans le Nord, le conflit se poursuit. Y sont parties le Mouvement national pour la "
        "libération de l’Azawad (MNLA), l’armée malienne et d’autres groupes armés. La situation "
        "est imprévisible et l’instabilité pourrait s’étendre. Les particuliers n’ont pas été "
        "pris pour cible. Sur ses sites internet, le MNLA a fait savoir qu’il entend mener des "
        "opérations militaires dans tout le nord du Mali.\n\n"
        "De précédents messages d’urgence ont signalé des enlèvements. Le 24 novembre, deux "
        "ressortissants français ont été enlevés à Hombori, dans l’est du Mali. Le 25 novembre, à "
        "Tombouctou, un ressortissant allemand a été tué et un Néerlandais, un Sud-Africain et un "
        "Suédois ont été enlevés. La mise en garde aux voyageurs (Travel Warning) du 4 octobre "
        "2011 signale les risques d’un voyage au Mali et la menace d’enlèvement d’Occidentaux."
    ),
    "actions": (
        "- Limitez vos déplacements dans les prochains jours.\n"
        "- Soyez prudent, restez vigilant et attentif à tout moment à ce qui se passe autour de "
        "vous.\n"
        "- Prenez les précautions qu’exige votre sécurité et gardez de bonnes habitudes en la "
        "matière.\n"
        "- Évitez tout voyage dans le nord du Mali ; l’ambassade continue de le recommander "
        "fermement.\n"
        "- Suivez les médias locaux.\n"
        "- Consultez le site de l’ambassade pour d’autres informations et d’autres messages "
        "d’urgence, qui pourront proposer de nouvelles mesures de sécurité.\n"
        "- Lisez la mise en garde aux voyageurs (Travel Warning) sur le Mali du 4 octobre 2011.\n"
        "- Inscrivez-vous au Smart Traveler Enrollment Program (STEP) si vous vivez au Mali ou "
        "vous y rendez, et indiquez-nous vos projets de voyage à l’avance.\n"
        "- Tenez à jour vos informations dans STEP, surtout le numéro de téléphone et l’adresse "
        "électronique où l’on peut vous joindre en cas d’urgence."
    ),
    "assistance": (
        "Grâce à STEP, nous pouvons vous envoyer les annonces importantes de sécurité, et vos "
        "proches peuvent entrer en contact avec vous en cas d’urgence. L’ambassade ne peut pas "
        "vous empêcher de vous rendre quelque part malgré la mise en garde ; nous faire part de "
        "vos projets sert votre sécurité et la tranquillité de votre famille.\n\n"
        "Le site du Bureau des affaires consulaires publie la mise en garde mondiale (Worldwide "
        "Caution), les mises en garde et alertes aux voyageurs et les informations par pays. Vous "
        "pouvez aussi suivre l’ambassade sur Twitter et le Bureau sur Facebook, ou utiliser "
        "l’application gratuite Smart Traveler pour iPhone.\n\n"
        "Sans accès à internet, appelez les lignes d’information sur la sécurité. L’ambassade se "
        "trouve à ACI 2000, Rue 243, Porte 297. En dehors des heures de bureau, joignez l’agent de "
        "permanence de l’ambassade par l’intermédiaire de la garde des Marines."
    ),
}


@part_of_demo(72, "message of 2012")
def message_of_2012() -> int:
    """Make the message; its source has no machine values, so those it leaves open are unknown."""
    filled = fill_once(INDEX, index_words)
    return filled + page_once(INDEX, AlertPage, SLUG, ENGLISH["title"], words, put_on_record)


def index_words() -> dict:
    """Give what the list of alerts says."""
    return {
        "summary": INDEX_SUMMARY,
        "titles": Texts(en="Alerts", fr="Alertes"),
        "summaries": Texts(en=INDEX_SUMMARY, fr=french(INDEX_SUMMARY_IN_FRENCH)),
    }


def words() -> dict:
    """Give what the message holds."""
    return {
        "summary": SUMMARY,
        "kind": made(kind_key("emergency-message")),
        "effective": EFFECTIVE,
        "is_historic": True,
        "issued_by_whom": "U.S. Embassy Bamako, Mali",
        "category": Category.SECURITY,
        "urgency": Urgency.PAST,
        "severity": Severity.UNKNOWN,
        "certainty": Certainty.OBSERVED,
        "response_type": ResponseType.AVOID,
        "places": list(Place.objects.filter(site=demo_site(), code__in=PLACES)),
        "texts": [
            AlertText(sort_order=0, language="en", **ENGLISH),
            AlertText(sort_order=1, language="fr", **typeset(FRENCH)),
        ],
        "contact_rows": quoting(
            AlertContact, FROM_THE_STATES, FROM_ABROAD, CONSULAR_2012, DUTY_2012, DUTY_2012_SECOND
        ),
        "sources": listed(MESSAGE_PAGE),
    }


def typeset(words: dict[str, str]) -> dict[str, str]:
    """Give French words as they are set."""
    return {name: french(text) for name, text in words.items()}
