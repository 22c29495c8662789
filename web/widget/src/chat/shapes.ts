import type { LiveConversation, Message } from "@kithdesk/api-client";

/** A conversation as its visitor sees it. */
export interface Conversation {
  id: string;
  status: LiveConversation["status"];
  ended: boolean;
  endedAt: string | null;
  /** It goes on with somebody who has proved who they are; for this browser it has ended. */
  elsewhere: boolean;
  createdAt: string;
  lastMessageAt: string | null;
  lastMessageDirection: "in" | "out" | null;
  preview: string | null;
  unread: number;
  assignee: { displayName: string } | null;
  name: string | null;
}

/** A message with the moment the other side read it, where it did. */
export type ThreadMessage = Message & { readAt?: string | null };

/** How a conversation waits; `position` null: it does not. `expectedWait`: milliseconds, null where nobody knows. */
export interface ChatWait {
  position: number | null;
  expectedWait: number | null;
  open: boolean;
  opensAt: string | null;
  /** The visitor may leave an address instead of staying. */
  form: boolean;
}

/** Null is not within two years. */
export interface BusinessHours {
  open: boolean;
  nextOpeningAt: string | null;
  nextClosingAt: string | null;
}

export interface ChatSettings {
  enabled: boolean;
  brandId: string | null;
  teamName: string;
  teamIconUrl: string | null;
  greeting: string | null;
  waitMessage: string | null;
  colors: { accent: string };
  showTypingIndicatorWeb: boolean;
  showTypingIndicatorCustomerWeb: boolean;
  closableChat: boolean;
  noHistory: boolean;
  singleSessionChat: boolean;
  offhoursDisplay: string;
  offhoursMessage: string;
  businessHours: BusinessHours | null;
  widgetType: string;
  locale: string | null;
  attachments: { enabled: boolean; maxBytes: number; maxTotalBytes: number; types: string[] };
  allowedDomains: string[];
  keptQuery: string[];
}

export interface Customer {
  identified: boolean;
  customerId: string | null;
  emails: string[];
  externalIds: string[];
}

export interface SignedFile {
  url: string;
  thumbnail: string | null;
}
