import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";

import { formatRoute } from "../../navigation/route.ts";
import { moved } from "../attributes/order.ts";
import { words } from "./en.ts";
import { useCriteriaFields } from "./fields.ts";
import { lastAsked, promiseInShort, whomInWords } from "./promise-words.ts";
import { queryFrom, type Sla } from "./slas.ts";

interface SlaListProps {
  slas: readonly Sla[];
  onOrder: (slas: readonly Sla[]) => void;
}

/** Service levels in the order in which they are asked, each with whom it is for and what it promises. */
export function SlaList({ slas, onOrder }: SlaListProps) {
  const fields = useCriteriaFields();
  const [said, setSaid] = useState("");
  const last = lastAsked(slas);
  const move = (index: number, step: 1 | -1) => {
    if (slas[index + step] === undefined) return;
    onOrder(moved(slas, index, step));
    setSaid(words.moved(slas[index]?.name ?? "", index + 1 + step, slas.length));
  };
  return (
    <>
      <p className="settings-page__text">{words.order}</p>
      <ol className="entries" aria-label={words.list}>
        {slas.map((sla, index) => (
          <li key={sla.id} className="sla-list__row">
            <span className="sla-list__place" aria-hidden="true">
              {index + 1}
            </span>
            <a
              className="entries__entry sla-list__link"
              href={formatRoute({ screen: "settings", path: ["slas", sla.id] })}
            >
              <span className="entries__words">
                <span className="entries__name" dir="auto">
                  {sla.name}
                </span>
                <span className="sla-list__facts">{whomInWords(queryFrom(sla.criteria), fields)}</span>
                <span className="sla-list__facts">{promiseInShort(sla)}</span>
                {sla.isEnabled && last !== -1 && index > last && (
                  <span className="sla-list__never">{words.neverAsked(slas[last]?.name ?? "")}</span>
                )}
              </span>
              {!sla.isEnabled && <span className="mark">{words.isOff}</span>}
            </a>
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={words.moveUp(sla.name)}
              // Not disabled: the focus would be lost on the way.
              aria-disabled={index === 0}
              onClick={() => move(index, -1)}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={words.moveDown(sla.name)}
              aria-disabled={index === slas.length - 1}
              onClick={() => move(index, 1)}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}
