import { ArrowUpRight, Building2, Plus } from "lucide-react";
import { useState } from "react";
import { Fact } from "../app/Fact.tsx";
import type { Customer } from "../desk/types.ts";
import { formatRoute } from "../navigation/route.ts";
import { CompanyPicker } from "./CompanyPicker.tsx";
import { words } from "./en.ts";
import "./company.css";

/** The company that somebody is of; a press changes it. */
export function Company({ customer }: { customer: Customer }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  if (customer.company === null) return null;
  return (
    <Fact label={words.company} icon={<Building2 size={14} aria-hidden="true" />}>
      <span className="company-fact">
        <button
          type="button"
          className="value__button"
          aria-haspopup="dialog"
          title={words.changeCompany}
          onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
        >
          <bdi>{customer.company.name}</bdi>
        </button>
        <a
          className="company-fact__link"
          href={formatRoute({ screen: "company", id: customer.company.id })}
          aria-label={words.showCompany(customer.company.name)}
          title={words.showCompany(customer.company.name)}
        >
          <ArrowUpRight size={14} aria-hidden="true" />
        </a>
      </span>
      {anchor !== null && (
        <CompanyPicker customer={customer} anchor={anchor} onClose={() => setAnchor(null)} />
      )}
    </Fact>
  );
}

export function AddCompany({ customer }: { customer: Customer }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  if (customer.company !== null) return null;
  return (
    <>
      <button
        type="button"
        className="add"
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Plus size={13} aria-hidden="true" />
        {words.company}
      </button>
      {anchor !== null && (
        <CompanyPicker customer={customer} anchor={anchor} onClose={() => setAnchor(null)} />
      )}
    </>
  );
}
