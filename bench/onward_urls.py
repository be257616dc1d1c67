"""Onward's own addresses and the nested list's."""

from bench.onward_nested import router
from onward.apis.tracker.api import api

# Before Onward's own addresses are asked for, because that is when Ninja lists the operations.
api.add_router("api/v1/bench/", router)

from onward.config.urls import *  # noqa: E402, F403
from onward.config.urls import handler400, handler403, handler404, handler500  # noqa: E402, F401
