import {
  Blocks,
  Fingerprint,
  KeyRound,
  type LucideIcon,
  MessageCircle,
  Plug,
  TextCursorInput,
} from "lucide-react";

export const PAGE_IDS = ["attributes", "objects", "chat", "identity", "integrations", "keys"] as const;
export type PageId = (typeof PAGE_IDS)[number];

export const PAGE_ICONS: Readonly<Record<PageId, LucideIcon>> = {
  attributes: TextCursorInput,
  objects: Blocks,
  chat: MessageCircle,
  identity: Fingerprint,
  integrations: Plug,
  keys: KeyRound,
};

/** Every page gets what follows it in the address. */
export interface PageProps {
  path: readonly string[];
}

export function isPage(name: string | undefined): name is PageId {
  return (PAGE_IDS as readonly (string | undefined)[]).includes(name);
}
