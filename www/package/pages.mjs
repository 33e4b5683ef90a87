import { write } from "./secret-url.mjs";

/** The items of a list, page after page, one without any among them; `read` asks for the page of a query, which is JSON. */
export async function* items({ signal, onSkipped, ...filters } = {}, read) {
  let query = filters;
  while (query) {
    const page = await read(write(query), signal);
    if (page.skipped) onSkipped?.(page.skipped);
    yield* page.items;
    query = page.nextCursor && { cursor: page.nextCursor };
  }
}
