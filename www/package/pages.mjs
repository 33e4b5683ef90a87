import { checked } from "./how.mjs";
import { write } from "./secret-url.mjs";

/** The items of a list, page after page, one without any among them; `read` asks for the page of a query, which is JSON. */
export async function* items(filters, read) {
  const { signal, onSkipped } = checked(filters);
  let { signal: _, onSkipped: __, ...query } = filters ?? {};
  while (query) {
    const page = await read(write(query, "filters"), signal);
    if (page.skipped) onSkipped?.(page.skipped);
    yield* page.items;
    query = page.nextCursor && { cursor: page.nextCursor };
  }
}
