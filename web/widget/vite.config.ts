import { defineConfig, type Plugin, type UserConfig } from "vite";

const OUT = "../../kithdesk/web_assets/widget";
const TARGET = ["chrome109", "edge109", "firefox115", "safari16.4"];
/** The tokens use `light-dark()`, which older browsers would need as twice the rules. */
const CSS_TARGET = ["chrome123", "edge123", "firefox121", "safari17.5"];

/** `widget.js` and `core.js`: one file each, without a hash, because pages name them for years. */
function script(name: string, entry: string): UserConfig {
  return {
    publicDir: false,
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: TARGET,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        output: { format: "iife", entryFileNames: name, name: "kithdesk" },
      },
    },
  };
}

/** The panel's lazy parts bring no styles of their own, so the helper that waits for styles is 1.3 kB for nothing. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: (id) =>
    id.endsWith("vite/preload-helper.js") ? "export const __vitePreload = (load) => load();" : null,
};

/** The tokens are the console's too: those that no rule of the panel uses stay out of its styles. */
const usedTokens: Plugin = {
  name: "used-tokens",
  enforce: "post",
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle)) {
      if (file.type === "asset" && file.fileName.endsWith(".css")) file.source = onlyUsed(`${file.source}`);
    }
  },
};

function onlyUsed(css: string): string {
  return css.replace(/(?<=[{;])(--[\w-]+):[^;{}]+;?/g, (declaration, name) =>
    css.includes(`var(${name})`) ? declaration : "",
  );
}

/**
 * The panel: a page of its own in the frame, with hashed assets that may be cached for ever. Its JSX is made into the
 * plain calls: those of the newer form are longer, and bring a second maker of elements.
 */
const panel: UserConfig = {
  base: "/widget/",
  plugins: [plainImports, usedTokens],
  publicDir: false,
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: TARGET,
    cssTarget: CSS_TARGET,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "panel.html",
      transform: { inject: { h: ["preact", "h"], Fragment: ["preact", "Fragment"] } },
    },
  },
};

export default defineConfig(({ mode }) => {
  if (mode === "loader") return script("widget.js", "src/loader/loader.ts");
  if (mode === "core") return script("core.js", "src/core/core.ts");
  return panel;
});
