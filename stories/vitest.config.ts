import { defineConfig } from "vitest/config";

// Whole stories: real servers, one real browser. Two at a time, as fits a machine with two cores.
export default defineConfig({
  cacheDir: "../node_modules/.vite/stories",
  test: {
    name: "stories",
    root: import.meta.dirname,
    include: ["*.story.ts"],
    globalSetup: ["harness/suite.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 40_000 } },
  },
});
