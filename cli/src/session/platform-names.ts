import { listAllPlatforms, type listPlatforms } from "@corbenic/sdk/endpoints";
import { readPages } from "./every-page.ts";
import type { Session } from "./session.ts";

/**
 * The name of each platform by its id.
 * @param list all there are, which only administrators may ask for, or those that one may use
 */
export async function platformNames(
  session: Session,
  list: typeof listAllPlatforms | typeof listPlatforms = listAllPlatforms,
): Promise<ReadonlyMap<string, string>> {
  const platforms: readonly { readonly id: string; readonly name: string }[] = await readPages(
    (query) => session.call(list, { query }),
    (page) => page.platforms,
    Number.POSITIVE_INFINITY,
  );
  return new Map(platforms.map(({ id, name }) => [id, name]));
}
