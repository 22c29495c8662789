import { Plus } from "lucide-react";
import { useState } from "react";

import { words as objectWords } from "../objects/en.ts";
import { useCreatable, useKlasses } from "../objects/klasses.ts";
import { useAllLinks } from "../objects/links.ts";
import { ObjectActions } from "../objects/ObjectActions.tsx";
import { ObjectCard } from "../objects/ObjectCard.tsx";
import { startAdding } from "../objects/sheet.ts";
import type { KObject } from "../objects/types.ts";
import { words } from "./en.ts";
import { loadMoreObjects, loadObjects, MOST_OBJECTS, PAGE_SIZE, useObjects } from "./objects.ts";
import { Section } from "./Section.tsx";

/** As many as are seen without a click; of these, only the newest is open. */
const SHOWN = 3;

interface ObjectsProps {
  customer: string;
  /** The one that is open; null beside none. */
  conversation: string | null;
}

/** Orders and whatever else the organisation keeps of a customer: a part for each kind, the newest first. */
export function Objects({ customer, conversation }: ObjectsProps) {
  const { state, objects, totals } = useObjects(customer);
  if (state === "failed") {
    return (
      <p className="section section__empty" role="alert">
        {words.objectsFailed}{" "}
        <button type="button" className="text-button" onClick={() => void loadObjects(customer)}>
          {words.tryAgain}
        </button>
      </p>
    );
  }
  return (
    <>
      {byKlass(objects, totals).map(([klass, ofKlass]) => (
        <Kind
          key={klass}
          customer={customer}
          klass={klass}
          objects={ofKlass}
          total={Math.max(totals.get(klass) ?? 0, ofKlass.length)}
          conversation={conversation}
        />
      ))}
      {state === "ready" && <Add customer={customer} conversation={conversation} />}
    </>
  );
}

/** Agents add records of some kinds; where there are none of these, there is nothing to press. */
function Add({ customer, conversation }: ObjectsProps) {
  const klasses = useCreatable();
  const [klass] = klasses;
  if (klass === undefined) return null;
  return (
    <p className="section object-add">
      <button
        type="button"
        className="add"
        aria-haspopup="dialog"
        onClick={(event) => startAdding({ customer, conversation }, event.currentTarget)}
      >
        <Plus size={14} aria-hidden="true" />
        {klasses.length === 1 ? objectWords.addOne(klass.displayName.toLowerCase()) : objectWords.add}
      </button>
    </p>
  );
}

interface KindProps {
  customer: string;
  klass: string;
  objects: readonly KObject[];
  /** How many there are, loaded or not. */
  total: number;
  conversation: string | null;
}

function Kind({ customer, klass, objects, total, conversation }: KindProps) {
  const [showsAll, setShowsAll] = useState(false);
  const links = useAllLinks();
  const isHere = ({ id }: KObject) => conversation !== null && links.get(id) === conversation;
  const plural =
    useKlasses(({ klasses }) => klasses.get(klass)?.pluralName) ?? objects[0]?.klassName ?? klass;
  // What the conversation is about comes first.
  const inOrder = [...objects.filter(isHere), ...objects.filter((object) => !isHere(object))];
  const toggle = () => {
    setShowsAll(!showsAll);
    if (!showsAll && objects.length < Math.min(total, PAGE_SIZE)) void loadMoreObjects(customer, klass);
  };
  const shown = showsAll ? inOrder : inOrder.slice(0, SHOWN);
  return (
    <Section title={plural} aside={<span className="section__aside">{total.toLocaleString()}</span>}>
      <ul className="object-list">
        {shown.map((object, index) => (
          <li key={object.id}>
            <ObjectCard
              object={object}
              isFolded={index > 0}
              isHere={isHere(object)}
              action={<ObjectActions object={object} conversation={conversation} />}
            />
          </li>
        ))}
      </ul>
      <p className="object-list__more">
        {showsAll && objects.length < total && objects.length < MOST_OBJECTS && (
          <button type="button" className="add" onClick={() => void loadMoreObjects(customer, klass)}>
            {objectWords.showMore}
          </button>
        )}
        {(total > SHOWN || total > objects.length) && (
          <button type="button" className="add" aria-expanded={showsAll} onClick={toggle}>
            {showsAll ? objectWords.showFewer : objectWords.showAll(total)}
          </button>
        )}
      </p>
    </Section>
  );
}

/** Kinds of which none is loaded yet come last. */
function byKlass(
  objects: readonly KObject[],
  totals: ReadonlyMap<string, number>,
): [string, readonly KObject[]][] {
  const kinds = new Map<string, KObject[]>();
  for (const object of objects) {
    const known = kinds.get(object.klass);
    if (known === undefined) kinds.set(object.klass, [object]);
    else known.push(object);
  }
  for (const [klass, total] of totals) if (total > 0 && !kinds.has(klass)) kinds.set(klass, []);
  return [...kinds];
}
