"""The address of an office's form for questions, below its page in every language."""

from django.urls import re_path

from sections import asking

urlpatterns = [re_path(r"^(?P<path>(?:[\w-]+/)+)ask/$", asking.ask, name="ask")]
