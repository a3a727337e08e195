import { PGlite } from "@electric-sql/pglite";

/**
 * `-F` would turn fsync off; the default method opens the log in a mode that the file system does not have. Commits do
 * not wait for the disk one by one: who answers for them does, for all of them at once.
 */
export const durableStartParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  ...["wal_sync_method=fsync", "shared_buffers=16MB", "synchronous_commit=off", "jit=off"].flatMap(
    (setting) => ["-c", setting],
  ),
];
