import { defineConfig } from "vitest/config";

import stories from "./vitest.config.ts";

// The same house, another errand.
export default defineConfig({
  ...stories,
  test: { ...stories.test, name: "screenshots", include: ["screenshots.ts"], testTimeout: 600_000 },
});
