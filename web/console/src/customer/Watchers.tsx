import { Eye, EyeOff } from "lucide-react";

import { useDesk, useDeskVersion } from "../desk/store.ts";
import type { Customer } from "../desk/types.ts";
import { editOrSay } from "./edits.ts";
import { words } from "./en.ts";
import { Section } from "./Section.tsx";

/** Agents who want to hear of what happens to this customer, whoever serves them. */
export function Watchers({ customer }: { customer: Customer }) {
  const { id, watchers } = customer;
  useDeskVersion();
  const me = useDesk((desk) => desk.me);
  const agents = useDesk((desk) => desk.agents);
  const isMine = watchers.includes(me);
  const names = watchers.map((watcher) =>
    watcher === me ? words.you : (agents.get(watcher)?.displayName ?? words.anAgent),
  );
  const toggle = () => {
    const next = isMine ? watchers.filter((one) => one !== me) : [...watchers, me];
    void editOrSay(id, "watchers", next, isMine ? words.didUnwatch : words.didWatch);
  };
  return (
    <Section
      title={words.watchers}
      aside={
        <button type="button" className="add add--aside" title={words.watchHint} onClick={toggle}>
          {isMine ? <EyeOff size={13} aria-hidden="true" /> : <Eye size={13} aria-hidden="true" />}
          {isMine ? words.unwatch : words.watch}
        </button>
      }
    >
      <p className={names.length === 0 ? "section__empty" : "section__text"} dir="auto">
        {names.length === 0 ? words.noOneWatches : names.join(", ")}
      </p>
    </Section>
  );
}
