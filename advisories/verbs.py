"""Whether lines of advice say what to do: their first word is a verb that commands."""

import re
import unicodedata

ENGLISH = """
alert allow apply arrange ask assume avoid be beware boil bring buy call cancel carry change check
close comply consider contact continue cooperate cover decide delay depart dial discuss do drink
drive enroll ensure establish evacuate exercise expect fill find follow get give go have heed help
hide identify inform isolate keep know lay leave learn limit listen locate lock look maintain make
memorize minimize monitor move notify obey observe obtain plan postpone prepare protect provide
purchase put read reconsider reduce register remain remember report reschedule return review secure
see seek share shelter sign stay stock stop store sleep take talk tell test travel treat try tune
turn update use vary verify visit wait walk warn wash watch wear work write
"""
FRENCH = """
abritez achetez aidez alertez allez annulez appelez apportez assurez attendez attachez avertissez
ayez barricadez boissez bouillez buvez cachez changez circulez cherchez collaborez commencez
communiquez conduisez connaissez consultez contactez continuez coopérez coupez couvrez demandez
demeurez déplacez différez discutez donnez éloignez emportez enregistrez envisagez établissez
éteignez évacuez évitez exercez faites fermez fuyez gardez identifiez informez inscrivez isolez
laissez lavez limitez lisez localisez maintenez mettez modifiez montez n’allez ne notez notifiez
obéissez observez obtenez organisez ouvrez parlez partagez partez planifiez portez préparez prenez
prévenez prévoyez procurez protégez quittez rangez rapprochez réduisez regardez reconsidérez
remettez rendez renoncez renseignez repérez reportez respectez restez revenez sachez sécurisez
séjournez signalez sortez soyez stockez suivez surveillez tenez traitez travaillez utilisez varier
variez veillez vérifiez verrouillez visitez voyagez
"""
AHEAD = {"en": {"please", "always", "never", "do"}, "fr": {"veuillez", "ne"}}


def plain(word: str) -> str:
    """Give a word in small letters without accents."""
    letters = unicodedata.normalize("NFD", word.lower().replace("’", "'"))
    return "".join(c for c in letters if not unicodedata.combining(c))


VERBS = {
    "en": {plain(word) for word in ENGLISH.split()},
    "fr": {plain(word) for word in FRENCH.split()},
}


def begins_with_verb(text: str, language: str) -> bool:
    """Whether any line begins with a verb that commands; languages we do not know pass."""
    verbs = VERBS.get(language)
    if verbs is None:
        return bool(text.strip())
    return any(first_word(line) in verbs | AHEAD[language] for line in text.splitlines())


def first_word(line: str) -> str:
    """Give the first word of a line without its list mark, without accents."""
    found = re.search(r"[^\W\d_][\w'’-]*", line)
    word = plain(found.group()) if found else ""
    return word.split("-")[0]
