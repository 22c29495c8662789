import { sampleValue } from "../attributes/sample.ts";
import type { Klass } from "./klass.ts";

/** How another system writes such a record: made the first time, changed from then on. */
export function sampleCall(klass: Klass, origin: string): string {
  const custom = Object.fromEntries(klass.attributes.map((one) => [one.name, sampleValue(one)]));
  const body = { title: `${klass.displayName || klass.name} 1042`, customer: "CUSTOMER_ID", custom };
  const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
  return [
    `curl -X PUT '${origin}/v1/klasses/${klass.name}/externalId=1042' \\`,
    "  -H 'Authorization: Bearer YOUR_API_KEY' \\",
    "  -H 'Content-Type: application/json' \\",
    `  -d '${json}'`,
  ].join("\n");
}
