"""How numbers and addresses are written, checked, searched for and opened."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from embassy.vocabulary import Channel


def check_phone(value: str) -> None:
    """Refuse anything but an international number alone: digits, and signs between them."""
    wrong = _("Write the number with +, the country code and digits, without letters.")
    if any(c.isalpha() for c in value):
        raise ValidationError(wrong)
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(wrong) from error
    if number.extension or not phonenumbers.is_possible_number(number):
        raise ValidationError(wrong)


def typed_phone(value: str, region: str, example: str = "") -> str:
    """Give the number somebody typed as E.164.

    One without a country code is of `region` (its ISO code). What is none is refused, with an
    example where there is one: a number in use that belongs to whoever asks, never a made-up one,
    which may be a stranger's.
    """
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        number = None
    has_letters = any(c.isalpha() for c in value)
    if number is None or has_letters or not phonenumbers.is_possible_number(number):
        raise ValidationError(no_phone(example))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def no_phone(example: str) -> str:
    """Say how a number is written, with an example or without."""
    if not example:
        return _("This is no phone number. Write digits; + and the code before another country’s.")
    return _("This is no phone number. Write it with digits, like %(example)s.") % {
        "example": example
    }


def is_contact_address(address: str) -> bool:
    """Whether an address can stand in security.txt: a mail address or a secure page."""
    check = validate_email if address.startswith("mailto:") else URLValidator(schemes=["https"])
    try:
        check(address.removeprefix("mailto:"))
    except ValidationError:
        return False
    return True


def display_of(channel: str, value: str) -> str:
    """Write a phone number internationally; give anything else as it is."""
    if channel != Channel.PHONE or not value:
        return value
    return written_as(phonenumbers.PhoneNumberFormat.INTERNATIONAL, value)


def e164_of(value: str) -> str:
    """Write a phone number as machines have it, digits after a plus: +22320702300."""
    return written_as(phonenumbers.PhoneNumberFormat.E164, value)


def written_as(format: int, value: str) -> str:
    """Write a phone number in a format; give what is none as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(value), format)
    except phonenumbers.NumberParseException:
        return value


def written(channel: str, value: str) -> list[str]:
    """Give the ways people write a number: spaced or not, with its country or without."""
    if channel != Channel.PHONE or not value:
        return [value]
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return [value]
    digits = str(number.national_number)
    code = str(number.country_code)
    spaced = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    local = spaced.partition(" ")[2].replace("-", " ")
    halves = [digits[:4], digits[4:]] if len(digits) == 8 else []
    ways = [value, spaced, local, local.replace(" ", "-"), digits, " ".join(halves)]
    ways += ["-".join(halves), f"+{code}{digits}", f"{code}{digits}", f"00{code}{digits}"]
    return [*ways, f"{code}-{local.replace(' ', '-')}"]


def href_of(channel: str, value: str, extension: str = "") -> str:
    """Give the tel:, mailto: or web address of a contact, or nothing when it has none."""
    if not value or channel == Channel.POST:
        return ""
    if channel == Channel.MAIL:
        return f"mailto:{value}"
    if channel == Channel.WEB:
        return value
    digits = "".join(c for c in value if c.isdigit() or c == "+")
    return f"tel:{digits};ext={extension}" if extension else f"tel:{digits}"
