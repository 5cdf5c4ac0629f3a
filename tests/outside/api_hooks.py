"""Gives the requests of the fuzzer residents that there are, so that some of them order."""
import datetime
import json
import os
import uuid

import schemathesis

RESIDENTS = os.environ["RESIDENTS"].split(",")
DATES = os.environ["DATES"].split(",")


def pick(known, word):
    return known[sum(map(ord, word)) % len(known)]


def is_id(word):
    try:
        uuid.UUID(word)
    except (TypeError, ValueError, AttributeError):
        return False
    return True


def is_date(word):
    try:
        datetime.date.fromisoformat(word)
    except (TypeError, ValueError):
        return False
    return len(word) == 10


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and is_id(body.get("resident")) and len(body["resident"]) == 36:
        seed = json.dumps(body, sort_keys=True, default=str)
        body = {**body, "resident": pick(RESIDENTS, seed)}
        if is_date(body.get("date")):
            body["date"] = pick(DATES, seed)
    return body


@schemathesis.hook
def map_path_parameters(context, parameters):
    path = context.operation.path if context.operation else ""
    if parameters and "residents" in path and is_id(parameters.get("id")):
        return {**parameters, "id": pick(RESIDENTS, parameters["id"])}
    return parameters


@schemathesis.hook
def before_call(context, case, kwargs):
    """Each wish has a key of its own; a key that is used twice is refused, as it should be."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 1 <= len(key) <= 64 and all("!" <= letter <= "~" for letter in key):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
