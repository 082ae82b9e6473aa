"""Addresses of the news feed, in every language."""

from django.urls import path

from relations.feeds import NewsFeed

urlpatterns = [path("news/feed.atom", NewsFeed(), name="news_feed")]
