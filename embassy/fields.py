"""Form and model fields of the house: a short text in every language, and a list of choices."""

from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override

from embassy.clock.pickers import DayInput, MomentInput, TimeInput
from embassy.language.languages import language_name
from embassy.texts.invisible import refuse_invisible

FIRST_YEAR, LAST_YEAR = 1700, 2200


class DayField(forms.DateField):
    """A day in a form of the staff pages: refuses a year that can only be a slip of the finger."""

    def clean(self, value):
        """Refuse years out of reach of any mission's papers."""
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Check the year: it must be from %(first)s to %(last)s.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day


register_form_field_override(
    models.DateField, override={"form_class": DayField, "widget": DayInput}
)
register_form_field_override(models.TimeField, override={"widget": TimeInput})
register_form_field_override(models.DateTimeField, override={"widget": MomentInput})


class Texts(dict):
    """A short text per language; printing it gives the one for the reader."""

    def in_language(self, language: str | None) -> str:
        """Give the text in a language (code), or else in the first language that has one."""
        if language and self.get(language):
            return self[language]
        for code, _name in settings.LANGUAGES:
            if self.get(code):
                return self[code]
        return ""

    def searched(self) -> list[str]:
        """Give what search finds it by: as a reader reads it, or every text for all readers.

        Pages of one language are indexed with that language active, all else with none.
        """
        language = get_language()
        texts = [self.in_language(language)] if language else self.values()
        return [text for text in texts if text]

    def __str__(self) -> str:
        return self.in_language(get_language())


class TextsWidget(forms.MultiWidget):
    """One input per language, each labeled with its code."""

    template_name = "embassy/forms/texts.html"
    input_class: type[forms.Widget] = forms.TextInput
    input_attrs: dict = {}

    def __init__(self, attrs=None):
        inputs = {
            code: self.input_class(
                attrs={"lang": code, "aria-label": str(name), **self.input_attrs}
            )
            for code, name in settings.LANGUAGES
        }
        super().__init__(inputs, attrs)

    def decompress(self, value) -> list[str]:
        """Spread the stored texts over the inputs."""
        value = value or {}
        return [value.get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name, value, attrs):
        """Name the language beside each input."""
        context = super().get_context(name, value, attrs)
        for part, (_code, label) in zip(
            context["widget"]["subwidgets"], settings.LANGUAGES, strict=True
        ):
            part["language"] = label
        return context


class LongTextsWidget(TextsWidget):
    """One text area per language."""

    input_class = forms.Textarea
    input_attrs = {"rows": 4}


class TextsFormField(forms.MultiValueField):
    """Reads one input per language into a `Texts`; one language is enough."""

    widget = TextsWidget

    def __init__(self, *, max_length=None, require_all_fields=False, **kwargs):
        inputs = [
            forms.CharField(required=False, max_length=max_length) for _ in settings.LANGUAGES
        ]
        for name in ("encoder", "decoder"):
            kwargs.pop(name, None)
        super().__init__(inputs, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> "Texts":
        """Gather the inputs, leaving out the empty ones."""
        codes = [code for code, _name in settings.LANGUAGES]
        return Texts({c: v.strip() for c, v in zip(codes, values, strict=False) if v and v.strip()})


def check_texts(value) -> None:
    """Refuse anything that is not a text per configured language."""
    codes = dict(settings.LANGUAGES)
    good = isinstance(value, dict) and all(
        code in codes and isinstance(text, str) for code, text in value.items()
    )
    if not good:
        raise ValidationError(_("Give one short text per language of this site."))


class TextsField(models.JSONField):
    """A short text in every language of the site, stored as {language code: text}."""

    default_validators = [check_texts, refuse_invisible]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", Texts)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        """Read the stored object as `Texts`."""
        return Texts(super().from_db_value(value, expression, connection) or {})

    def get_db_prep_save(self, value, connection):
        """Store an object or nothing: any other text would make its row unreadable."""
        if not (isinstance(value, dict) or hasattr(value, "resolve_expression")):
            check_texts(value)
        return super().get_db_prep_save(value, connection)

    def to_python(self, value):
        """Accept `Texts`, a plain dict, or the JSON text that serialization writes."""
        value = super().to_python(value)
        return Texts(value) if isinstance(value, dict) else value

    def formfield(self, **kwargs):
        """Show one input per language."""
        kwargs.pop("form_class", None)
        kwargs["show_hidden_initial"] = False  # Django asks for it where a default is called
        return models.Field.formfield(self, form_class=TextsFormField, **kwargs)


def unsaid_in(language: str, row: models.Model) -> dict[str, ValidationError]:
    """Word, by field, which texts of a row are written in other languages only."""
    sentence = _("Write it in the first language too: %(language)s.")
    words = {"language": language_name(language)}
    texts = {f.name: getattr(row, f.name) for f in row._meta.fields if isinstance(f, TextsField)}
    return {
        name: ValidationError(sentence, params=words)
        for name, text in texts.items()
        if text and any(text.values()) and not text.get(language)
    }


class LongTextsField(TextsField):
    """A longer text in every language, edited in text areas."""

    def formfield(self, **kwargs):
        """Show one text area per language."""
        return super().formfield(widget=LongTextsWidget, **kwargs)


class CheckBoxes(forms.CheckboxSelectMultiple):
    """Check boxes; of very many only those that are ticked, the others on request."""

    template_name = "embassy/forms/check_boxes.html"
    many = 12

    def get_context(self, name, value, attrs):
        """Part the boxes into those in sight and those to be asked for."""
        context = super().get_context(name, value, attrs)
        boxes = [box for _group, group, _index in context["widget"]["optgroups"] for box in group]
        in_sight = [box for box in boxes if len(boxes) <= self.many or box["selected"]]
        context["widget"]["in_sight"] = in_sight
        context["widget"]["on_request"] = [box for box in boxes if box not in in_sight]
        return context


class ChoicesField(ArrayField):
    """Several of a fixed set of choices (or of what a function gives), edited as check boxes."""

    def __init__(self, *args, choices_of=(), **kwargs):
        self.choices_of = choices_of
        kwargs.setdefault("base_field", models.CharField(max_length=20))
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Keep the choices out of migrations: they are code, not schema."""
        return super().deconstruct()

    def formfield(self, **kwargs):
        """Show check boxes."""
        field = forms.MultipleChoiceField(
            choices=self.choices_of,
            widget=CheckBoxes,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )
        field.initial = self.get_default()
        return field
