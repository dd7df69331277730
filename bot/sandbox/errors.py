"""Refusals of the Bot API, with the codes and descriptions that Telegram gives."""

from typing import Any


class ApiError(Exception):
    """A call that Telegram answers with `"ok": false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """Build the refusal of a call whose parameters do not fit."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Build the refusal of a call to somebody who may not be written to."""
    return ApiError(403, f"Forbidden: {reason}")


def not_simulated(what: str) -> ApiError:
    """Build the answer to what Telegram knows and the sandbox does not act out."""
    return ApiError(501, f"Not Implemented: the sandbox does not simulate {what}")


def query_too_old() -> ApiError:
    """Build the refusal of an answer to a callback query that came too late, twice, or to none."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
