import { Eye, EyeOff } from "lucide-react";

import { useDesk } from "../desk/store.ts";
import type { Customer } from "../desk/types.ts";
import { editOrSay } from "./edits.ts";
import { words } from "./en.ts";
import { Section } from "./Section.tsx";

/** Agents who want to hear of what happens to this customer, whoever serves them. */
export function Watchers({ customer }: { customer: Customer }) {
  const { id, watchers } = customer;
  const me = useDesk((desk) => desk.me);
  const names = useDesk((desk) =>
    watchers
      .map((watcher) =>
        watcher === me ? words.you : (desk.agents.get(watcher)?.displayName ?? words.anAgent),
      )
      .join(", "),
  );
  const isMine = watchers.includes(me);
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
      <p className={names === "" ? "section__empty" : "section__text"} dir="auto">
        {names === "" ? words.noOneWatches : names}
      </p>
    </Section>
  );
}
