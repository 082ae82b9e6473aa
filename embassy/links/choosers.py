"""Choosers for blocks: what they name is taken from what the page looked up (`linked.py`).

Outside of a page, in the editor for instance, they ask the database as Wagtail's own do. In
migrations they go by the names of Wagtail's own, whose values they hold.
"""

from copy import copy

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from embassy.links.linked import chosen


class LookedUp:
    """Mixed into a chooser of Wagtail's."""

    def bulk_to_python(self, values) -> list:
        """Give an object of its own for every value, as what a block says of it is kept on it."""
        keys = list(values)
        found = chosen(self.model_class, keys)
        if found is None:
            return super().bulk_to_python(keys)
        return [copy(row) for row in found]

    def get_translatable_segments(self, value) -> list:
        """Offer nothing to translators: what is chosen is the same in every language."""
        return []

    @property
    def canonical_module_path(self) -> str:
        """The name in migrations."""
        stock = type(self).__mro__[2]
        where = "wagtail.blocks" if stock is blocks.PageChooserBlock else stock.__module__
        return f"{where}.{stock.__name__}"


class PageChooser(LookedUp, blocks.PageChooserBlock):
    """A page of the site."""


class DocumentChooser(LookedUp, DocumentChooserBlock):
    """A document of the mission."""


class SnippetChooser(LookedUp, SnippetChooserBlock):
    """A row of the mission's facts."""


class ImageChooser(LookedUp, ImageChooserBlock):
    """An image of the mission."""


class DescribedImage(ImageBlock):
    """An image with the words that stand for it."""

    def __init__(self, required: bool = True, **kwargs) -> None:
        """Take Wagtail's block, with our chooser in it."""
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"] = ImageChooser(required=required)
        self.child_blocks["image"].set_name("image")
