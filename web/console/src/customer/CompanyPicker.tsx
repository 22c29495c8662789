import { Building2, CircleSlash } from "lucide-react";
import { useMemo } from "react";

import { api } from "../api/api.ts";
import { wordsFor } from "../api/errors.ts";
import { text } from "../desk/reading.ts";
import type { Customer, Named } from "../desk/types.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { showToast } from "../toast/toast.ts";
import { editOrSay } from "./edits.ts";
import { words } from "./en.ts";
import { useLookUp } from "./use-look-up.ts";

interface CompanyPickerProps {
  customer: Customer;
  anchor: DOMRect;
  onClose: () => void;
}

const NOTHING = "nothing";
const NO_OPTIONS: readonly Option[] = [];

/** Which company somebody is of; a name that no company has yet makes one. */
export function CompanyPicker({ customer, anchor, onClose }: CompanyPickerProps) {
  const { found, setQuery } = useLookUp(findCompanies);
  const options = useMemo<Option[]>(() => {
    const companies = found.map(({ id, name }) => ({
      id,
      label: name,
      icon: <Building2 size={14} />,
      isChosen: id === customer.company?.id,
    }));
    if (customer.company === null) return companies;
    return [...companies, { id: NOTHING, label: words.noCompany, icon: <CircleSlash size={14} /> }];
  }, [found, customer.company]);
  const choose = (company: Named | null) => {
    onClose();
    const did = company === null ? words.didClear(words.company) : words.didChange(words.company);
    void editOrSay(customer.id, "company", company, did);
  };
  const create = (name: string) => {
    createCompany(name).then(choose, (error: unknown) =>
      showToast(words.notSaved(wordsFor(error)), { tone: "problem" }),
    );
  };
  return (
    <Picker
      title={words.company}
      placeholder={words.companyPlaceholder}
      options={NO_OPTIONS}
      found={options}
      anchor={anchor}
      onPick={({ id, label }) => choose(id === NOTHING ? null : { id, name: label })}
      onClose={onClose}
      onQuery={setQuery}
      onCreate={create}
      createLabel={words.createCompany}
    />
  );
}

async function findCompanies(query: string): Promise<Named[]> {
  const { data } = await api.list(`/v1/companies?pageSize=20&filter=${encodeURIComponent(query.trim())}`);
  return data.map(({ id, attributes }) => ({ id, name: text(attributes.name) }));
}

async function createCompany(name: string): Promise<Named> {
  const { data } = await api.post("/v1/companies", { name });
  return { id: data.id, name };
}
