import { safeHref } from "@kithdesk/ui";
import { ArrowUpRight, Check } from "lucide-react";
import { type ReactNode, useState } from "react";

import { setMyStatus } from "../agents/presence.ts";
import { copyText } from "../app/copy.ts";
import { useDesk } from "../desk/store.ts";
import { formatRoute } from "../navigation/route.ts";
import { type Organisation, useSession } from "../session/session.ts";
import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";
import "./welcome.css";

/** An organisation without conversations: what to do so that the first one comes. */
export function Welcome() {
  const organisation = useSession((session) => session.organisation);
  const isAvailable = useDesk((desk) => desk.agents.get(desk.me)?.status === "available");
  const isAdmin = useSession(({ me }) => me?.isAdmin === true);
  const hasTeam = useDesk((desk) => desk.agents.size > 1);
  if (organisation === null) return null;
  const shop = organisation.demoShopUrl === null ? null : safeHref(organisation.demoShopUrl);
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <div className="welcome__page">
        <h1 id="welcome-title" className="welcome__title" dir="auto">
          {words.title(organisation.name)}
        </h1>
        <p className="welcome__text">{words.text}</p>
        <ol className="welcome__steps">
          <Step number={1} title={words.installTitle} text={words.installText}>
            <Snippet organisation={organisation} />
            {isAdmin && (
              <a className="welcome__more" href={formatRoute({ screen: "settings", path: ["chat"] })}>
                {words.looks}
              </a>
            )}
          </Step>
          <Step number={2} title={words.availableTitle} text={words.availableText} isDone={isAvailable}>
            {isAvailable ? (
              <p className="welcome__done">{words.availableDone}</p>
            ) : (
              <button type="button" className="button" onClick={() => void setMyStatus("available", null)}>
                {words.availableAction}
              </button>
            )}
          </Step>
          {isAdmin && (
            <Step number={3} title={words.teamTitle} text={words.teamText} isDone={hasTeam}>
              {hasTeam ? (
                <p className="welcome__done">{words.teamDone}</p>
              ) : (
                <a className="button" href={formatRoute({ screen: "settings", path: ["people"] })}>
                  {words.teamAction}
                </a>
              )}
            </Step>
          )}
          <Step number={isAdmin ? 4 : 3} title={words.tryTitle} text={words.tryText}>
            {shop !== null && (
              <a className="button" href={shop} target="_blank" rel="noopener noreferrer">
                {words.tryDemo}
                <ArrowUpRight size={14} aria-hidden="true" />
              </a>
            )}
          </Step>
        </ol>
      </div>
    </section>
  );
}

interface StepProps {
  number: number;
  title: string;
  text: string;
  isDone?: boolean;
  children?: ReactNode;
}

function Step({ number, title, text, isDone = false, children }: StepProps) {
  return (
    <li className={`step ${isDone ? "step--done" : ""}`}>
      <span className="step__number" aria-hidden="true">
        {isDone ? <Check size={13} /> : number}
      </span>
      <div className="step__body">
        <h2 className="step__title">{title}</h2>
        <p className="step__text">{text}</p>
        {children}
      </div>
    </li>
  );
}

function Snippet({ organisation }: { organisation: Organisation }) {
  const [isCopied, setCopied] = useState(false);
  const snippet = `<script src="${location.origin}/widget.js" data-kithdesk-key="${organisation.widgetKey ?? ""}" async></script>`;
  const copy = async () => {
    if (await copyText(snippet)) setCopied(true);
    else showToast(words.copyFailed, { tone: "problem" });
  };
  return (
    <div className="snippet">
      <code className="snippet__code">{snippet}</code>
      <button type="button" className="button" onClick={() => void copy()}>
        {isCopied ? words.copied : words.copy}
      </button>
    </div>
  );
}
