import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    name: "widget",
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    testTimeout: 30_000,
    maxWorkers: "100%",
    setupFiles: ["src/test-setup.ts"],
    environmentOptions: {
      happyDOM: {
        url: "https://shop.test/boots",
        settings: { disableIframePageLoading: true, handleDisabledFileLoadingAsSuccess: true },
      },
    },
    restoreMocks: true,
    unstubGlobals: true,
  },
});
