import { parted } from "./how.mjs";
import { write } from "./secret-url.mjs";

/** The items of a list, page after page, one without any among them; `read` asks for the page of a query, which is JSON. */
export async function* items(filters, read) {
  const [options, query] = parted(filters);
  for (let next = query; next; ) {
    const page = await read(write(next, "filters"), options);
    if (page.skipped) options.onSkipped?.(page.skipped);
    yield* page.items;
    next = page.nextCursor && { cursor: page.nextCursor };
  }
}
