// Puts the API browser's own files beside the other built pages, so that /docs needs nothing from elsewhere.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const from = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const to = new URL("../../kithdesk/web_assets/docs/", import.meta.url).pathname;

mkdirSync(to, { recursive: true });
for (const name of ["swagger-ui.css", "swagger-ui-bundle.js", "LICENSE", "NOTICE"]) {
  copyFileSync(join(from, name), join(to, name));
}
copyFileSync(new URL("../console/src/app/icon.svg", import.meta.url), join(to, "icon.svg"));
writeFileSync(
  join(to, "start.js"),
  'SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, defaultModelsExpandDepth: 0 });\n',
);
