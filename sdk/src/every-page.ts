interface Page {
  readonly next_cursor: string | null;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** What the cloud gives at most at once. */
const pageMax = 200;

/** Reads a list to its end, and makes something of each entry. */
export async function everyPage<P extends Page, Entry, Item>(
  read: (query: PageQuery) => Promise<P>,
  entriesOf: (page: P) => readonly Entry[],
  make: (entry: Entry) => Item,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let query: PageQuery | undefined = { limit: pageMax }; query !== undefined; ) {
    const page: P = await read(query);
    for (const entry of entriesOf(page)) items.push(make(entry));
    query = page.next_cursor === null ? undefined : { limit: pageMax, cursor: page.next_cursor };
  }
  return items;
}
