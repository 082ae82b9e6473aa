"""The fixed words of warnings: levels, the enumerations of CAP 1.2, and the allowed transitions."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Travel advisory levels, in use since January 10, 2018."""

    NORMAL = 1, _("Exercise Normal Precautions")
    INCREASED = 2, _("Exercise Increased Caution")
    RECONSIDER = 3, _("Reconsider Travel")
    DO_NOT = 4, _("Do Not Travel")


def level_in_full(level: int) -> str:
    """Name a level by number and words, in the active language."""
    return gettext("Level %(level)s (%(name)s)") % {"level": level, "name": Level(level).label}


class Urgency(models.TextChoices):
    """How soon to act (CAP urgency)."""

    IMMEDIATE = "Immediate", _("Act now")
    EXPECTED = "Expected", _("Act within the hour")
    FUTURE = "Future", _("Act in the near future")
    PAST = "Past", _("No longer required")
    UNKNOWN = "Unknown", _("Not known")


class Severity(models.TextChoices):
    """How grave it is (CAP severity)."""

    EXTREME = "Extreme", _("Extraordinary threat")
    SEVERE = "Severe", _("Significant threat")
    MODERATE = "Moderate", _("Possible threat")
    MINOR = "Minor", _("Minimal threat")
    UNKNOWN = "Unknown", _("Not known")


class Certainty(models.TextChoices):
    """How sure it is (CAP certainty)."""

    OBSERVED = "Observed", _("Has happened or is going on")
    LIKELY = "Likely", _("Likely")
    POSSIBLE = "Possible", _("Possible")
    UNLIKELY = "Unlikely", _("Unlikely")
    UNKNOWN = "Unknown", _("Not known")


class Category(models.TextChoices):
    """What it is about (CAP category)."""

    GEO = "Geo", _("Earth and ground")
    MET = "Met", _("Weather and floods")
    SAFETY = "Safety", _("Public safety")
    SECURITY = "Security", _("Security")
    RESCUE = "Rescue", _("Rescue and recovery")
    FIRE = "Fire", _("Fire")
    HEALTH = "Health", _("Health")
    ENV = "Env", _("Environment")
    TRANSPORT = "Transport", _("Transport")
    INFRA = "Infra", _("Services and networks")
    CBRNE = "CBRNE", _("Chemical, biological, radiological, nuclear, explosive")
    OTHER = "Other", _("Other")


class ResponseType(models.TextChoices):
    """What people should do (CAP responseType)."""

    SHELTER = "Shelter", _("Take shelter")
    EVACUATE = "Evacuate", _("Leave the area")
    PREPARE = "Prepare", _("Prepare")
    EXECUTE = "Execute", _("Do as planned beforehand")
    AVOID = "Avoid", _("Avoid the area")
    MONITOR = "Monitor", _("Follow the news")
    ASSESS = "Assess", _("Judge for yourself")
    ALL_CLEAR = "AllClear", _("The danger is over")
    NONE = "None", _("Nothing to do")


ALERT_BLOCKS = [
    ("location", _("Location")),
    ("event", _("Event")),
    ("actions", _("Actions to take")),
    ("assistance", _("Assistance")),
]


class Status(models.TextChoices):
    """Whether it is meant (CAP status)."""

    ACTUAL = "Actual", _("Real")
    EXERCISE = "Exercise", _("Exercise")
    TEST = "Test", _("Test")


def drill_word(status: str) -> str:
    """Give the word that stands beside every headline of a drill; nothing for what is meant."""
    return "" if status == Status.ACTUAL else str(Status(status).label).upper()


class ToldStaff(models.TextChoices):
    """What mission staff were told of a threat (7 FAM 052: the public is told the same)."""

    SAME = "same", _("The same as this alert says")
    NOTHING = "nothing", _("Nothing")


class State(models.TextChoices):
    """Where the words under way of a warning stand."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    ISSUED = "issued", _("Issued")


class Act(models.TextChoices):
    """What an issue does to a warning."""

    ISSUE = "issue", _("First issue")
    UPDATE = "update", _("Update")
    WORDING = "wording", _("Wording only")
    LANGUAGE = "language", _("Another language")
    REVIEWED = "reviewed", _("Reviewed, no change")
    CANCEL = "cancel", _("Cancellation")
    ALL_CLEAR = "all_clear", _("All clear")


class Right(models.TextChoices):
    """What an account may be allowed to do with its mission's warnings."""

    WRITE = "write_issue", _("write warnings")
    APPROVE = "approve_issue", _("approve warnings that others wrote")
    BREAK_GLASS = "break_glass_issue", _("issue a warning alone")


@dataclass(frozen=True)
class Transition:
    """A step that is allowed: from which states to which, and who may take it."""

    sources: tuple[State, ...]
    target: State
    right: Right
    by_another: bool = False  # not one of those who wrote the words
    of_end: bool | None = None  # True: only what ends or reviews it; False: only words


UNDER_WAY = (State.DRAFT, State.RETURNED)

# The whole life of a warning's words. What is not here cannot happen.
TRANSITIONS = {
    "write": Transition(UNDER_WAY, State.DRAFT, Right.WRITE),
    "submit": Transition(UNDER_WAY, State.REVIEW, Right.WRITE),
    "withdraw": Transition((State.REVIEW,), State.DRAFT, Right.WRITE, of_end=False),
    "take_back": Transition((State.REVIEW,), State.ISSUED, Right.WRITE, of_end=True),
    "return": Transition((State.REVIEW,), State.RETURNED, Right.APPROVE),
    "approve": Transition((State.REVIEW,), State.ISSUED, Right.APPROVE, by_another=True),
    "break_glass": Transition((*UNDER_WAY, State.REVIEW), State.ISSUED, Right.BREAK_GLASS),
    "confirm": Transition((State.ISSUED,), State.ISSUED, Right.APPROVE, by_another=True),
    "reopen": Transition((State.ISSUED,), State.DRAFT, Right.WRITE),
    "end": Transition((State.ISSUED,), State.REVIEW, Right.WRITE),
    "discard": Transition(UNDER_WAY, State.ISSUED, Right.WRITE),
}

# What may follow on an issue of each kind of warning: acts that reopen the words, and acts that
# are submitted as they are.
REOPENING = {
    "alert": (Act.UPDATE, Act.WORDING, Act.LANGUAGE),
    "advisory": (Act.UPDATE, Act.WORDING, Act.LANGUAGE),
}
ENDING = {"alert": (Act.CANCEL, Act.ALL_CLEAR), "advisory": (Act.REVIEWED,)}
ENDS_IT = (Act.CANCEL, Act.ALL_CLEAR)

MESSAGE_TYPES = {Act.ISSUE: "Alert", Act.CANCEL: "Cancel"}  # in CAP; all else is an Update


def message_type(act: str) -> str:
    """Give CAP's msgType for an act."""
    return MESSAGE_TYPES.get(act, "Update")


# Acts after which nobody who was told before needs to be told again.
NOTIFIES_NOBODY = (Act.WORDING, Act.REVIEWED)


class Why(models.TextChoices):
    """Why a message did not arrive; `%(detail)s` is a code, never words of somebody else."""

    HOST_UNKNOWN = "host_unknown", _("The host name is not known. Check how it is written.")
    PRIVATE = "private", _("The address leads into a private network, which is not allowed here.")
    NO_ADDRESS = "no_address", _("This is no address that a message can be sent to.")
    INSECURE = "insecure", _("The address must begin with https://.")
    NO_CONNECTION = "no_connection", _("Nothing answers at the address.")
    CERTIFICATE = "certificate", _("The certificate of the address cannot be trusted.")
    TOO_SLOW = "too_slow", _("No answer came in time.")
    BROKEN_OFF = "broken_off", _("The connection broke off before an answer came.")
    STATUS = "status", _("It answered with status %(detail)s instead of 200.")
    REDIRECT = "redirect", _("It pointed elsewhere (status %(detail)s). Enter the new address.")
    RETIRED = "retired", _("The webhook is no longer in use.")
    NO_ACCOUNT = "no_account", _("The account is closed or has no mail address.")
    MAIL_REFUSED = "mail_refused", _("The mail server refused the mail (code %(detail)s).")
    MAIL_SERVER = "mail_server", _("The mail server cannot be reached.")
    CUT_SHORT = "cut_short", _("The worker ended before an answer came.")
    UNEXPECTED = "unexpected", _("Something unexpected went wrong (%(detail)s).")

    def sentence(self, detail: str = "") -> str:
        """Say it in the reader's language."""
        return str(self.label) % {"detail": detail}
