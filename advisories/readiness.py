"""Whether the words under way are ready to be read by an approver: the checklist before submit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from advisories.headlines import levels_named
from advisories.languages import fault_in
from advisories.models.issued import Issued
from advisories.typed import Typed, typed_in
from advisories.verbs import begins_with_verb
from advisories.vocabulary import ALERT_BLOCKS, Severity, Urgency
from embassy.approval import Refused
from embassy.language.languages import language_name
from embassy.roles import whom_to_ask
from embassy.texts.invisible import invisible_in

LONGEST_TEXT = 5000  # characters of one block; longer ones are read by nobody on a phone


@dataclass(frozen=True)
class Check:
    """One line of the checklist."""

    ok: bool
    what: str
    todo: str = ""
    is_to_read: bool = False  # it holds, and asks for a look all the same


def check_ready(words, at: datetime) -> None:
    """Refuse words of which any line of the checklist does not hold."""
    todo = [check.todo for check in checklist(words, at) if not check.ok]
    if todo:
        raise Refused(" ".join(todo))


def checklist(words, at: datetime) -> list[Check]:
    """Give the checklist of a warning with the words under way."""
    return list(words.checks(at))


def checks_of_alert(alert, at: datetime) -> Iterator[Check]:
    """Check an alert as an officer would; before its kind and its beginning there is none."""
    if not alert.kind_id or not alert.effective:
        yield Check(False, "", _("Choose what kind of alert it is and when it begins."))
        return
    yield check_of_languages(alert)
    for text in alert.texts.all():
        yield from checks_of_text(text)
    yield from checks_of_typed_numbers(alert)
    yield check_of_invisible(alert, at)
    contacts = [row.contact for row in alert.contact_rows.all()]
    yield Check(
        any(c.is_phone and c.value and not c.retired for c in contacts) or alert.is_historic,
        _("A phone number to call"),
        _("Choose a contact point with a phone number under “Whom to call”."),
    )
    yield check_of_end(alert, at)
    yield Check(
        alert.is_historic
        or (alert.urgency != Urgency.UNKNOWN and alert.severity != Severity.UNKNOWN),
        _("Urgency and severity are known"),
        _("Say how soon to act and how grave it is."),
    )
    yield Check(
        bool(alert.told_staff) or alert.is_historic,
        _("The public is told what staff are told"),
        _("Answer the question of what mission staff were told."),
    )


def check_of_languages(words) -> Check:
    """Check that each text is in another language, and each of them one of the mission's."""
    todo = fault_in([text.language for text in words.texts.all()], words.mission.languages)
    return Check(not todo, _("The texts are in the mission’s languages, one in each"), todo)


def checks_of_typed_numbers(words) -> Iterator[Check]:
    """Name each phone number that was typed; what the Department's feed typed is to be read."""
    typed = typed_in(words)
    yield from (check_of_typed_number(one) for one in typed)
    if all(one.from_feed for one in typed):
        yield Check(True, _("No phone number was typed: those to call are contact points"))


def check_of_typed_number(typed: Typed) -> Check:
    """Say where a number was typed, and what to do instead."""
    about = {
        "language": language_name(typed.language),
        "part": typed.part,
        "number": typed.number,
    }
    if typed.from_feed:
        note = _(
            "%(language)s: “%(part)s” has the phone number %(number)s as the Department’s feed "
            "gave it. Check that it is right; nobody here is told when it changes."
        )
        return Check(True, note % about, is_to_read=True)
    todo = _(
        "%(language)s: the phone number %(number)s was typed into “%(part)s”. Take it out and "
        "choose its contact point under “Whom to call”, where a changed number is noticed. If "
        "there is none yet, make it under Mission facts, Contact points."
    )
    return Check(False, "", f"{todo % about} {whom_to_ask('embassy.contactpoint')}")


def check_of_invisible(words, at: datetime) -> Check:
    """Check everything that would be frozen, names that are only quoted too."""
    found = ((row.language, invisible_in(row.content)) for row in words.freeze(at))
    language, sentence = next((one for one in found if one[1]), ("", ""))
    todo = _("%(language)s: %(sentence)s")
    return Check(
        not sentence,
        _("No character that nobody sees"),
        todo % {"language": language_name(language), "sentence": sentence},
    )


def checks_of_text(text) -> Iterator[Check]:
    """Check an alert's words in one language."""
    language = language_name(text.language)
    empty = [heading for name, heading in ALERT_BLOCKS if not getattr(text, name).strip()]
    yield Check(
        not empty,
        _("%(language)s: all four blocks are filled") % {"language": language},
        _("%(language)s: fill in %(blocks)s.")
        % {"language": language, "blocks": ", ".join(str(heading) for heading in empty)},
    )
    yield Check(
        begins_with_verb(text.actions, text.language),
        _("%(language)s: the actions say what to do") % {"language": language},
        _("%(language)s: begin each action with a verb, like “Avoid …”.") % {"language": language},
    )
    long = [heading for name, heading in ALERT_BLOCKS if len(getattr(text, name)) > LONGEST_TEXT]
    yield Check(
        not long,
        _("%(language)s: short enough to be read") % {"language": language},
        _("%(language)s: shorten %(blocks)s to %(limit)s characters.")
        % {
            "language": language,
            "blocks": ", ".join(str(heading) for heading in long),
            "limit": LONGEST_TEXT,
        },
    )


def check_of_end(alert, at: datetime) -> Check:
    """Check that an alert ends in the future and not later than its kind allows."""
    what = _("It ends by itself, in time")
    if alert.is_historic:
        return Check(True, what)
    if not alert.expires or alert.expires <= at:
        return Check(False, what, _("Choose an end that is still to come."))
    hours = alert.kind.longest_hours
    latest = max(alert.effective, at) + timedelta(hours=hours)
    todo = _("Alerts of this kind last %(hours)s hours at most: choose an earlier end.")
    return Check(alert.expires <= latest, what, todo % {"hours": hours})


def checks_of_advisory(advisory, at: datetime) -> Iterator[Check]:
    """Check a travel advisory; before its level and its days there is none."""
    if not (advisory.level and advisory.changed_on and advisory.reviewed_on):
        yield Check(False, "", _("Give the level, and the days of its last review and change."))
        return
    yield check_of_languages(advisory)
    for text in advisory.texts.all():
        language = language_name(text.language)
        yield Check(
            bool(text.title.strip() and text.summary.strip() and len(text.advice)),
            _("%(language)s: title, summary and advice are there") % {"language": language},
            _("%(language)s: give a title, a summary and the advice.") % {"language": language},
        )
    yield from checks_of_headlines(advisory)
    yield from checks_of_summaries(advisory)
    yield from checks_of_typed_numbers(advisory)
    yield check_of_day_of_change(advisory)
    yield check_of_invisible(advisory, at)
    yield Check(
        advisory.contact_rows.exists(),
        _("A way to reach the mission"),
        _("Choose a contact point under “Whom to call”."),
    )


def checks_of_headlines(advisory) -> Iterator[Check]:
    """Check that a headline which names a level names the advisory's, in each language."""
    headlines = [(text.language, text.title) for text in advisory.texts.all()]
    headlines += [(advisory.locale.language_code, advisory.title), *advisory.titles.items()]
    what = _("%(language)s: the headline names no other level")
    todo = _("%(language)s: the headline names another level than Level %(level)s.")
    yield from checks_of_levels_named(advisory, headlines, what, todo)


def checks_of_summaries(advisory) -> Iterator[Check]:
    """Check the same of the summary that lists and search show, where there is one."""
    summaries = [(advisory.locale.language_code, advisory.summary), *advisory.summaries.items()]
    what = _("%(language)s: the summary for lists names no other level")
    todo = _(
        "%(language)s: the summary for lists names another level than Level %(level)s. Change it "
        "under “Summary in each language”, or empty it: lists then show how the text begins."
    )
    written = [(code, said) for code, said in summaries if said]
    yield from checks_of_levels_named(advisory, written, what, todo)


def checks_of_levels_named(advisory, said: list, what: str, todo: str) -> Iterator[Check]:
    """Check texts, pairs of language and words, for levels that are not the advisory's."""
    wrong = {code for code, text in said if levels_named(text, code) - {advisory.level}}
    for code in dict.fromkeys(code for code, _text in said):
        about = {"language": language_name(code), "level": advisory.level}
        yield Check(code not in wrong, what % about, todo % about)


def check_of_day_of_change(advisory) -> Check:
    """Check that a level which was not issued yet changed on or after the last review."""
    row = Issued.objects.current_of(advisory).first()
    what = _("A new level has the day of its change")
    if row is None or row.content["level"] == advisory.level:
        return Check(True, what)
    reviewed = date.fromisoformat(row.content["reviewed_on"])
    todo = _("The level changed: choose a last change on or after the last review, %(day)s.")
    day = {"day": formats.date_format(reviewed, "DATE_FORMAT")}
    return Check(advisory.changed_on >= reviewed, what, todo % day)
