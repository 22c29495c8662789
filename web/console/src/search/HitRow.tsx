import { briefTime, exactTime } from "@kithdesk/ui";
import { Box, MessageSquare, MessagesSquare, StickyNote, UserRound } from "lucide-react";

import { useNow } from "../app/now.ts";
import { words } from "./en.ts";
import type { Hit, HitKind, Piece } from "./search.ts";
import "./found-words.css";

export const HIT_ICONS = {
  customer: UserRound,
  conversation: MessagesSquare,
  message: MessageSquare,
  note: StickyNote,
  kobject: Box,
} satisfies Record<HitKind, typeof Box>;

/** One thing that was found: what it is, whose, when, and the words around what was looked for. */
export function HitRow({ hit }: { hit: Hit }) {
  const now = useNow();
  const Icon = HIT_ICONS[hit.kind];
  const owner = hit.kind === "customer" ? null : hit.customer;
  return (
    <>
      <Icon className="hit__icon" size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="hit__title">
        <span className="sr-only">{hit.klass ?? words.kind[hit.kind]}: </span>
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
