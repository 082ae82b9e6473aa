"""The screens that delete files: what readers see is kept, with a sentence that says so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.documents.views.documents import DeleteView as DeleteDocument
from wagtail.images.views.images import DeleteView as DeleteImage

from embassy.files.in_use import SEEN, is_held, stays


class KeepsWhatIsSeen:
    """Mixin for the screen that deletes one file."""

    kept_at: str  # the name of the editor's address

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Go back to the file, and say why it stays."""
        if self.user_has_permission("delete") and is_held(self.object):
            messages.error(request, stays())
            return redirect(self.kept_at, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ImageDeleteView(KeepsWhatIsSeen, DeleteImage):
    """Deletes a picture that nobody sees."""

    kept_at = "wagtailimages:edit"


class DocumentDeleteView(KeepsWhatIsSeen, DeleteDocument):
    """Deletes a document that nobody sees."""

    kept_at = "wagtaildocs:edit"


def keep_in_bulk(request: HttpRequest, action_type: str, objects, action) -> HttpResponse | None:
    """Delete none of several files when readers see one of them."""
    rows = list(objects)
    if action_type != "delete" or not rows or type(rows[0]) not in SEEN:
        return None
    held = [row for row in rows if is_held(row)]
    if not held:
        return None
    messages.error(request, f"{', '.join(map(str, held))}. {stays()}")
    return redirect(action.next_url)
