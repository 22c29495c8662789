import { Page } from "../Page.tsx";
import { Debugger } from "./Debugger.tsx";
import { words } from "./en.ts";
import { SecretsPart } from "./SecretsPart.tsx";
import { Signing } from "./Signing.tsx";
import "./identity.css";

/** How the shop proves who is writing. */
export function IdentityPage() {
  return (
    <Page title={words.title} text={words.text}>
      <Debugger />
      <SecretsPart />
      <Signing />
    </Page>
  );
}
