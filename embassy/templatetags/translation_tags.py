"""What the editor of translations shows around itself."""

from django import template

from embassy.translations import screens

register = template.Library()
register.filter("of_two_people", screens.of_two_people)
register.filter("beside_editor", screens.beside_editor)
