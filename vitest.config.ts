import { defineConfig } from "vitest/config";

// One run over all workspaces; each brings its own settings.
export default defineConfig({
  test: {
    projects: ["web/{widget,console,ui,api-client}"],
    passWithNoTests: false,
  },
});
