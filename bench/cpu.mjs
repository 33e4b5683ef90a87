// The CPU time of a process, as Linux counts it.
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The workerd that runs a Worker started by `startWorker`: `of(work)` answers the CPU that it took for that, in milliseconds. */
export async function workerdOf({ pid, url }) {
  const found = below(pid).filter((id) => nameOf(id) === "workerd" && !readFileSync(`/proc/${id}/cmdline`, "utf8").includes(new URL(url).port));
  if (process.env.DEBUG) console.error(found, found.map((id) => readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").slice(0,6)));
  const its = found.map((id) => new Process(id));
  const used = () => its.map((one) => one.usedMs()).reduce((a,b)=>a+b,0);
  let idle = await idleOf(used);
  return { of: async (work) => {
    const [began, before] = [performance.now(), used()];
    await work();
    return used() - before - idle * (performance.now() - began);
  }};
}

async function idleOf(used) {
  await sleep(2_000);
  const before = used();
  await sleep(2_000);
  return (used() - before) / 2_000;
}

class Process {
  constructor(id) { this.id = id; }
  usedMs() {
    let ns = 0n;
    for (const task of readdirSync(`/proc/${this.id}/task`)) {
      ns += BigInt(readFileSync(`/proc/${this.id}/task/${task}/schedstat`, "utf8").split(" ")[0]);
    }
    return Number(ns) / 1e6;
  }
}

function below(pid) {
  const parents = new Map();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(id), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, "utf8"))[1]));
    } catch {}
  }
  const isBelow = (id) => id === pid || (parents.has(id) && isBelow(parents.get(id)));
  return [...parents.keys()].filter(isBelow);
}

const nameOf = (id) => readFileSync(`/proc/${id}/comm`, "utf8").trim();
