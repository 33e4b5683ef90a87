// Builds the console; it takes the package as a stranger would, by its name and its exports.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("."),
  base: "./",
  resolve: { alias: { "ringcentral-ai": at("../../dist/package") } },
  build: {
    outDir: at("../../dist/console"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // The page's policy allows nothing inline.
    modulePreload: { polyfill: false },
  },
});
