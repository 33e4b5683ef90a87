// Python (PYTHON names another than python3) with a package that a test needs; where it cannot be had, the sentence that says why.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { ROOT } from "./services.mjs";

const REQUIREMENTS = join(ROOT, "tests/sandbox/requirements.txt");
const PROBE_TIMEOUT_MS = 60_000;
/** The tests talk to loopback only. */
const ENVIRONMENT = { ...process.env, NO_PROXY: "127.0.0.1,localhost", PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" };

const found = new Map();

/** `{command, env}` to run a Python program that imports `ringcentral`, or `{missing}`: a sentence for a test's `skip`. */
export const python = () => pythonWith({ name: "ringcentral", requirements: REQUIREMENTS, probe: "import ringcentral" });

/**
 * The same for the package `name`: `probe` is a program that fails without it, `more` are further options of pip, which may take
 * `patienceMs`.
 */
export function pythonWith({ name, requirements, probe, more = [], patienceMs = 60_000 }) {
  if (!found.has(name)) found.set(name, look(name, requirements, probe, more, patienceMs));
  return found.get(name);
}

function look(name, requirements, probe, more, patienceMs) {
  const command = process.env.PYTHON ?? "python3";
  if (!runs(command, ["--version"])) return { missing: `${command} is not installed (Debian: apt-get install python3 python3-pip)` };
  if (runs(command, ["-c", probe])) return { command, env: ENVIRONMENT };
  const folder = installed(command, requirements, more, patienceMs);
  if (folder) return { command, env: { ...ENVIRONMENT, PYTHONPATH: folder } };
  const by = [command, "-m pip install", ...more, "-r", relative(ROOT, requirements)].join(" ");
  return { missing: `Python's package ${name} is missing and could not be installed with pip (Python 3.10 or later): ${by}` };
}

/** The folder with the packages, which is theirs alone: another list of packages is another folder. */
function installed(command, requirements, more, patienceMs) {
  const name = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const parent = join(resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target"), "python");
  const folder = join(parent, name);
  if (existsSync(folder)) return folder;
  mkdirSync(parent, { recursive: true });
  const fresh = mkdtempSync(join(parent, ".new-"));
  try {
    const patience = ["--retries", "1", "--timeout", "10"];
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", ...patience, ...more];
    if (!runs(command, [...pip, "--target", fresh, "--requirement", requirements], patienceMs)) return undefined;
    try {
      renameSync(fresh, folder);
    } catch {
      // Another test file was quicker.
    }
    return existsSync(folder) ? folder : undefined;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const runs = (command, args, timeout = PROBE_TIMEOUT_MS) => spawnSync(command, args, { env: ENVIRONMENT, stdio: "ignore", timeout }).status === 0;
