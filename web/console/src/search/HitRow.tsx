import { briefTime, exactTime } from "@kithdesk/ui";
import { Box, Building2, MessageSquare, MessagesSquare, StickyNote, UserRound } from "lucide-react";

import { useNow } from "../app/now.ts";
import { useKlasses } from "../objects/klasses.ts";
import { isNamedByKind } from "../objects/names.ts";
import { iconOf } from "../objects/ObjectIcon.tsx";
import { words } from "./en.ts";
import type { Hit, HitKind, Piece } from "./search.ts";
import "./found-words.css";

const HIT_ICONS = {
  customer: UserRound,
  company: Building2,
  conversation: MessagesSquare,
  message: MessageSquare,
  note: StickyNote,
  kobject: Box,
} satisfies Record<HitKind, typeof Box>;

interface HitRowProps {
  hit: Hit;
  /** With whom alone was looked: what is theirs need not say so. */
  of: string | null;
}

/** One thing that was found: what it is, whose, when, and the words around what was looked for. */
export function HitRow({ hit, of }: HitRowProps) {
  const now = useNow();
  const klass = useKlasses(({ klasses }) => klasses.get(hit.klass ?? ""));
  const owner = hit.kind === "customer" || hit.customer?.id === of ? null : hit.customer;
  const kind = klass?.displayName ?? words.kind[hit.kind];
  const saysKind = klass !== undefined && !isNamedByKind({ title: hit.title, klassName: kind });
  return (
    <>
      <span className="hit__icon" aria-hidden="true">
        <HitIcon hit={hit} size={16} />
      </span>
      <span className="hit__title">
        <span className="sr-only">{kind}: </span>
        {saysKind && (
          <span className="hit__kind" aria-hidden="true">
            {kind}{" "}
          </span>
        )}
        <bdi>{hit.title === "" ? words.nameless : <Snippet pieces={hit.titlePieces} />}</bdi>
        {owner !== null && owner.displayName !== hit.title && (
          <bdi className="hit__owner">{owner.displayName}</bdi>
        )}
      </span>
      {hit.at !== null && (
        <time className="hit__time" dateTime={hit.at} title={exactTime(hit.at)}>
          {briefTime(hit.at, now)}
        </time>
      )}
      {hit.snippet.length > 0 && (
        <span className="hit__snippet" dir="auto">
          {hit.isClaim && <span className="hit__claim">{words.claim}</span>}
          <Snippet pieces={hit.snippet} />
        </span>
      )}
    </>
  );
}

/** What it is; of records, as their kind is drawn everywhere. */
export function HitIcon({ hit, size }: { hit: Hit; size: number }) {
  const klass = useKlasses(({ klasses }) => klasses.get(hit.klass ?? ""));
  const Icon = klass === undefined ? HIT_ICONS[hit.kind] : iconOf(klass.icon);
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />;
}

export function Snippet({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, isMarked }, index) =>
    isMarked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text
      <mark key={index} className="found-words">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
