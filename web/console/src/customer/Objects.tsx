import { useState } from "react";

import { words as objectWords } from "../objects/en.ts";
import { useKlasses } from "../objects/klasses.ts";
import { useAllLinks } from "../objects/links.ts";
import { ObjectCard } from "../objects/ObjectCard.tsx";
import { PutTo } from "../objects/PutTo.tsx";
import type { KObject } from "../objects/types.ts";
import { words } from "./en.ts";
import { loadMoreObjects, loadObjects, MOST_OBJECTS, useObjects } from "./objects.ts";
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
  const { state, objects, total } = useObjects(customer);
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
  const hasMore = objects.length < total;
  return (
    <>
      {byKlass(objects).map(([klass, ofKlass]) => (
        <Kind key={klass} klass={klass} objects={ofKlass} hasMore={hasMore} conversation={conversation} />
      ))}
      {hasMore && objects.length < MOST_OBJECTS && (
        <p className="section">
          <button type="button" className="add" onClick={() => void loadMoreObjects(customer)}>
            {objectWords.showMore}
          </button>
        </p>
      )}
    </>
  );
}

interface KindProps {
  klass: string;
  objects: readonly KObject[];
  hasMore: boolean;
  conversation: string | null;
}

function Kind({ klass, objects, hasMore, conversation }: KindProps) {
  const [showsAll, setShowsAll] = useState(false);
  const links = useAllLinks();
  const isHere = ({ id }: KObject) => conversation !== null && links.get(id) === conversation;
  const plural =
    useKlasses(({ klasses }) => klasses.get(klass)?.pluralName) ?? objects[0]?.klassName ?? klass;
  // What the conversation is about comes first.
  const inOrder = [...objects.filter(isHere), ...objects.filter((object) => !isHere(object))];
  const shown = showsAll ? inOrder : inOrder.slice(0, SHOWN);
  const count = hasMore ? `${objects.length}+` : String(objects.length);
  return (
    <Section title={plural} aside={<span className="section__aside">{count}</span>}>
      <ul className="object-list">
        {shown.map((object, index) => (
          <li key={object.id}>
            <ObjectCard
              object={object}
              isFolded={index > 0}
              isHere={isHere(object)}
              action={
                conversation === null ? undefined : <PutTo object={object} conversation={conversation} />
              }
            />
          </li>
        ))}
      </ul>
      {objects.length > SHOWN && (
        <button type="button" className="add" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? objectWords.showFewer : objectWords.showAll(objects.length)}
        </button>
      )}
    </Section>
  );
}

function byKlass(objects: readonly KObject[]): [string, KObject[]][] {
  const kinds = new Map<string, KObject[]>();
  for (const object of objects) {
    const known = kinds.get(object.klass);
    if (known === undefined) kinds.set(object.klass, [object]);
    else known.push(object);
  }
  return [...kinds];
}
