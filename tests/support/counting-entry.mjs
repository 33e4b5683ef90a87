// The Worker's own entry, which counts what Cloudflare charges for: `/counts` tells it. Nothing is asked of the platform that the Worker
// does not ask itself: its methods are called with what they were called with, and a statement's rows are read off its cursor.
import Entry, { Desk as OwnDesk } from "../../worker/entry.mjs";

const counts = {
  workerRequests: 0,
  cronRuns: 0,
  deskCalls: 0,
  alarms: 0,
  rowsRead: 0,
  rowsWritten: 0,
  alarmsSet: 0,
  kvWrites: 0,
  kvReads: 0,
  kvDeletes: 0,
  fetches: 0,
  logLines: 0,
};
/** How it stands: calls of the Desk that have not ended, when its alarm comes, and how large its database is. */
const state = { underWay: 0, alarmMs: null, databaseBytes: 0 };

/** Cursors of statements whose rows have not been added up. */
const cursors = [];
const seen = new WeakSet();

/** Calls `note` with what a method of such objects was called with and what it gave. */
function listen(prototype, method, note) {
  const own = prototype[method];
  prototype[method] = function (...args) {
    const answer = own.apply(this, args);
    note(args, answer);
    return answer;
  };
}

/** Listens to all objects of one kind, by one of them. */
function listenTo(object, notes) {
  const prototype = Object.getPrototypeOf(object);
  if (seen.has(prototype)) return;
  seen.add(prototype);
  for (const [method, note] of Object.entries(notes)) listen(prototype, method, note);
}

const add = (name) => () => void counts[name]++;

const listenToKv = ({ RESULTS }) =>
  listenTo(RESULTS, { put: add("kvWrites"), get: add("kvReads"), getWithMetadata: add("kvReads"), delete: add("kvDeletes") });

function listenToStorage(storage) {
  const isSet = ([time]) => {
    counts.alarmsSet++;
    state.alarmMs = Number(time);
  };
  listenTo(storage, { setAlarm: isSet, deleteAlarm: () => void (state.alarmMs = null) });
  listenTo(storage.sql, { exec: (_, cursor) => cursors.push(cursor) });
}

listen(globalThis, "fetch", add("fetches"));
for (const level of ["log", "error"]) listen(console, level, add("logLines"));

export class Desk extends OwnDesk {
  #storage;

  constructor(ctx, env) {
    listenToKv(env);
    listenToStorage(ctx.storage);
    super(ctx, env);
    this.#storage = ctx.storage;
  }

  /** Rows are added up when a call has ended: every statement is read to its end by then. */
  async #count(name, work) {
    counts[name]++;
    state.underWay++;
    try {
      return await work();
    } finally {
      for (const { rowsRead, rowsWritten } of cursors.splice(0)) {
        counts.rowsRead += rowsRead;
        counts.rowsWritten += rowsWritten;
      }
      state.databaseBytes = this.#storage.sql.databaseSize;
      state.underWay--;
    }
  }

  ask(...args) {
    return this.#count("deskCalls", () => super.ask(...args));
  }

  alarm() {
    state.alarmMs = null;
    return this.#count("alarms", () => super.alarm());
  }
}

export default class extends Entry {
  constructor(ctx, env) {
    listenToKv(env);
    super(ctx, env);
  }

  fetch(request) {
    if (new URL(request.url).pathname === "/counts") return Response.json({ counts, state });
    counts.workerRequests++;
    return super.fetch(request);
  }

  scheduled(event) {
    counts.cronRuns++;
    return super.scheduled(event);
  }
}
