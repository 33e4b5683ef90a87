"""RingCentral's Python SDK, unchanged, doing what lines of JSON on standard input say; it answers each with a line.

A line is {"client", "call", …}: `connect` makes a client of that name, every other call is one of `CALLS` below.
"""

import base64
import json
import sys
from urllib.parse import quote

from ringcentral import SDK
from ringcentral.http.api_exception import ApiException

platforms = {}


def connect(line):
    app = line["app"]
    sdk = SDK(app["clientId"], app["clientSecret"], app["server"], redirect_uri=app.get("redirectUri"))
    platforms[line["client"]] = sdk.platform()


def login(platform, line):
    platform.login(jwt=line.get("jwt", ""), code=line.get("code", ""), verifier=line.get("codeVerifier", ""))


def ask(platform, line):
    # The SDK puts values into the address as they stand: RingCentral's samples quote them.
    query = {name: quote(str(value)) for name, value in line.get("query", {}).items()}
    send = getattr(platform, line["method"].lower())
    if line["method"] == "GET":
        response = send(line["path"], query_params=query)
    else:
        response = send(line["path"], body=line.get("body"), query_params=query)
    value = None if response.response().status_code == 204 else response.json_dict()
    return {**head(response), "json": value}


def media(platform, line):
    response = platform.get(line["uri"], headers=line.get("headers"))
    return {**head(response), "base64": base64.b64encode(response.body()).decode()}


def head(response):
    return {"status": response.response().status_code, "headers": dict(response.response().headers)}


CALLS = {
    "login": login,
    "refresh": lambda platform, line: platform.refresh() and None,
    "logout": lambda platform, line: platform.logout() and None,
    "token": lambda platform, line: platform.auth().access_token(),
    "signed": lambda platform, line: platform.create_url(line["uri"], add_token=True),
    "ask": ask,
    "media": media,
}


def answer(line):
    if line["call"] == "connect":
        return {"value": connect(line)}
    try:
        return {"value": CALLS[line["call"]](platforms[line["client"]], line)}
    except ApiException as error:
        response = error.api_response()
        if response.response() is None:
            raise
        return {"refused": {**head(response), "message": str(error), "json": response.json_dict()}}


for text in sys.stdin:
    try:
        said = answer(json.loads(text))
    except Exception as error:  # the test names it
        said = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(said), flush=True)
