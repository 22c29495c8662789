import { useEffect, useState } from "react";
import { Fact } from "../app/Fact.tsx";
import { isChosen, isEmpty, isMasked, wordsOfValue } from "../attributes/attribute-values.ts";
import type { Declared } from "../attributes/declared.ts";
import { labelOf } from "../attributes/names.ts";
import type { Customer } from "../desk/types.ts";
import { Conflict } from "./Conflict.tsx";
import { knowAttributes, loadCustomerAttributes, useCustomerAttributes } from "./customer-attributes.ts";
import { words } from "./en.ts";
import { Section } from "./Section.tsx";
import { useEditing } from "./use-editing.ts";
import { Value } from "./Value.tsx";
import { ValueEditor } from "./ValueEditor.tsx";

/** As many empty ones as one sees through at a glance. */
const FEW = 4;

/** What the organisation keeps of its customers: each attribute changes where it stands, by its type. */
export function Attributes({ customer }: { customer: Customer }) {
  const attributes = useCustomerAttributes();
  const [showsEmpty, setShowsEmpty] = useState(false);
  useEffect(() => {
    // Without them, what is there is shown under its own names, and nothing can be changed.
    loadCustomerAttributes().catch(() => undefined);
  }, []);
  useEffect(() => knowAttributes(Object.keys(customer.custom)), [customer.custom]);
  if (attributes === null) return <Undeclared customer={customer} />;
  const isFull = ({ name }: Declared) => !isEmpty(customer.custom[name]);
  const empty = attributes.filter((declared) => !isFull(declared));
  if (attributes.length === 0) return null;
  const isShort = empty.length <= FEW || showsEmpty;
  return (
    <Section title={words.attributes}>
      <dl className="facts">
        {(isShort ? attributes : attributes.filter(isFull)).map((declared) => (
          <Attribute key={declared.name} customer={customer} declared={declared} />
        ))}
      </dl>
      {!isShort && (
        <button type="button" className="add" onClick={() => setShowsEmpty(true)}>
          {words.showEmpty(empty.length)}
        </button>
      )}
    </Section>
  );
}

function Undeclared({ customer }: { customer: Customer }) {
  const found = Object.entries(customer.custom).filter(([, value]) => !isEmpty(value) && !isMasked(value));
  if (found.length === 0) return null;
  return (
    <Section title={words.attributes}>
      <dl className="facts">
        {found.map(([name, value]) => (
          <Fact key={name} label={labelOf(name)}>
            {String(value)}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

function Attribute({ customer, declared }: { customer: Customer; declared: Declared }) {
  const value = customer.custom[declared.name];
  const editing = useEditing(customer.id, `custom.${declared.name}`);
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const { conflict } = editing;
  const save = (next: unknown) => {
    const did = isEmpty(next) ? words.didClear(declared.label) : words.didChange(declared.label);
    void editing.save(next, did);
  };
  const isTyped = !isChosen(declared);
  return (
    <Fact label={declared.label} hint={declared.description}>
      {!(editing.isOpen && isTyped) && (
        <Value
          declared={declared}
          value={value}
          opener={editing.opener}
          onEdit={(element) => {
            setAnchor(element.getBoundingClientRect());
            editing.open();
          }}
        />
      )}
      {editing.isOpen && (
        <ValueEditor
          declared={declared}
          value={editing.draft(value)}
          problem={editing.problem}
          anchor={anchor}
          onSave={save}
          onClose={editing.close}
        />
      )}
      {conflict !== null && (
        <Conflict
          customer={customer.id}
          field={`custom.${declared.name}`}
          theirs={isEmpty(conflict.theirs) ? null : wordsOfValue(declared, conflict.theirs)}
          onMine={() => save(conflict.mine)}
          onTheirs={editing.close}
        />
      )}
    </Fact>
  );
}
