import { UserRound, X } from "lucide-react";
import { useEffect } from "react";

import { loadCustomer } from "../desk/load.ts";
import { useDesk } from "../desk/store.ts";
import { goToSearch } from "../navigation/navigation.ts";
import type { SearchKind } from "../navigation/route.ts";
import { words } from "./en.ts";

interface WhoseProps {
  query: string;
  kind: SearchKind;
  /** Null until it is known. */
  name: string | null;
}

/** That one customer alone is searched, and the way to everybody. */
export function Whose({ query, kind, name }: WhoseProps) {
  return (
    <p className="search__whose">
      <span className="search__only">
        <UserRound size={13} aria-hidden="true" />
        <bdi className="search__name">{name === null ? words.ofOne : words.of(name)}</bdi>
        <button
          type="button"
          className="icon-button icon-button--small"
          aria-label={words.everybody}
          title={words.everybody}
          onClick={() => goToSearch(query, { kind }, "replace")}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </span>
    </p>
  );
}

/** The desk mostly knows them: one comes from a conversation of theirs. */
export function useNameOf(customer: string | null): string | null {
  const name = useDesk(({ customers }) => customers.get(customer ?? "")?.displayName) ?? null;
  useEffect(() => {
    if (customer !== null && name === null) loadCustomer(customer).catch(() => undefined);
  }, [customer, name]);
  return name;
}
