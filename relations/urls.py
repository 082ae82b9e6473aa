"""Addresses of the news feed, in every language."""

from django.urls import path

from embassy.machines.public_data import public_data
from relations.feeds import NewsFeed

urlpatterns = [path("news/feed.atom", public_data(NewsFeed()), name="news_feed")]
