// The CPU time of a process and of its threads, user and system, as Linux counts it.
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How long it is watched at rest. */
const REST_MS = 1_500;

/**
 * The workerd that runs a Worker started by `startWorker`: `of(work)` gives the CPU that it takes for that beyond what it takes at rest,
 * in milliseconds, `residentBytes()` its memory. wrangler has a second workerd, which only passes requests on: it is not counted.
 */
export async function workerdOf({ pid, url }) {
  const passesOn = `127.0.0.1:${new URL(url).port}`;
  const [id] = below(pid).filter((id) => read(id, "comm").trim() === "workerd" && !read(id, "cmdline").includes(passesOn));
  const restMs = await spent(id, () => sleep(REST_MS));
  return {
    residentBytes: () => Number(/VmRSS:\s+(\d+) kB/.exec(read(id, "status"))[1]) * 1024,
    of: async (work) => {
      const began = performance.now();
      const ms = await spent(id, work);
      return ms - (restMs * (performance.now() - began)) / REST_MS;
    },
  };
}

async function spent(id, work) {
  const before = usedMs(id);
  await work();
  return usedMs(id) - before;
}

/** The sum over its threads, which only grows: workerd's live as long as it does. */
function usedMs(id) {
  const nanoseconds = readdirSync(`/proc/${id}/task`).map((task) => Number(read(`${id}/task/${task}`, "schedstat").split(" ")[0]));
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** The processes that descend from one, itself among them. */
function below(pid) {
  const children = Map.groupBy(processes(), ({ parent }) => parent);
  const all = (id) => [id, ...(children.get(id) ?? []).flatMap((child) => all(child.id))];
  return all(pid);
}

function processes() {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
  return numbers.flatMap((id) => {
    try {
      return { id, parent: Number(/\) \S (\d+)/.exec(read(id, "stat"))[1]) };
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}

const read = (id, name) => readFileSync(`/proc/${id}/${name}`, "utf8");
