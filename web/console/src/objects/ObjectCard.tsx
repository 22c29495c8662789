import { exactTime, relativeTime, safeHref } from "@kithdesk/ui";
import { Link2 } from "lucide-react";
import type { ReactNode } from "react";

import { useNow } from "../app/now.ts";
import { valueHint } from "../attributes/value-words.ts";
import { words } from "./en.ts";
import { fullNameOf, isNamedByKind } from "./names.ts";
import { ObjectIcon } from "./ObjectIcon.tsx";
import type { Field, KObject } from "./types.ts";
import { shownFields } from "./values.ts";
import "./objects.css";

interface ObjectCardProps {
  object: KObject;
  /** Said of it at the foot, instead of when it last changed. */
  foot?: ReactNode;
  /** A card among many shows only its head until it is opened. */
  isFolded?: boolean;
  /** The conversation beside it is about this record. */
  isHere?: boolean;
  /** What can be done with it, at the foot. */
  action?: ReactNode;
}

/** One record: what it is, how it stands, and the attributes that its kind puts on a card. */
export function ObjectCard({ object, foot, isFolded = false, isHere = false, action }: ObjectCardProps) {
  const fields = shownFields(object.fields);
  const status = fields.find(({ field }) => isStatus(field));
  const others = fields.filter(({ field }) => field !== status?.field && field.value !== object.title);
  const head = <Head object={object} status={status?.text ?? null} isHere={isHere} />;
  const body = (
    <>
      {others.length > 0 && (
        <dl className="object__fields">
          {others.map(({ field, text }) => (
            <CardField key={field.name} field={field} text={text} />
          ))}
        </dl>
      )}
      <div className="object__end">
        {foot ?? <Updated at={object.updatedAt} />}
        {action}
      </div>
    </>
  );
  if (!isFolded) {
    return (
      <article className="object" aria-label={fullNameOf(object)}>
        <div className="object__head">{head}</div>
        {body}
      </article>
    );
  }
  return (
    <details className="object object--folded">
      <summary className="object__head">{head}</summary>
      {body}
    </details>
  );
}

interface HeadProps {
  object: KObject;
  status: string | null;
  isHere: boolean;
}

function Head({ object, status, isHere }: HeadProps) {
  return (
    <>
      <ObjectIcon icon={object.icon} color={object.color} />
      <span className="object__title">
        {!isNamedByKind(object) && <span className="object__kind">{object.klassName} </span>}
        <bdi className="object__name" title={object.title}>
          {object.title === "" ? words.untitled : object.title}
        </bdi>
      </span>
      {isHere && (
        <span className="object__here" title={words.isHere}>
          <Link2 size={14} aria-hidden="true" />
          <span className="sr-only">{words.isHere}</span>
        </span>
      )}
      {status !== null && (
        <span className="object__status" dir="auto">
          {status}
        </span>
      )}
    </>
  );
}

function CardField({ field, text }: { field: Field; text: string }) {
  const now = useNow();
  const href = field.type === "Url" && typeof field.value === "string" ? safeHref(field.value) : null;
  return (
    <div className="object__field">
      <dt>{field.label}</dt>
      <dd
        dir="auto"
        title={valueHint(field.type, field.value, now)}
        className={field.type === "Num" ? "object__number" : undefined}
      >
        {href === null ? (
          text
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
            {new URL(href).host}
          </a>
        )}
      </dd>
    </div>
  );
}

function Updated({ at }: { at: string }) {
  const now = useNow();
  if (at === "") return null;
  return (
    <p className="object__foot">
      <time dateTime={at} title={exactTime(at)}>
        {words.updated(relativeTime(at, now))}
      </time>
    </p>
  );
}

/** How it stands is what is asked first, and is said in its head. */
function isStatus({ name, type }: Field): boolean {
  return type === "Str" && /^(status|state|stage)(Str)?$/iu.test(name);
}
