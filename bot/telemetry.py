"""Logs and counters. Secrets are taken out of every log record, whoever wrote it."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Histogram

# A bot token stands in every URL of Telegram's; whatever looks like one never reaches a log.
_TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{20,}")
_HIDDEN = "<token>"


class Metrics:
    """What `/metrics` shows."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter("rollcall_updates", "Updates handled.", ["kind"], registry=self.registry)
        self.refusals = Counter(
            "rollcall_refusals",
            "Refusals by code and the role of who was refused.",
            ["code", "role"],
            registry=self.registry,
        )
        self.faults = Counter("rollcall_faults", "Unexpected faults answered with a reference.", registry=self.registry)
        self.undelivered = Counter(
            "rollcall_undelivered_replies", "Replies that did not arrive, by outcome.", ["outcome"], registry=self.registry
        )
        self.events = Counter(
            "rollcall_events",
            "Recorded events brought to their subscribers, by outcome.",
            ["outcome"],
            registry=self.registry,
        )
        self.messages = Counter(
            "rollcall_messages", "Messages that nobody tapped for, by outcome.", ["outcome"], registry=self.registry
        )
        self.handling = Histogram(
            "rollcall_handling_seconds",
            "Time from an update's turn to its committed effect.",
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
        )

    def count_refusal(self, code: str, role: str) -> None:
        """Count a refusal."""
        self.refusals.labels(code=code, role=role).inc()

    def count_event(self, outcome: str) -> None:
        """Count an event that was delivered, failed or given up."""
        self.events.labels(outcome=outcome).inc()

    def count_message(self, outcome: str) -> None:
        """Count an attempt to send a message."""
        self.messages.labels(outcome=outcome).inc()

    def count_fault(self) -> None:
        """Count a fault."""
        self.faults.inc()


def hide_secrets(text: str) -> str:
    """Return a text without anything that looks like a bot token."""
    return _TOKEN.sub(_HIDDEN, text)


class _Text(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_secrets(super().format(record))


class _Json(logging.Formatter):
    """One JSON object a line for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return hide_secrets(json.dumps(entry, ensure_ascii=False))


def set_up_logging(*, level: str, log_format: Literal["text", "json"]) -> None:
    """Write logs to standard error in the chosen form."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if log_format == "json" else _Text("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "aiosqlite", "asyncio", "telegram"):
        logging.getLogger(noisy).setLevel(max(logging.INFO, logging.getLevelName(level)))
