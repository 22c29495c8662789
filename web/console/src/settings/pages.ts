import {
  Blocks,
  CalendarClock,
  ContactRound,
  FileUp,
  Fingerprint,
  FlaskConical,
  KeyRound,
  type LucideIcon,
  MessageCircle,
  Plug,
  Split,
  TextCursorInput,
  Timer,
  Users,
  UsersRound,
} from "lucide-react";

export const PAGE_IDS = [
  "attributes",
  "objects",
  "records",
  "imports",
  "duplicates",
  "routing",
  "schedules",
  "slas",
  "simulation",
  "chat",
  "identity",
  "integrations",
  "people",
  "keys",
] as const;
export type PageId = (typeof PAGE_IDS)[number];

export const PAGE_ICONS: Readonly<Record<PageId, LucideIcon>> = {
  attributes: TextCursorInput,
  objects: Blocks,
  records: ContactRound,
  imports: FileUp,
  duplicates: UsersRound,
  routing: Split,
  schedules: CalendarClock,
  slas: Timer,
  simulation: FlaskConical,
  chat: MessageCircle,
  identity: Fingerprint,
  integrations: Plug,
  people: Users,
  keys: KeyRound,
};

/** Every page gets what follows it in the address. */
export interface PageProps {
  path: readonly string[];
}

export function isPage(name: string | undefined): name is PageId {
  return (PAGE_IDS as readonly (string | undefined)[]).includes(name);
}
