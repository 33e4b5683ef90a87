// RingCentral's own Python SDK, unchanged, against the sandbox: `python_client.py` does what `clients.mjs` tells it.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/python.test.mjs`.
import { after } from "node:test";
import { tell } from "../support/client-story.mjs";
import { pythonClients } from "../support/clients.mjs";

const { connect, close, missing } = pythonClients();
after(close);

tell("ringcentral (Python)", connect, { skip: missing });
