// The packed tarball in the bundlers and runtimes that people have, each from the registry: it lists a recording and writes a transcript.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { copyFile, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startBrowser } from "./support/browser.mjs";
import { PRINT, TITLE, program, proves, provesAt, provesFrom, writeFiles } from "./support/bundling.mjs";
import { startFiles } from "./support/http.mjs";
import { npmFolder } from "./support/npm.mjs";
import { installPackage } from "./support/package.mjs";
import { startSandbox } from "./support/services.mjs";

const run = promisify(execFile);
const PAGE = `<!doctype html><title></title><body><script type="module" src="./main.js"></script>`;

let consumer, sandbox, browser;
before(async () => {
  consumer = await installPackage();
  sandbox = await startSandbox();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await sandbox?.close();
  await consumer?.close();
});

/** A test in a folder that has the package and those of the registry, and that has its own node run what lies in it. */
function proof(name, packages, prove, manifest) {
  test(name, { timeout: 280_000 }, async (t) => {
    const { folder, close } = await npmFolder([consumer.tarball, ...packages], { type: "module", ...manifest });
    t.after(close);
    await prove({ folder, node: (args, options) => run(process.execPath, args, { cwd: folder, timeout: 200_000, ...options }), bin: (bin) => join(folder, "node_modules", bin) });
  });
}

const page = (entry) => ({ "index.html": PAGE, "main.js": program(sandbox, entry) + TITLE });

for (const version of [5, 6, 7, 8]) {
  proof(`Vite ${version}, built`, [`vite@${version}`], async ({ folder, node, bin }) => {
    await writeFiles(folder, page());
    await node([bin("vite/bin/vite.js"), "build", "--logLevel", "warn"]);
    await provesFrom(browser, join(folder, "dist"));
  });

  proof(`Vite ${version}, its development server`, [`vite@${version}`], async ({ folder }) => {
    const line = { optimizeDeps: { exclude: ["ringcentral-ai"] } };
    await writeFiles(folder, page());
    const { createServer } = await import(join(folder, "node_modules/vite/dist/node/index.js"));
    const server = await createServer({ root: folder, configFile: false, logLevel: "silent", server: { port: 0, host: "127.0.0.1" }, ...(version < 8 && line) });
    try {
      await server.listen();
      await provesAt(browser, `http://127.0.0.1:${server.httpServer.address().port}/`);
    } finally {
      await server.close();
    }
  });

  proof(`Vite ${version}, built for a server with all in it`, [`vite@${version}`], async ({ folder, node, bin }) => {
    await writeFiles(folder, { "server.js": program(sandbox) + PRINT, "vite.config.js": `export default { ssr: { noExternal: true }, build: { ssr: "server.js" } };` });
    await node([bin("vite/bin/vite.js"), "build", "--logLevel", "warn"]);
    await proves(process.execPath, [join(folder, "dist", (await readdir(join(folder, "dist"))).find((name) => name.startsWith("server")))]);
  });
}

proof("Vite 8, built for a page by the conditions of a Worker", ["vite@8"], async ({ folder, node, bin }) => {
  await writeFiles(folder, { ...page("ringcentral-ai/inline"), "vite.config.js": `export default { resolve: { conditions: ["workerd", "worker", "browser"] } };` });
  await node([bin("vite/bin/vite.js"), "build", "--logLevel", "warn"]);
  await provesFrom(browser, join(folder, "dist"));
});

const WEBPACK = (options) => `
  import webpack from "webpack";
  webpack({ mode: "production", context: import.meta.dirname ?? process.cwd(), ...${JSON.stringify(options)} }, (error, stats) => {
    if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString());
  });
`;

proof("webpack 5, for a page", ["webpack@5"], async ({ folder, node }) => {
  await writeFiles(folder, { ...page(), "build.mjs": WEBPACK({ entry: "./main.js", performance: false }) });
  await node(["build.mjs"]);
  await writeFiles(folder, { "dist/index.html": PAGE });
  await provesFrom(browser, join(folder, "dist"));
});

proof("webpack 5, for Node", ["webpack@5"], async ({ folder, node }) => {
  await writeFiles(folder, { "main.js": program(sandbox) + PRINT, "build.mjs": WEBPACK({ entry: "./main.js", target: "node20", output: { filename: "main.cjs" }, performance: false }) });
  await node(["build.mjs"]);
  await proves(process.execPath, [join(folder, "dist/main.cjs")]);
});

const ROLLUP = (options, output) => `
  import { nodeResolve } from "@rollup/plugin-node-resolve";
  import { rollup } from "rollup";
  const onwarn = (warning) => { throw new Error(warning.message); };
  const bundle = await rollup({ input: "main.js", plugins: [nodeResolve(${JSON.stringify(options)})], onwarn });
  await bundle.write({ dir: "dist", inlineDynamicImports: true, ...${JSON.stringify(output)} });
`;

proof("rollup, for a page", ["rollup@4", "@rollup/plugin-node-resolve"], async ({ folder, node }) => {
  await writeFiles(folder, { ...page("ringcentral-ai/inline"), "build.mjs": ROLLUP({ browser: true }), "dist/index.html": PAGE });
  await node(["build.mjs"]);
  await provesFrom(browser, join(folder, "dist"));
});

proof("rollup, for Node", ["rollup@4", "@rollup/plugin-node-resolve"], async ({ folder, node }) => {
  await writeFiles(folder, { "main.js": program(sandbox) + PRINT, "build.mjs": ROLLUP({ exportConditions: ["node"] }, { format: "cjs", entryFileNames: "main.cjs" }) });
  await node(["build.mjs"]);
  await proves(process.execPath, [join(folder, "dist/main.cjs")]);
});

proof("esbuild, for a page with the files of WebAssembly beside it", ["esbuild"], async ({ folder, node, bin }) => {
  await writeFiles(folder, { ...page(), "dist/index.html": PAGE });
  await run(join(folder, "node_modules/.bin/esbuild"), ["main.js", "--bundle", "--format=esm", "--outdir=dist"], { cwd: folder });
  const modules = (await readdir(bin("ringcentral-ai"))).filter((name) => name.endsWith(".wasm"));
  assert.ok(modules.length > 0);
  for (const name of modules) await copyFile(join(bin("ringcentral-ai"), name), join(folder, "dist", name));
  await provesFrom(browser, join(folder, "dist"));
});

proof(
  "Parcel",
  ["parcel@2"],
  async ({ folder, node, bin }) => {
    await writeFiles(folder, page());
    await node([bin("parcel/lib/bin.js"), "build", "index.html", "--no-source-maps", "--public-url", "./"]);
    await provesFrom(browser, join(folder, "dist"));
  },
  { "@parcel/resolver-default": { packageExports: true } },
);

/** What a bundler makes of a page that imports this and nothing else, in the folder `dist`: the cores beside its scripts, and their letters. */
async function emitted(folder, names, bundle) {
  const script = `import { ${names} } from "ringcentral-ai"; document.title = String([${names}]);`;
  await writeFiles(folder, { "index.html": PAGE, "main.js": script });
  await rm(join(folder, "dist"), { recursive: true, force: true });
  await bundle();
  const files = await readdir(join(folder, "dist"), { recursive: true });
  const scripts = await Promise.all(files.filter((name) => name.endsWith(".js")).map((name) => readFile(join(folder, "dist", name), "utf8")));
  const modules = files.filter((name) => name.endsWith(".wasm")).map((name) => statSync(join(folder, "dist", name)).size);
  return { modules: modules.sort((a, b) => a - b), scripts: scripts.join("") };
}

/** A proof that a bundler takes up the scripts of the cores that are needed and no other; where it can know, no file of another either. */
function sparing(name, packages, bundle, { knowsFiles, manifest }) {
  proof(
    `${name} takes up what is needed of the package`,
    packages,
    async (tools) => {
      const [results, client] = ["results", "client"].map((core) => statSync(join(consumer.installed, `core_${core}_bg.wasm`)).size);
      const of = (names) => emitted(tools.folder, names, () => bundle(tools));
      const [all, reading, none] = [await of("RingCentral"), await of("Transcript, parseCallback"), await of("RingCentralError")];
      assert.deepEqual(all.modules, [results, client]);
      assert.ok(/speechToText/.test(all.scripts) && !/speechToText/.test(reading.scripts) && none.scripts.length < 3_000, name);
      assert.deepEqual([reading.modules, none.modules], knowsFiles ? [[results], []] : [all.modules, all.modules]);
    },
    manifest,
  );
}

const viteBuild = ({ node, bin }) => node([bin("vite/bin/vite.js"), "build", "--logLevel", "warn"]);

sparing("webpack 5", ["webpack@5"], async ({ folder, node }) => {
  await writeFiles(folder, { "build.mjs": WEBPACK({ entry: "./main.js", performance: false }) });
  await node(["build.mjs"]);
}, { knowsFiles: true });

sparing("Parcel", ["parcel@2"], ({ node, bin }) => node([bin("parcel/lib/bin.js"), "build", "index.html", "--no-source-maps", "--no-cache"]), {
  knowsFiles: true,
  manifest: { "@parcel/resolver-default": { packageExports: true } },
});

sparing("Vite 8 with lazy barrels", ["vite@8"], async (tools) => {
  await writeFiles(tools.folder, { "vite.config.js": "export default { build: { rolldownOptions: { experimental: { lazyBarrel: true } } } };" });
  await viteBuild(tools);
}, { knowsFiles: true });

// These put every file there that a script names which they have read, used or not: nobody loads it.
sparing("Vite 8", ["vite@8"], viteBuild, { knowsFiles: false });
sparing("Vite 6", ["vite@6"], viteBuild, { knowsFiles: false });

const SUITE = (from) => `
  import { expect, test } from ${from};
  ${"$PROGRAM"}
  test("it proves", async () => expect(await proof()).toMatch(/Thank you for calling/), 60_000);
`;

for (const environment of ["node", "jsdom"]) {
  proof(`Vitest, ${environment}`, ["vitest", "jsdom"], async ({ folder, node, bin }) => {
    await writeFiles(folder, { "it.test.js": SUITE(`"vitest"`).replace("$PROGRAM", program(sandbox)) });
    await node([bin("vitest/vitest.mjs"), "run", "--environment", environment], { env: { ...process.env, CI: "1", NODE_TEST_CONTEXT: undefined } });
  });
}

proof("Jest, node", ["jest"], async ({ folder, node, bin }) => {
  await writeFiles(folder, { "it.test.js": SUITE(`"@jest/globals"`).replace("$PROGRAM", program(sandbox)), "jest.config.js": "export default { transform: {} };" });
  await node(["--experimental-vm-modules", bin("jest/bin/jest.js")], { env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
});

// jsdom has no fetch, no TextDecoder: there the client is a double, and what it throws is real.
proof("Jest, jsdom", ["jest", "jest-environment-jsdom"], async ({ folder, node, bin }) => {
  const suite = `
    import { expect, test } from "@jest/globals";
    import { JobsClient, RingCentralError } from "ringcentral-ai";
    test("it is imported, and doubled", async () => {
      expect(typeof document).toBe("object");
      const double = { get: () => Promise.reject(new RingCentralError({ code: "rate_limited", message: "slow down", retryAfter: 3 })) };
      await expect(double.get()).rejects.toMatchObject({ code: "rate_limited", retryAfter: 3 });
      await expect(new JobsClient("https://h").get("1")).rejects.toMatchObject({ code: "core_not_loaded" });
    });
  `;
  await writeFiles(folder, { "it.test.js": suite, "jest.config.js": `export default { transform: {}, testEnvironment: "jsdom" };` });
  await node(["--experimental-vm-modules", bin("jest/bin/jest.js")], { env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
});

proof("Deno", ["deno"], async ({ folder, bin }) => {
  await writeFiles(folder, { "main.js": program(sandbox) + PRINT });
  await proves(bin(".bin/deno"), ["run", "--quiet", "--no-prompt", `--allow-net=${new URL(sandbox.url).host}`, "main.js"], { cwd: folder });
});

proof("Bun, and one program that it compiles", ["bun"], async ({ folder, bin }) => {
  await writeFiles(folder, { "main.js": program(sandbox) + PRINT });
  await proves(bin(".bin/bun"), ["main.js"], { cwd: folder });
  await run(bin(".bin/bun"), ["build", "--compile", "main.js", "--outfile", "program"], { cwd: folder });
  await proves(join(folder, "program"), [], { cwd: "/" });
});

/** What a worker of a page's does with the package, which it imports by its address. */
const inWorker = (then) => `${program(sandbox, "/package/index.mjs")} ${then}`;

async function ofWorker(script, opener) {
  await writeFiles(consumer.folder, { "pages/worker.mjs": script, "pages/index.html": `<!doctype html><title></title><script type="module">${opener}</script>` });
  const files = await startFiles([["/package/", `${consumer.installed}/`], ["/", `${join(consumer.folder, "pages")}/`]]);
  try {
    await provesAt(browser, `${files.url}/index.html`);
  } finally {
    await files.close();
  }
}

test("a dedicated worker", async () => {
  const told = "proof().catch((error) => `${error.stack}\\n`).then((text) => postMessage(text));";
  await ofWorker(inWorker(told), `new Worker("/worker.mjs", { type: "module" }).onmessage = ({ data }) => (document.title = data);`);
});

test("a service worker", async () => {
  const told = `onmessage = ({ source }) => proof().catch((error) => error.stack + "\\n").then((text) => source.postMessage(text));`;
  const opener = `
    navigator.serviceWorker.onmessage = ({ data }) => (document.title = data);
    navigator.serviceWorker.startMessages();
    await navigator.serviceWorker.register("/worker.mjs", { type: "module" });
    (await navigator.serviceWorker.ready).active.postMessage("go");
  `;
  await ofWorker(inWorker(told), opener);
});
