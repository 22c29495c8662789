import { Search } from "lucide-react";
import { useMemo, useState } from "react";

import { goToSearch, goToView } from "../navigation/navigation.ts";
import { EMPTY_SEARCH } from "../navigation/route.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { words as searchWords } from "../search/en.ts";
import { HitIcon, Snippet } from "../search/HitRow.tsx";
import { openHit } from "../search/open-hit.ts";
import type { Hit } from "../search/search.ts";
import { useSearch } from "../search/use-search.ts";
import { useViews, type View } from "../views/views.ts";
import type { Command, Group } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { words } from "./en.ts";
import { keyLabels } from "./key-labels.ts";

interface CommandPickerProps {
  /** On a phone the header has no room for all that can be done to a conversation: this is the way to the rest. */
  of: "everything" | "conversation";
  onClose: () => void;
}

/** Everything that can be done here, and everything that is kept, by typing what it is called. */
export function CommandPicker({ of, onClose }: CommandPickerProps) {
  const [query, setQuery] = useState("");
  const isSearchable = of === "everything" && query.trim().length >= SHORTEST;
  const { hits, state } = useSearch({ ...EMPTY_SEARCH, query: isSearchable ? query : "" }, HITS);
  const { views } = useViews();
  const options = useMemo(() => {
    const commands = inOrder(COMMANDS)
      .filter((command) => command.isFieldOnly !== true && command.id !== "commands")
      .filter((command) => of === "everything" || isOfConversation(command))
      .filter((command) => command.isPossible())
      .map(({ id, label, labelNow, keys: [first] }) => ({
        id,
        label: labelNow?.() ?? label,
        keys: first === undefined ? [] : keyLabels(first),
      }));
    return of === "everything" ? [...commands, ...views.map(viewOption)] : commands;
  }, [of, views]);
  const found = useMemo(
    () => (isSearchable ? [...byKind(hits).map(optionOf), everything(query.trim())] : []),
    [isSearchable, hits, query],
  );
  return (
    <Picker
      title={of === "everything" ? words.commands : words.actions}
      placeholder={words.commandsPlaceholder}
      options={options}
      anchor={null}
      onPick={({ id }) => {
        // First close: the command may open something else.
        onClose();
        const hit = hits.find((one) => hitId(one) === id);
        if (hit !== undefined) void openHit(hit);
        else if (id === EVERYTHING) goToSearch(query.trim());
        else if (id.startsWith(A_VIEW)) goToView(id.slice(A_VIEW.length));
        else COMMANDS.find((command) => command.id === id)?.run();
      }}
      onClose={onClose}
      onQuery={setQuery}
      found={found}
      isSearching={isSearchable && state === "searching" && hits.length === 0}
    />
  );
}

/** One letter matches half of everything. */
const SHORTEST = 2;
const HITS = 8;
const EVERYTHING = "search everything";
const A_VIEW = "view ";

function viewOption({ id, name }: View): Option {
  return { id: A_VIEW + id, label: words.goTo(name) };
}

function byKind(hits: readonly Hit[]): Hit[] {
  const kinds = [...new Set(hits.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => hits.filter((hit) => hit.kind === kind));
}

function optionOf(hit: Hit): Option {
  const { kind, title, customer, snippet } = hit;
  const owner = customer?.displayName;
  return {
    id: hitId(hit),
    label: title || searchWords.nameless,
    icon: <HitIcon hit={hit} size={14} />,
    group: searchWords.kinds[kind],
    ...(snippet.length > 0 ? { detail: <Snippet pieces={snippet} /> } : {}),
    ...(owner !== undefined && owner !== title ? { hint: owner } : {}),
  };
}

/** What leads from a few results to all of them. */
function everything(query: string): Option {
  return {
    id: EVERYTHING,
    label: searchWords.everything(query),
    icon: <Search size={14} />,
    group: searchWords.title,
  };
}

function hitId({ kind, id }: Hit): string {
  return `${kind} ${id}`;
}

function isOfConversation({ id, group }: Command): boolean {
  return group === "act" || id === "customer";
}

/** What is done to the open conversation first. */
const ORDER: readonly Group[] = ["act", "write", "walk", "go", "more"];

function inOrder(commands: readonly Command[]): Command[] {
  return ORDER.flatMap((group) => commands.filter((command) => command.group === group));
}
