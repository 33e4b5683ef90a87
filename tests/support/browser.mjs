// Chromium for the tests that need a page.
import { chromium } from "playwright-core";

/** Starts the browser that CHROMIUM names. */
export const startBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
