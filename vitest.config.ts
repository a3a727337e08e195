import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*/src/**/*.test.ts", "*/test/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    // Most of a test file is waiting for a database to start: one worker fewer than cores leaves one of two idle.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ["server/test/postgres-cluster.ts"],
  },
});
