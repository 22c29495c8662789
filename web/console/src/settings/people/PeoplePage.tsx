import { ChevronRight, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";

import { wordsFor } from "../../api/errors.ts";
import { loadDirectory } from "../../desk/directory.ts";
import { Sheet } from "../../picker/Sheet.tsx";
import { showToast } from "../../toast/toast.ts";
import { NotConfirmed, useConfirmed } from "../confirming.tsx";
import { Page, Part, WhenLoaded } from "../Page.tsx";
import type { PageProps } from "../pages.ts";
import { useLoaded } from "../use-loaded.ts";
import { AgentRow } from "./AgentRow.tsx";
import { words } from "./en.ts";
import { Invited, InviteSheet } from "./InviteSheet.tsx";
import {
  type Agent,
  changeRole,
  deactivate,
  type People as Everybody,
  type Invitation,
  type InviteWish,
  invite,
  loadPeople,
  reactivate,
  removeTeam,
  saveTeam,
  type Team,
} from "./people.ts";
import { RemoveTeam } from "./RemoveTeam.tsx";
import { TeamSheet } from "./TeamSheet.tsx";
import { WorkPage } from "./WorkPage.tsx";

type Open =
  | { readonly kind: "team"; readonly team: Team | null }
  | { readonly kind: "removeTeam"; readonly id: string; readonly name: string }
  | { readonly kind: "deactivate"; readonly agent: Agent }
  | { readonly kind: "invite" }
  | { readonly kind: "invited"; readonly invitation: Invitation }
  | null;

/** Who answers, and in which teams; and how one of them spends their time. */
export function PeoplePage({ path: [agent] }: PageProps) {
  return agent === undefined ? <People /> : <WorkPage key={agent} agent={agent} />;
}

function People() {
  const { loaded, reload } = useLoaded(loadPeople);
  const { confirmed, sheet } = useConfirmed();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const change = async (action: () => Promise<void>, said: string, undo?: () => Promise<void>) => {
    try {
      await confirmed(action);
      const back = undo === undefined ? null : () => void change(undo, said);
      showToast(said, back === null ? {} : { action: { label: words.undo, isUndo: true, run: back } });
    } catch (error) {
      if (!(error instanceof NotConfirmed)) showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
    reload();
  };
  const changeRoleOf = ({ id, name }: Agent, role: "agent" | "admin") =>
    void change(
      () => changeRole(id, role),
      role === "admin" ? words.becameAdmin(name) : words.becameAgent(name),
    );
  const deactivateOne = ({ id, name }: Agent) => {
    close();
    void change(
      () => deactivate(id),
      words.deactivated(name),
      () => reactivate(id),
    );
  };
  const inviteOne = async (wish: InviteWish) => {
    const invitation = await confirmed(() => invite(wish));
    setOpen({ kind: "invited", invitation });
    reload();
    // The list that conversations are handed off from.
    loadDirectory().catch(() => undefined);
  };
  const changeTeam = async (action: Promise<void>, said: string) => {
    await action;
    close();
    showToast(said);
    reload();
    // The list that conversations are handed off from.
    loadDirectory().catch(() => undefined);
  };
  const addAgent = (
    <button type="button" className="button" onClick={() => setOpen({ kind: "invite" })}>
      <Plus size={15} aria-hidden="true" />
      {words.invite}
    </button>
  );
  const addTeam = (
    <button type="button" className="button" onClick={() => setOpen({ kind: "team", team: null })}>
      <Plus size={15} aria-hidden="true" />
      {words.addTeam}
    </button>
  );
  return (
    <Page title={words.title} text={words.text}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(people) => (
          <>
            <Part title={words.agents} action={addAgent}>
              <ul className="entries" aria-label={words.agents}>
                {people.agents.map((agent) => (
                  <AgentRow
                    key={agent.id}
                    agent={agent}
                    onRole={(role) => changeRoleOf(agent, role)}
                    onDeactivate={() => setOpen({ kind: "deactivate", agent })}
                  />
                ))}
              </ul>
            </Part>
            <Part title={words.teams} text={words.teamsText} action={addTeam}>
              <Teams people={people} onOpen={(team) => setOpen({ kind: "team", team })} />
            </Part>
            {open?.kind === "team" && (
              <TeamSheet
                team={open.team}
                agents={people.agents}
                onSave={(team) => changeTeam(saveTeam(team), words.teamSaved(team.name))}
                onRemove={({ id, name }) => setOpen({ kind: "removeTeam", id: id ?? "", name })}
                onClose={close}
              />
            )}
          </>
        )}
      </WhenLoaded>
      {open?.kind === "removeTeam" && (
        <RemoveTeam
          id={open.id}
          name={open.name}
          onRemove={() => changeTeam(removeTeam(open.id), words.teamRemoved(open.name))}
          onClose={close}
        />
      )}
      {open?.kind === "invite" && <InviteSheet onInvite={inviteOne} onClose={close} />}
      {open?.kind === "invited" && <Invited invitation={open.invitation} onClose={close} />}
      {open?.kind === "deactivate" && (
        <Question
          title={words.deactivateTitle(open.agent.name)}
          action={
            <button type="button" className="button button--danger" onClick={() => deactivateOne(open.agent)}>
              {words.deactivate}
            </button>
          }
          onClose={close}
        />
      )}
      {sheet}
    </Page>
  );
}

function Teams({ people: { agents, teams }, onOpen }: { people: Everybody; onOpen: (team: Team) => void }) {
  if (teams.length === 0) return <p className="field__hint">{words.noTeams}</p>;
  const nameOf = (id: string) => agents.find((agent) => agent.id === id)?.name;
  return (
    <ul className="entries" aria-label={words.teams}>
      {teams.map((team) => (
        <li key={team.id}>
          <button
            type="button"
            className="entries__entry entries__entry--button"
            onClick={() => onOpen(team)}
          >
            <span className="entries__words">
              <span className="entries__name" dir="auto">
                {team.name}
              </span>
              <span className="entries__facts">
                <span>{words.members(team.members.length)}</span>
                <span>{team.members.flatMap((id) => nameOf(id) ?? []).join(", ")}</span>
              </span>
            </span>
            <ChevronRight className="entries__more" size={16} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Question({ title, action, onClose }: { title: string; action: ReactNode; onClose: () => void }) {
  return (
    <Sheet title={title} anchor={null} onClose={onClose}>
      <div className="sheet-form">
        <h2 className="sheet-form__title">{title}</h2>
        <p className="sheet-form__text">{words.deactivateText}</p>
        <div className="sheet-form__actions">
          <button type="button" className="button button--quiet" onClick={onClose}>
            {words.cancel}
          </button>
          {action}
        </div>
      </div>
    </Sheet>
  );
}
