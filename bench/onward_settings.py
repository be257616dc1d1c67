"""Onward's own settings; only one endpoint more is mounted, for the nested list that the tracker's document lacks."""

from onward.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.onward_urls"
