"""Properties are tried on the same examples each time: what lands does not hang on chance.

`HYPOTHESIS_PROFILE=thorough` draws new ones, and twenty times as many where laws are at stake.
"""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
settings.register_profile("thorough", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
