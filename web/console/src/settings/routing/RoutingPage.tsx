import type { ReactNode } from "react";

import { formatRoute } from "../../navigation/route.ts";
import { Page } from "../Page.tsx";
import { words } from "./en.ts";

export const TABS = ["queues", "rules", "teams", "skills"] as const;
export type Tab = (typeof TABS)[number];

interface RoutingPageProps {
  tab: Tab;
  action?: ReactNode;
  children: ReactNode;
}

/** One of the parts of routing, with the way to the others. */
export function RoutingPage({ tab, action, children }: RoutingPageProps) {
  return (
    <Page title={words.title} text={words.texts[tab]} action={action}>
      <nav className="tabs" aria-label={words.title}>
        {TABS.map((one) => (
          <a
            key={one}
            className="tabs__tab"
            href={formatRoute({ screen: "settings", path: ["routing", one] })}
            aria-current={one === tab ? "page" : undefined}
          >
            {words.tabs[one]}
          </a>
        ))}
      </nav>
      {children}
    </Page>
  );
}
