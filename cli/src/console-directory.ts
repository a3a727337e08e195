import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../console/dist/", import.meta.url));

/** Where the built web console lies, or null where it was not built. */
export const consoleDirectory = existsSync(built) ? built : null;
