/** A page of a list, and where the next one begins. */
interface Page {
  readonly next_cursor: string | null;
}

const pageMax = 200;

/** Reads a list page by page, up to so many of its items. */
export async function readPages<P extends Page, Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<P>,
  itemsOf: (page: P) => readonly Item[],
  most: number,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const limit = Math.min(pageMax, most - items.length);
    const page: P = await read(cursor === null ? { limit } : { limit, cursor });
    items.push(...itemsOf(page));
    cursor = page.next_cursor;
  } while (cursor !== null && items.length < most);
  return items;
}
