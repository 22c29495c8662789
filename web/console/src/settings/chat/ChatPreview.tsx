import { contrastText, initials } from "@kithdesk/ui";
import { ChevronDown, MessageCircle, SendHorizontal } from "lucide-react";
import type { CSSProperties } from "react";

import type { Appearance } from "./appearance.ts";
import { words } from "./en.ts";

/** The panel and its bubble, as far as settings shape them. */
export function ChatPreview({ appearance }: { appearance: Appearance }) {
  const { teamName, accent, greeting, waitMessage, enabled } = appearance;
  const name = teamName.trim() || words.teamNamePlaceholder;
  const colours = { "--fill": accent, "--on-fill": contrastText(accent) } as CSSProperties;
  return (
    <div className={`chat-preview ${enabled ? "" : "chat-preview--off"}`} style={colours} aria-hidden="true">
      <div className="chat-preview__panel">
        <div className="chat-preview__header">
          <span className="chat-preview__face">{initials(name)}</span>
          <span className="chat-preview__name" dir="auto">
            {name}
          </span>
        </div>
        <div className="chat-preview__words">
          {greeting.trim() !== "" && (
            <p className="chat-preview__greeting" dir="auto">
              {greeting}
            </p>
          )}
          <p className="chat-preview__said chat-preview__said--out">{words.sample}</p>
          {waitMessage.trim() === "" ? (
            <p className="chat-preview__said">{words.answer}</p>
          ) : (
            <p className="chat-preview__wait" dir="auto">
              {waitMessage}
            </p>
          )}
        </div>
        <div className="chat-preview__composer">
          <span>{words.field}</span>
          <SendHorizontal size={14} />
        </div>
      </div>
      <span className="chat-preview__bubble">
        {enabled ? <ChevronDown size={20} /> : <MessageCircle size={20} />}
      </span>
    </div>
  );
}
