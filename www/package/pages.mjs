import { write } from "./secret-url.mjs";

/** The items of a list, page after page; `read` asks for the page of a query, which is JSON. */
export async function* items({ signal, ...filters } = {}, read) {
  let query = filters;
  while (query) {
    const page = await read(write(query), { signal });
    yield* page.items;
    query = page.nextCursor && { cursor: page.nextCursor };
  }
}
