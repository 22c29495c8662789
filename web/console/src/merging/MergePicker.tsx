import { UserRound } from "lucide-react";
import { useEffect, useMemo, useState } from "react";

import { api } from "../api/api.ts";
import { useLookUp } from "../customer/use-look-up.ts";
import { isJson, type Resource, text } from "../desk/reading.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { fetchDuplicates } from "./api.ts";
import { words } from "./en.ts";

interface MergePickerProps {
  customer: string;
  onPick: (other: string) => void;
  onClose: () => void;
}

const NO_OPTIONS: readonly Option[] = [];

/** Whom to merge with: who is suggested, or whoever is found. */
export function MergePicker({ customer, onPick, onClose }: MergePickerProps) {
  const [suggested, setSuggested] = useState(NO_OPTIONS);
  const { found, setQuery } = useLookUp(findCustomers);
  useEffect(() => {
    let isOver = false;
    fetchDuplicates(customer).then(
      (duplicates) => {
        if (isOver) return;
        setSuggested(
          duplicates.map(({ id, name, address, reasons }) =>
            // Sentences, which a hint at the end of a row would cut.
            optionOf({ id, name, hint: "", detail: [address ?? "", ...reasons].filter(Boolean).join(" · ") }),
          ),
        );
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [customer]);
  const others = useMemo(() => {
    const known = new Set([customer, ...suggested.map(({ id }) => id)]);
    return found.filter(({ id }) => !known.has(id)).map(optionOf);
  }, [found, suggested, customer]);
  return (
    <Picker
      title={words.findTitle}
      placeholder={words.findPlaceholder}
      options={suggested}
      found={others}
      anchor={null}
      onPick={({ id }) => onPick(id)}
      onClose={onClose}
      onQuery={setQuery}
    />
  );
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly detail?: string;
}

function optionOf({ id, name, hint, detail }: Found): Option {
  return {
    id,
    label: name,
    hint: hint === "" || hint === name ? undefined : hint,
    icon: <UserRound size={14} />,
    detail,
  };
}

/** By anything that leads to a customer: also the number of an order. */
async function findCustomers(query: string): Promise<Found[]> {
  if (query.trim().length < 2) return [];
  const { data } = await api.list(
    `/v1/search?types=customer,kobject&pageSize=20&q=${encodeURIComponent(query.trim())}`,
  );
  const found = data.map(foundFrom).filter((one) => one !== null);
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

function foundFrom({ id, attributes: hit }: Resource): Found | null {
  const title = text(hit.title);
  if (hit.kind === "customer") return { id, name: title, hint: text(hit.snippet) };
  if (!isJson(hit.customer)) return null;
  return { id: text(hit.customer.id), name: text(hit.customer.displayName), hint: title };
}
