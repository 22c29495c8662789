import {
  AlarmClock,
  ArrowLeft,
  Check,
  CircleQuestionMark,
  Ellipsis,
  History,
  ListFilter,
  Mail,
  PanelRight,
  RotateCcw,
  Shuffle,
  Tag,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";

import { openOverlay } from "../app/overlay.ts";
import { nameOf, useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import type { Conversation } from "../desk/types.ts";
import { closeConversation, showPane } from "../navigation/navigation.ts";
import { Countdown } from "../sla/Countdown.tsx";
import { toggleBar, toggleWhole, useBar } from "../timeline/bar.ts";
import { markDone, reopen } from "./actions.ts";
import { words } from "./en.ts";
import { finish } from "./finish.ts";
import { SignedInFact } from "./SignedInFact.tsx";
import { StatusFact } from "./StatusFact.tsx";
import { WishFact } from "./WishFact.tsx";
import "./header.css";

/** Who this is, where it stands, and what can be done with it. */
export function Header({ conversation }: { conversation: Conversation }) {
  const { id, status } = conversation;
  return (
    <header className="header">
      <button
        type="button"
        className="icon-button header__back"
        aria-label={words.back}
        onClick={closeConversation}
      >
        <ArrowLeft size={18} aria-hidden="true" />
      </button>
      <div className="header__who">
        <div className="header__title">
          <h1 className="header__name">
            {/* A name that is too long loses its end, whichever way it is written. */}
            <span className="header__name-text" dir="auto">
              {conversation.customerName}
            </span>
            <button type="button" className="header__name-button" onClick={() => showPane("customer")}>
              <span className="sr-only">{words.showCustomer}: </span>
              <span className="header__name-inner" dir="auto">
                {conversation.customerName}
              </span>
            </button>
          </h1>
          <WholeButton conversation={conversation} />
        </div>
        <div className="header__facts">
          <SignedInFact conversation={conversation} />
          <StatusFact conversation={conversation} />
          {conversation.channel === "email" && (
            <span className="fact">
              <Mail size={13} aria-hidden="true" />
              {words.byEmail}
            </span>
          )}
          <Countdown sla={conversation.sla} isLong />
          <AssigneeFact conversation={conversation} />
          <WhyButton />
          <WishFact conversation={conversation} />
          <TagFacts conversation={conversation} />
        </div>
      </div>
      <div className="header__actions">
        <FindButton conversation={id} />
        <Action
          label={words.handOff}
          keys="h"
          opens="handoff"
          icon={<Shuffle size={16} aria-hidden="true" />}
        />
        <Action label={words.tags} keys="l" opens="tags" icon={<Tag size={16} aria-hidden="true" />} />
        {status !== "done" && (
          <Action
            label={words.snooze}
            keys="s"
            opens="snooze"
            icon={<AlarmClock size={16} aria-hidden="true" />}
          />
        )}
        {status === "done" ? (
          <button type="button" className="button" onClick={() => reopen(id)}>
            <RotateCcw size={15} aria-hidden="true" />
            <span className="header__label">{words.reopen}</span>
          </button>
        ) : (
          <button
            type="button"
            className="button"
            title={`${words.done} (E)`}
            aria-keyshortcuts="e"
            onClick={() => finish(id, (comeBack) => markDone(id, comeBack))}
          >
            <Check size={15} aria-hidden="true" />
            <span className="header__label">{words.done}</span>
          </button>
        )}
        <button
          type="button"
          className="icon-button header__more"
          aria-label={words.more}
          aria-haspopup="dialog"
          onClick={() => openOverlay("actions")}
        >
          <Ellipsis size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button header__customer"
          aria-label={words.showCustomer}
          aria-keyshortcuts="i"
          title={`${words.showCustomer} (I)`}
          onClick={() => showPane("customer")}
        >
          <PanelRight size={17} aria-hidden="true" />
        </button>
      </div>
    </header>
  );
}

/** Between this conversation and everything of its customer, without leaving it. */
function WholeButton({ conversation: { id, customerName } }: { conversation: Conversation }) {
  const isOn = useBar(({ wholeFor }) => wholeFor === id);
  return (
    <button
      type="button"
      className="header__whole"
      aria-pressed={isOn}
      title={words.wholeHint(customerName)}
      onClick={() => toggleWhole(id)}
    >
      <History size={13} aria-hidden="true" />
      {words.whole}
    </button>
  );
}

function FindButton({ conversation }: { conversation: string }) {
  const isOpen = useBar(({ openFor }) => openFor === conversation);
  return (
    <button
      type="button"
      className="icon-button header__action--find"
      aria-label={words.find}
      aria-expanded={isOpen}
      aria-keyshortcuts="f"
      title={`${words.find} (F)`}
      onClick={() => toggleBar(conversation)}
    >
      <ListFilter size={16} aria-hidden="true" />
    </button>
  );
}

interface ActionProps {
  label: string;
  keys: string;
  opens: "handoff" | "tags" | "snooze";
  icon: ReactNode;
}

function Action({ label, keys, opens, icon }: ActionProps) {
  return (
    <button
      type="button"
      className={`icon-button header__action--${opens}`}
      aria-label={label}
      aria-haspopup="dialog"
      aria-keyshortcuts={keys}
      title={`${label} (${keys.toUpperCase()})`}
      onClick={(event) => openOverlay(opens, event.currentTarget)}
    >
      {icon}
    </button>
  );
}

/** Beside who has it, for that is what one asks about. */
function WhyButton() {
  return (
    <button
      type="button"
      className="fact fact--button fact--why"
      aria-label={words.whyShort}
      aria-haspopup="dialog"
      aria-keyshortcuts="w"
      title={`${words.why} (W)`}
      onClick={() => openOverlay("why")}
    >
      <CircleQuestionMark size={13} aria-hidden="true" />
      <span className="fact__label">{words.whyShort}</span>
    </button>
  );
}

/** Who has it, else the team to which it was given. */
function AssigneeFact({ conversation }: { conversation: Conversation }) {
  const [first, ...others] = conversation.assignedUsers;
  const me = useDesk((desk) => desk.me);
  const name = useDesk((desk) => (first === undefined ? undefined : desk.agents.get(first)?.displayName));
  const queue = useDirectory(({ queues }) => nameOf(queues, conversation.queue));
  const team = useDirectory(({ teams }) => nameOf(teams, conversation.assignedTeams[0] ?? null));
  const label = first === undefined ? (team ?? words.unassigned) : first === me ? words.me : (name ?? "");
  const Icon = first === undefined && team !== null ? UsersRound : UserRound;
  return (
    <button
      type="button"
      className="fact fact--button"
      aria-haspopup="dialog"
      aria-keyshortcuts="a"
      title={queue === null ? `${words.assign} (A)` : `${words.assign} (A) · ${queue}`}
      onClick={(event) => openOverlay("assign", event.currentTarget)}
    >
      <Icon size={13} aria-hidden="true" />
      <span className="fact__text" dir="auto">
        {label}
        {others.length > 0 && ` +${others.length}`}
      </span>
    </button>
  );
}

function TagFacts({ conversation }: { conversation: Conversation }) {
  const tags = useDirectory((directory) => directory.tags);
  if (conversation.tags.length === 0) return null;
  const names = conversation.tags.map((id) => nameOf(tags, id) ?? id);
  return (
    <button
      type="button"
      className="fact fact--button fact--tags"
      aria-haspopup="dialog"
      title={names.join(", ")}
      onClick={(event) => openOverlay("tags", event.currentTarget)}
    >
      <Tag size={13} aria-hidden="true" />
      <span className="fact__text" dir="auto">
        {names.join(", ")}
      </span>
    </button>
  );
}
