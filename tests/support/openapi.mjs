// The Worker's description of itself as the judge of its answers: status, headers, type and body.
import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The code of an error, in the Worker's form or in RingCentral's. */
export const codeOf = (json) => json?.error?.code ?? json?.errors?.[0].errorCode;

/** A description that answers are held against, in which no field may stand that it does not name. */
export class Description {
  /** Each operation: `{name, method, path, captures, description}`. */
  operations;
  /** `name status` of each answer that was held against it. */
  seen = new Set();
  #document;
  #ajv = formats(new Ajv({ strict: false }));
  #validators = new Map();

  constructor(document) {
    this.#document = closed(document);
    this.operations = Object.entries(this.#document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => {
        const pattern = path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
        const description = { ...item[method], parameters: (item[method].parameters ?? []).map((parameter) => this.#at(parameter)) };
        return { name: description.operationId, method: method.toUpperCase(), path, matches: new RegExp(`^${pattern}$`), description };
      }),
    );
  }

  /** The operations of a path; `path` may have a query. */
  of(path) {
    const { pathname } = new URL(path, "http://h");
    const found = this.operations.filter(({ matches }) => matches.test(pathname));
    assert.ok(found.length > 0, `${path} is not described`);
    return found;
  }

  /** `name status` of each answer that is described. */
  all() {
    return this.operations.flatMap(({ name, description }) => Object.keys(description.responses).map((status) => `${name} ${status}`));
  }

  /** Holds an answer, as `api.mjs` gives it, against each operation that it may belong to, and gives it back. */
  check(method, path, answer) {
    const of = this.of(path);
    const own = of.filter((operation) => operation.method === method);
    assert.ok(own.length > 0 || answer.status === 405, `${method} ${path} is not described`);
    for (const operation of own.length > 0 ? own : of) this.#checkOne(operation, answer);
    return answer;
  }

  /** Holds a request, as `http.mjs` notes it, against the webhook of that name. */
  checkWebhook(name, { method, headers, body }) {
    const described = this.#document.webhooks[name][method.toLowerCase()];
    for (const { name: header, schema } of described.parameters) this.#validate(schema, headers[header], `${name} ${header}`);
    this.#validate(described.requestBody.content[headers["content-type"]].schema, JSON.parse(body), name);
  }

  /** Whether a value is what the schema of that name describes; throws where it is not. */
  checkValue(name, value) {
    this.#validate({ $ref: `#/components/schemas/${name}` }, value, name);
  }

  #checkOne({ name, description }, { status, headers, text, json }) {
    const what = `${name} ${status}`;
    const described = this.#at(description.responses[status]);
    assert.ok(described, `${what} is not described: ${text}`);
    this.seen.add(what);
    for (const [header, reference] of Object.entries(described.headers)) {
      const { required, schema } = this.#at(reference);
      const value = headers.get(header);
      assert.ok(value !== null || !required, `${what} without ${header}`);
      if (value !== null) this.#validate(schema, schema.type === "integer" ? Number(value) : value, `${what} ${header}`);
    }
    if (!described.content) return assert.equal(text, "", what);
    const type = headers.get("content-type")?.split(";")[0];
    const content = described.content[type] ?? described.content["*/*"];
    assert.ok(content, `${what} is ${type}`);
    const { schema } = content;
    if (type === "text/event-stream") this.#checkEvents(schema, text, what);
    else this.#validate(schema, type === "application/json" ? json : text, what);
    const codes = described["x-codes"];
    if (codes) assert.ok(codes.includes(codeOf(json)), `${what} is ${text}`);
  }

  /** Each event of a stream, and the JSON in it. */
  #checkEvents(schema, text, what) {
    const events = text.split("\n\n").filter((event) => event.startsWith("data: "));
    assert.ok(events.length > 0, what);
    for (const event of events) {
      const data = event.slice("data: ".length);
      this.#validate(schema, { data }, what);
      this.#validate(this.#at(schema).properties.data.contentSchema, JSON.parse(data), what);
    }
  }

  #at(value) {
    if (!value?.$ref) return value;
    return value.$ref.split("/").slice(1).reduce((within, key) => within[key], this.#document);
  }

  #validate(schema, value, what) {
    const key = JSON.stringify(schema);
    if (!this.#validators.has(key)) this.#validators.set(key, this.#ajv.compile({ ...schema, components: this.#document.components }));
    const validate = this.#validators.get(key);
    assert.ok(validate(value), `${what}: ${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value)?.slice(0, 1_000)}`);
  }
}

/** The same with parts that are one put together, and without a field that is not named. */
function closed(document) {
  const { schemas } = document.components;
  const close = (value) => {
    if (Array.isArray(value)) return value.map(close);
    if (value === null || typeof value !== "object") return value;
    if (value.allOf) return close(value.allOf.map((part) => (part.$ref ? schemas[part.$ref.split("/").at(-1)] : part)).reduce(together));
    const same = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, close(inner)]));
    return same.type === "object" && same.properties ? { additionalProperties: false, ...same } : same;
  };
  return close(document);
}

function together(a, b) {
  return { type: "object", properties: { ...a.properties, ...b.properties }, required: [...(a.required ?? []), ...(b.required ?? [])] };
}
