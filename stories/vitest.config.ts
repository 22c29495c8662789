import { defineConfig } from "vitest/config";

const isCluster = process.env.KITHDESK_STORIES !== undefined;

// Whole stories: real servers, real browsers. Two at a time, as fits a machine with two cores; of clusters one.
export default defineConfig({
  cacheDir: "../node_modules/.vite/stories",
  test: {
    name: "stories",
    root: import.meta.dirname,
    include: isCluster ? ["*.story.ts", "nodes/*.story.ts"] : ["*.story.ts", "harness/*.test.ts"],
    globalSetup: ["harness/suite.ts"],
    pool: "forks",
    // What one file leaves in another's way is the browser, which is the same for all of a process.
    isolate: false,
    maxWorkers: isCluster ? 1 : 2,
    // A build machine's neighbours may cost a story its time once; the report names it.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 40_000 } },
  },
});
