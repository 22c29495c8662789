import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.KITHDESK_DEV_SERVER ?? "http://127.0.0.1:8080";

/**
 * What every screen's styles change comes before them. The build puts the styles of a shared part before those of the
 * entry, which imports the base.
 */
function baseFirst(): Plugin {
  return {
    name: "kithdesk-base-first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html) {
        const base = /[ \t]*<link rel="stylesheet"[^>]*\/base-[^>]*>\n/u.exec(html)?.[0];
        if (base === undefined)
          throw new Error("The page has no base.css: what comes before the other styles?");
        return html.replace(base, "").replace(/[ \t]*<link rel="stylesheet"/u, (first) => base + first);
      },
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [react(), baseFirst()],
  server: {
    proxy: {
      // The browser must see one origin, as in production, or the session cookie would not travel.
      "/v1": { target: server, ws: true, changeOrigin: false },
      "/c": { target: server, ws: true },
      "/files": { target: server },
    },
  },
  build: {
    outDir: "../../kithdesk/web_assets/console",
    emptyOutDir: true,
    target: "es2022",
    // Without this Vite puts small files into `data:` addresses, which the content policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    // The polyfill is an inline script; every browser that runs the console has module preload.
    modulePreload: { polyfill: false },
    sourcemap: false,
    // What several lazy parts share comes in one file: by itself it falls into a dozen of a few hundred bytes each.
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: [
            { name: "base", test: /(?:tokens|base)\.css$/u, priority: 1 },
            { name: "shared", minShareCount: 2 },
          ],
        },
      },
    },
  },
  test: {
    testTimeout: 30_000,
    // Every file on its own still, without a process for each: to load React a hundred times took most of the time.
    pool: "vmThreads",
    maxWorkers: "100%",
    // Only what draws needs a document; `// @vitest-environment happy-dom` asks for one elsewhere.
    projects: [
      { extends: true, test: { name: "plain", environment: "node", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "drawn",
          environment: "happy-dom",
          include: ["src/**/*.test.tsx"],
          setupFiles: ["src/app/test-setup.ts"],
        },
      },
    ],
  },
});
