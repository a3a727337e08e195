import { fileURLToPath } from "node:url";

/** Where the web console's files lie. */
export const consoleDirectory = fileURLToPath(new URL("../../console/pages/", import.meta.url));
