import { linkify } from "@kithdesk/ui";
import { useMemo } from "react";

/** Text as it was written; addresses in it can be followed. */
export function Text({ text }: { text: string }) {
  const segments = useMemo(() => linkify(text), [text]);
  return segments.map((segment, index) =>
    segment.kind === "text" ? (
      segment.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one unchanging text
      <a key={index} href={segment.href} target="_blank" rel="noopener noreferrer">
        {segment.text}
      </a>
    ),
  );
}
