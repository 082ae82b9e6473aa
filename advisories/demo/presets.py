"""What alerts of the demo mission start out as: three things that happen again and again."""

from functools import partial

from advisories.demo.reference import kind_key
from advisories.models import AlertPreset
from advisories.vocabulary import Category, Certainty, ResponseType, Severity, Urgency
from embassy.demo import demo_site, made, once, part_of_demo
from embassy.fields import Texts

ASSISTANCE = Texts(
    en="If you are a U.S. citizen and need help, call us.",
    fr="Si vous êtes citoyen américain et avez besoin d’aide, appelez-nous.",
)

PRESETS = [
    {
        "name": Texts(en="Demonstration", fr="Manifestation"),
        "kind": "demonstration-alert",
        "hours": 12,
        "category": Category.SAFETY,
        "urgency": Urgency.EXPECTED,
        "severity": Severity.MODERATE,
        "certainty": Certainty.LIKELY,
        "response_type": ResponseType.AVOID,
        "title": Texts(en="Demonstration in Bamako", fr="Manifestation à Bamako"),
        "actions": Texts(
            en="- Avoid the area and any crowd.\n- Keep a low profile.\n- Follow the local media.\n"
            "- Review your own security plans.",
            fr="- Évitez ce secteur et tout attroupement.\n- Restez discret.\n- Suivez les médias "
            "locaux.\n- Vérifiez vos propres plans de sécurité.",
        ),
    },
    {
        "name": Texts(en="Heavy rain", fr="Fortes pluies"),
        "kind": "weather-alert",
        "hours": 24,
        "category": Category.MET,
        "urgency": Urgency.EXPECTED,
        "severity": Severity.MODERATE,
        "certainty": Certainty.LIKELY,
        "response_type": ResponseType.PREPARE,
        "title": Texts(en="Heavy rain and flooding", fr="Fortes pluies et inondations"),
        "actions": Texts(
            en="- Stay away from flooded roads and from the river.\n- Move to higher ground if "
            "water rises.\n- Charge your phone while there is power.",
            fr="- Restez loin des routes inondées et du fleuve.\n- Montez vers un lieu plus élevé "
            "si l’eau monte.\n- Chargez votre téléphone tant qu’il y a du courant.",
        ),
    },
    {
        "name": Texts(en="Embassy closed", fr="Ambassade fermée"),
        "kind": "message-for-us-citizens",
        "hours": 24,
        "category": Category.OTHER,
        "urgency": Urgency.FUTURE,
        "severity": Severity.MINOR,
        "certainty": Certainty.OBSERVED,
        "response_type": ResponseType.MONITOR,
        "title": Texts(en="The embassy is closed", fr="L’ambassade est fermée"),
        "location": Texts(en="U.S. Embassy in Bamako", fr="Ambassade des États-Unis à Bamako"),
        "actions": Texts(
            en="- Come on the next working day.\n- In an emergency, call the number below.",
            fr="- Venez le prochain jour ouvrable.\n- En cas d’urgence, appelez le numéro "
            "ci-dessous.",
        ),
    },
]


@part_of_demo(67, "presets of alerts")
def presets() -> int:
    """Make the presets."""
    rows = AlertPreset.objects.for_site(demo_site())
    return sum(
        once(
            f"preset:{preset['name']['en']}",
            preset["name"]["en"],
            make=partial(make, order * 10, preset),
            same=rows.filter(name__en=preset["name"]["en"]).first,
        )
        for order, preset in enumerate(PRESETS, start=1)
    )


def make(order: int, preset: dict) -> AlertPreset:
    """Make a preset of a kind of alert."""
    fields = {"assistance": ASSISTANCE, **preset, "sort_order": order}
    fields["kind"] = made(kind_key(preset["kind"]))
    return AlertPreset.objects.create(site=demo_site(), **fields)
