import { clockTime, exactTime, relativeTime } from "@kithdesk/ui";
import { useCallback } from "react";

import { useNow } from "../app/now.ts";
import { turnTo } from "../app/overlay.ts";
import { useSkillNames } from "../conversation/wishes.ts";
import type { Desk } from "../desk/desk.ts";
import { nameOf, useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import { Sheet } from "../picker/Sheet.tsx";
import { WhenLoaded } from "../settings/Page.tsx";
import { useCriteriaFields } from "../settings/slas/fields.ts";
import { whomInWords } from "../settings/slas/promise-words.ts";
import { useLoaded } from "../settings/use-loaded.ts";
import { lineWords } from "../timeline/line-words.ts";
import type { Decision, Standing } from "./decisions.ts";
import type { TurnPromise } from "./turn-promise.ts";
import { loadTurn, type Turn } from "./turns.ts";
import { isByHand, type Step } from "./way.ts";
import { words } from "./why-words.ts";
import "../forms/forms.css";
import "./why.css";

const NONE: readonly string[] = [];

interface WhySheetProps {
  conversation: string;
  onClose: () => void;
}

/** How a conversation came to be where it is: which queue and rule, who was chosen, and what kept others from it. */
export function WhySheet({ conversation, onClose }: WhySheetProps) {
  const load = useCallback(() => loadTurn(conversation), [conversation]);
  const { loaded, reload } = useLoaded(load);
  return (
    <Sheet title={words.title} anchor={null} onClose={onClose} className="sheet--why">
      <div className="sheet-form">
        <h2 className="sheet-form__title">{words.title}</h2>
        <WhenLoaded loaded={loaded} onRetry={reload}>
          {(turn) =>
            turn === null ? (
              <p className="sheet-form__text">{words.nothing}</p>
            ) : (
              <TurnView turn={turn} conversation={conversation} />
            )
          }
        </WhenLoaded>
        <div className="sheet-form__actions">
          <button type="button" className="button" onClick={onClose}>
            {words.close}
          </button>
          <button type="button" className="button button--quiet" onClick={() => turnTo("wishes")}>
            {words.wishes}
          </button>
        </div>
      </div>
    </Sheet>
  );
}

function TurnView({ turn, conversation }: { turn: Turn; conversation: string }) {
  const queue = useDirectory(({ queues }) => nameOf(queues, turn.queue));
  const byHand = useDesk((desk) => desk.conversations.get(conversation)?.skills) ?? NONE;
  const wished = useDesk((desk) => wishedIn(desk, conversation));
  const dropped = turn.decisions.flatMap(({ languageDropped }) => languageDropped ?? []);
  const skillName = useSkillNames([
    ...byHand,
    ...turn.skills.map(([key]) => key),
    ...(turn.holdsOutFor === null ? [] : [turn.holdsOutFor]),
    ...dropped,
  ]);
  const facts = [
    words.states[turn.state](queue),
    turn.state === "queued" || turn.state === "offered" ? words.waitsSince(exactTime(turn.enteredAt)) : null,
    turn.declined === null ? null : words.declined(turn.declined.count, clockTime(turn.declined.since)),
    turn.declined === null ? null : words.askedAgain(clockTime(turn.declined.askedAgainAt)),
    ruleWords(turn),
    words.priority(turn.priority),
    wished === null ? null : words.wished(wished),
    ...byHand.map((key) => words.askedByHand(skillName(key))),
    ...turn.skills
      .filter((skill) => !isOnlyByHand(skill, byHand))
      .map(([key, level]) => words.asks(skillName(key), level)),
    turn.holdsOutFor === null ? null : words.holdsOut(skillName(turn.holdsOutFor)),
  ].filter((fact) => fact !== null);
  return (
    <>
      <ul className="why__facts">
        {facts.map((fact) => (
          <li key={fact} dir="auto">
            {fact}
          </li>
        ))}
      </ul>
      <WayView way={turn.way} />
      {turn.promise !== null && <PromiseView promise={turn.promise} />}
      {turn.decisions.length === 0 ? (
        <p className="sheet-form__text">{words.noDecisions}</p>
      ) : (
        <ol className="why__decisions" aria-label={words.decisions}>
          {turn.decisions.map((decision) => (
            <DecisionView key={decision.id} decision={decision} skillName={skillName} />
          ))}
        </ol>
      )}
      {turn.decisions.some(({ chosen }) => chosen !== null) && <p className="why__others">{words.inHand}</p>}
    </>
  );
}

/** Its queue may be another by now: then the rule, if there was one, decided where it was first. */
function ruleWords({ rule, queue, way }: Turn): string | null {
  if (rule === undefined) return words.byGoneRule;
  if (rule === null) return queue === null ? null : words.byNoRule;
  return way.some(isByHand) ? words.byRuleAtFirst(rule) : words.byRule(rule);
}

/** Through whose hands it went, in the words of its timeline; nothing where it is where it was put at first. */
function WayView({ way }: { way: readonly Step[] }) {
  const now = useNow();
  const queues = useDirectory((directory) => directory.queues);
  if (way.length < 2) return null;
  const context = {
    now,
    reader: {},
    queueName: (id: string) => nameOf(queues, id),
    tagName: () => null,
  };
  return (
    <ol className="why__way" aria-label={words.way}>
      {way.map((step) => {
        const said = lineWords(step, context);
        return (
          <li key={step.position} className="why__step">
            <span dir="auto">
              {said?.text}
              {said?.reason != null && ` · ${said.reason}`}
            </span>
            <time className="why__at" dateTime={step.at} title={exactTime(step.at)}>
              {relativeTime(step.at, now)}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

/** Which service level it has, and by what it was matched. */
function PromiseView({ promise: { name, version, query } }: { promise: TurnPromise }) {
  const fields = useCriteriaFields();
  return (
    <p className="why__promise" dir="auto">
      {words.promise(name, version)}
      {query !== undefined && (
        <span className="why__matched">{words.matched(whomInWords(query, fields))}</span>
      )}
    </p>
  );
}

/** Who was wished for, as it is now: another agent may change it while this is read. */
function wishedIn({ conversations, agents }: Desk, conversation: string): string | null {
  const user = conversations.get(conversation)?.preferredUser ?? null;
  return user === null ? null : (agents.get(user)?.displayName ?? null);
}

/** What a rule asks is asked at a level of its own. */
function isOnlyByHand([key, level]: readonly [string, number], byHand: readonly string[]): boolean {
  return level <= 1 && byHand.includes(key);
}

interface DecisionViewProps {
  decision: Decision;
  skillName: (key: string) => string;
}

function DecisionView({ decision, skillName }: DecisionViewProps) {
  const now = useNow();
  const { at, chosen, runnersUp, others, unseen, languageDropped, opensAt } = decision;
  return (
    <li className="why__decision">
      <p className="why__chosen">
        <span dir="auto">{whatOf(decision)}</span>
        <time className="why__at" dateTime={at} title={exactTime(at)}>
          {relativeTime(at, now)}
        </time>
      </p>
      {chosen !== null && <p className="why__because">{whyOf(decision, chosen)}</p>}
      {opensAt !== null && <p className="why__because">{words.opens(exactTime(opensAt))}</p>}
      {chosen !== null && languageDropped !== null && (
        <p className="why__because">{words.inAnyLanguage(skillName(languageDropped))}</p>
      )}
      {runnersUp.length > 0 && (
        <p className="why__others">
          {words.next} {runnersUp.map((one) => `${one.name} (${roomOf(one)})`).join(", ")}
          {unseen > 0 && ` ${words.unseen(unseen)}`}
        </p>
      )}
      {others.length > 0 && (
        <p className="why__others">
          {words.notThem} {others.map(([why, count]) => words.whyNot(why, count)).join(", ")}
        </p>
      )}
    </li>
  );
}

function whatOf({ because, chosen, others }: Decision): string {
  if (because === "closed") return words.closed;
  if (chosen === null && others.some(([why]) => why === "declined")) return words.allDeclined;
  return chosen === null ? words.nobody : words.chosen(chosen.name);
}

function whyOf({ because, preferredAs }: Decision, chosen: Standing): string {
  const why = because === "preferred" ? words.preferred[preferredAs] : words.because[because];
  return why(roomOf(chosen));
}

function roomOf({ load, capacity }: Standing): string {
  return words.room(load, capacity);
}
