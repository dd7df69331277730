"""The link to Telegram: how updates arrive, in what order they act, and how calls go out."""

import os

# The library warns at every 429 unless the coming type of its time spans (`timedelta`) is chosen, and it reads that
# choice from the environment alone. It belongs to our code, which handles the new type; it is no setting.
os.environ["PTB_TIMEDELTA"] = "true"
