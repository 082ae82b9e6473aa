"""The StreamField vocabulary: what a page can say, each with a preview and its own template."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from embassy.drawing.charts import Bar, bar_chart
from embassy.links.choosers import DescribedImage, DocumentChooser, PageChooser, SnippetChooser
from embassy.links.leaving import in_ascii, leaving_url
from embassy.links.linked import address_of, language_of, serves_every_language
from embassy.release.compared import ProseComparison
from embassy.texts.invisible import without_invisible
from embassy.texts.sentences import in_sentences

PLAIN = ["bold", "italic", "link", "document-link"]
PROSE = [*PLAIN, "ol", "ul"]


class Prose(blocks.RichTextBlock):
    """Rich text, which search reads in sentences and the desk in lines."""

    def get_searchable_content(self, value) -> list[str]:
        """Give it as plain text."""
        return [in_sentences(value.source)] if value else []

    def get_comparison_class(self) -> type:
        """Compare it line by line."""
        return ProseComparison


DECONSTRUCT_ALIASES = {Prose: "wagtail.blocks.RichTextBlock"}  # what migrations call it


class LinkValue(blocks.StructValue):
    """A link to a page, a document or an address, and how it is followed."""

    @property
    def url(self) -> str:
        """Where it leads; an address of others goes through the leaving-site notice."""
        if self.get("page"):
            return "" if self.is_gone else address_of(self["page"])
        if self.get("document"):
            return self["document"].url
        return leaving_url(self.get("address") or "")

    @property
    def text(self) -> str:
        """What it says: its own words, or the title of what it leads to."""
        target = self.get("page") or self.get("document")
        if self.get("words") or target:
            return self.get("words") or target.title
        return in_ascii(self.get("address") or "") or without_invisible(self.get("address") or "")

    @property
    def language(self) -> str:
        """The language of the page it leads to, where that is not the reader's."""
        return language_of(self.get("page"))

    @property
    def is_gone(self) -> bool:
        """Whether the page it leads to is not published, so that lists leave it out."""
        return bool(self.get("page")) and not self["page"].live

    @property
    def is_elsewhere(self) -> bool:
        """Whether it leads away from this site."""
        return bool(self.get("address")) and not self.get("page") and not self.get("document")


NO_ONE_TITLE = _(
    "Write what the link says: this page has no one title, it is one record in all languages."
)


class LinkBlock(blocks.StructBlock):
    """One link; without any target it is named and not linked."""

    has_words_beside = False  # what holds it says what the link is called

    words = blocks.CharBlock(required=False, max_length=200, label=_("words"))
    page = PageChooser(required=False, label=_("page of this site"))
    document = DocumentChooser(required=False, label=_("document"))
    address = blocks.URLBlock(required=False, label=_("address elsewhere"))
    unverified = blocks.BooleanBlock(
        required=False, label=_("not verified"), help_text=_("Nobody has checked this address yet.")
    )

    class Meta:
        value_class = LinkValue
        icon = "link"
        label = _("Link")
        help_text = _(
            "Choose one target: a page, a document or an address. Without one the words are "
            "named and not linked."
        )
        preview_value = {"words": "Read how an embassy works"}

    def clean(self, value):
        """Ask for words where no target has a title of its own, and for one target at the most."""
        value = super().clean(value)
        targets = [name for name in ("page", "document", "address") if value.get(name)]
        if len(targets) > 1:
            raise blocks.StructBlockValidationError(
                {targets[1]: ValidationError(_("Keep one target: page, document or address."))}
            )
        if not targets and not value.get("words"):
            raise blocks.StructBlockValidationError(
                {"words": ValidationError(_("Write what this is called, or choose a target."))}
            )
        page = value.get("page")
        is_named = value.get("words") or self.has_words_beside
        if page and not is_named and serves_every_language(page):
            raise blocks.StructBlockValidationError({"words": ValidationError(NO_ONE_TITLE)})
        return value


class LinkListBlock(blocks.StructBlock):
    """A short list of links under a title."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "list-ul"
        label = _("List of links")
        help_text = _("Links under a title of their own.")
        template = "components/blocks/link_list.html"
        preview_value = {"title": "Read more", "links": [{"words": "How an embassy works"}]}


class HeadingValue(blocks.StructValue):
    """A heading with the anchor its section is reached by."""

    @property
    def anchor(self) -> str:
        """A stable fragment made of the heading's words."""
        return slugify(self.get("text") or "") or "section"


class HeadingBlock(blocks.StructBlock):
    """A section's heading; pages with several show them as a list of contents."""

    text = blocks.CharBlock(max_length=120, label=_("heading"))
    level = blocks.ChoiceBlock(
        choices=[("2", _("section")), ("3", _("part of a section"))],
        default="2",
        label=_("level"),
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        help_text = _("From three sections on, the page lists them at its top.")
        value_class = HeadingValue
        template = "components/blocks/heading.html"
        preview_value = {"text": "How to reach us", "level": "2"}


class QuestionBlock(blocks.StructBlock):
    """A question readers ask, and its answer."""

    question = blocks.CharBlock(max_length=200, label=_("question"))
    answer = Prose(features=PROSE, label=_("answer"))


class FAQBlock(blocks.StructBlock):
    """Questions and answers that open one by one."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        help_text = _("Questions as people ask them. Each opens its answer.")
        template = "components/blocks/faq.html"
        preview_value = {
            "title": "Frequent questions",
            "questions": [{"question": "Where is the embassy?", "answer": "<p>In ACI 2000.</p>"}],
        }


class NoticeBlock(blocks.StructBlock):
    """A short text set apart: a note, a warning, or a disclaimer."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("note", _("note")),
            ("warning", _("warning")),
            ("disclaimer", _("disclaimer")),
        ],
        default="note",
        label=_("kind"),
        search_index=False,
    )
    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    text = Prose(features=PROSE, label=_("text"))

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        help_text = _("Set apart from the text. Where everything is set apart, nothing is.")
        template = "components/blocks/notice.html"
        preview_value = {"kind": "note", "title": "Good to know", "text": "<p>Bring a photo.</p>"}


class SourceValue(blocks.StructValue):
    """A source and how it is linked."""

    @property
    def url(self) -> str:
        """The leaving-site address of the source, or nothing."""
        return leaving_url(self.get("address") or "")


def languages_to_choose() -> list:
    """Give the languages of the site; asked for each time, so that no migration names them."""
    return settings.LANGUAGES


class SourceBlock(blocks.StructBlock):
    """Where facts come from: title, publisher, date as printed."""

    title = blocks.CharBlock(max_length=255, label=_("title"))
    publisher = blocks.CharBlock(required=False, max_length=200, label=_("publisher"))
    dated = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("dated"),
        help_text=_("As printed: October 15, 2015."),
    )
    address = blocks.URLBlock(required=False, label=_("address"))
    unverified = blocks.BooleanBlock(required=False, label=_("address not verified"))
    language = blocks.ChoiceBlock(
        choices=languages_to_choose,
        required=False,
        label=_("language of the title"),
        help_text=_("So that it is read aloud as written on pages in other languages, too."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Source")
        help_text = _("As readers could find it: what was published, by whom, when.")
        value_class = SourceValue
        template = "components/blocks/source.html"
        preview_value = {"title": "U.S. Relations With Mali", "publisher": "Department of State"}


class FigureBlock(blocks.StructBlock):
    """One figure that stands out, with what it counts, its date and its source."""

    display = blocks.CharBlock(
        max_length=60, label=_("figure"), help_text=_("As printed: $135.4 million")
    )
    what = blocks.CharBlock(max_length=200, label=_("what it counts"))
    dated = blocks.CharBlock(max_length=60, label=_("as of"))
    source = blocks.CharBlock(max_length=255, label=_("source"))

    class Meta:
        icon = "decimal"
        label = _("Figure")
        help_text = _("One figure as its source prints it, with its date and that source.")
        template = "components/blocks/figure.html"
        preview_value = {
            "display": "79 %",
            "what": "of those asked",
            "dated": "2007",
            "source": "An opinion poll",
        }


class ChartValue(blocks.StructValue):
    """Figures that are compared, drawn as bars with their table."""

    @property
    def chart(self):
        """The drawing and its table (`embassy.drawing.charts.Chart`)."""
        bars = [
            Bar(row["label"], row["value"], row["display"], row["note"]) for row in self["rows"]
        ]
        return bar_chart(
            self["title"],
            bars,
            unit=self["unit"],
            maximum=self["maximum"],
            prefix=f"chart-{slugify(self['title'])}",
        )


class ChartBlock(blocks.StructBlock):
    """Figures that are compared, shown as bars that start at zero and as a table."""

    title = blocks.CharBlock(max_length=160, label=_("title"))
    unit = blocks.CharBlock(required=False, max_length=40, label=_("unit"))
    maximum = blocks.DecimalBlock(
        required=False, min_value=0, label=_("full scale"), help_text=_("100 for percentages.")
    )
    rows = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("label", blocks.CharBlock(max_length=120, label=_("label"))),
                ("value", blocks.DecimalBlock(min_value=0, label=_("value"))),
                ("display", blocks.CharBlock(max_length=60, label=_("as printed"))),
                ("note", blocks.CharBlock(required=False, max_length=120, label=_("note"))),
            ]
        ),
        min_num=1,
        label=_("bars"),
    )
    dated = blocks.CharBlock(max_length=60, label=_("as of"))
    source = blocks.CharBlock(max_length=255, label=_("source"))
    remark = blocks.CharBlock(required=False, max_length=300, label=_("remark"))

    class Meta:
        icon = "table"
        label = _("Bar chart")
        help_text = _(
            "Figures of one kind, as bars and as a table. Write each as printed, even if they "
            "do not add up."
        )
        value_class = ChartValue
        template = "components/blocks/chart.html"
        preview_value = {
            "title": "What people answered",
            "unit": "%",
            "maximum": 100,
            "rows": [{"label": "Yes", "value": 60, "display": "60 %", "note": ""}],
            "dated": "2012",
            "source": "An opinion poll",
        }


class TimelineBlock(blocks.StructBlock):
    """Dated events in their order."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    events = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("dated", blocks.CharBlock(max_length=60, label=_("when"))),
                ("title", blocks.CharBlock(max_length=160, label=_("what happened"))),
                ("text", blocks.TextBlock(required=False, rows=3, label=_("more"))),
                ("source", blocks.CharBlock(required=False, max_length=255, label=_("source"))),
            ]
        ),
        label=_("events"),
    )

    class Meta:
        icon = "history"
        label = _("Timeline")
        help_text = _("What happened, the earliest first, each with its date as printed.")
        template = "components/blocks/timeline.html"
        preview_value = {"events": [{"dated": "1960", "title": "Diplomatic relations begin"}]}


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; credit and date come from the image itself."""

    image = DescribedImage(label=_("image"))
    caption = blocks.CharBlock(required=False, max_length=255, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        help_text = _(
            "Say what it shows for those who cannot see it. Credit and date come from the "
            "image itself."
        )
        template = "components/blocks/picture.html"
        preview_template = "components/blocks/picture_preview.html"


class ContactBlock(blocks.StructBlock):
    """Contact points quoted by reference, so that a changed number changes everywhere."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    contacts = blocks.ListBlock(SnippetChooser("embassy.ContactPoint"), label=_("contact points"))

    def get_searchable_content(self, value) -> list[str]:
        """Give the numbers too, as people write them."""
        return [value.get("title") or "", *(contact.words for contact in value["contacts"])]

    class Meta:
        icon = "mail"
        label = _("Contact points")
        help_text = _("Numbers and addresses from the mission facts. Never type one into a text.")
        template = "components/blocks/contacts.html"
        preview_template = "components/blocks/contacts_preview.html"
        preview_value = {"title": "Call us", "contacts": []}


class HolidaysBlock(blocks.StructBlock):
    """The public holidays of the next twelve months, reckoned from the mission's calendars."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))

    class Meta:
        icon = "date"
        label = _("Holidays")
        help_text = _("Reckoned from the calendars of the mission’s settings.")
        template = "components/blocks/holidays.html"
        preview_value = {"title": "Holidays"}


class AddressBlock(blocks.StructBlock):
    """The mission's address, quoted from its settings."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))

    class Meta:
        icon = "home"
        label = _("Address of the mission")
        help_text = _("Taken from the mission’s settings: to change it, change it there.")
        template = "components/blocks/address.html"
        preview_value = {"title": "Address"}


class DocumentListBlock(blocks.StructBlock):
    """Documents for download."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    documents = blocks.ListBlock(DocumentChooser(), label=_("documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        help_text = _("Files for download. Type and size are read from each file.")
        template = "components/blocks/documents.html"
        preview_template = "components/blocks/documents_preview.html"
        preview_value = {"title": "Forms", "documents": []}


def table_block() -> TypedTableBlock:
    """Give a table whose columns are texts or numbers."""
    return TypedTableBlock(
        [("text", blocks.CharBlock()), ("prose", Prose(features=PLAIN))],
        icon="table",
        label=_("Table"),
        help_text=_("For what has rows and columns. The caption says what it compares."),
        template="components/blocks/table.html",
        preview_value={
            "caption": "Fees",
            "columns": [{"type": "text", "heading": "For"}, {"type": "text", "heading": "Fee"}],
            "rows": [{"values": ["A visit", "None"]}],
        },
    )


class BodyBlock(blocks.StreamBlock):
    """Everything a page's body can be made of."""

    heading = HeadingBlock()
    paragraph = Prose(
        features=PROSE,
        icon="pilcrow",
        label=_("Text"),
        help_text=_("Plain sentences. Numbers to call are a block of their own."),
        template="components/blocks/paragraph.html",
        preview_value="<p>The Consular Section serves U.S. citizens.</p>",
    )
    notice = NoticeBlock()
    faq = FAQBlock()
    links = LinkListBlock()
    contacts = ContactBlock()
    figure = FigureBlock()
    chart = ChartBlock()
    timeline = TimelineBlock()
    picture = PictureBlock()
    documents = DocumentListBlock()
    holidays = HolidaysBlock()
    address = AddressBlock()
    table = table_block()

    def render_basic(self, value, context=None):
        """Render the blocks; what stands first is in the first view, and loads at once."""
        told = [{**(context or {}), "loading": "lazy" if place else "eager"} for place in range(2)]
        rendered = [
            (child.block_type, child.render(context=told[min(place, 1)]))
            for place, child in enumerate(value)
        ]
        return format_html_join("\n", '<div class="block-{}">{}</div>', rendered)


def headings(body) -> list[dict]:
    """Give the section headings of a body, with their anchors, for the list of contents."""
    return [
        {"title": block.value["text"], "anchor": block.value.anchor}
        for block in body
        if block.block_type == "heading" and block.value["level"] == "2"
    ]
