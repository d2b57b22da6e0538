"""The pure rules are tested without a bench: the app's folder on the path is all they need."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[2] / "apps" / "kampung_bahagia"))

# A busy machine must not turn a slow example into a failure.
settings.register_profile("aturan", deadline=None)
settings.load_profile("aturan")
