import { useMemo } from "react";

import { Picker } from "../picker/Picker.tsx";
import { COMMANDS, type Command, type Group } from "./commands.ts";
import { words } from "./en.ts";
import { keyLabels } from "./key-labels.ts";

interface CommandPickerProps {
  /** On a phone the header has no room for all that can be done to a conversation: this is the way to the rest. */
  of: "everything" | "conversation";
  onClose: () => void;
}

/** Everything that can be done here, by typing what it is called. */
export function CommandPicker({ of, onClose }: CommandPickerProps) {
  const options = useMemo(
    () =>
      inOrder(COMMANDS)
        .filter((command) => command.isFieldOnly !== true && command.id !== "commands")
        .filter((command) => of === "everything" || isOfConversation(command))
        .filter((command) => command.isPossible())
        .map(({ id, label, labelNow, keys: [first] }) => ({
          id,
          label: labelNow?.() ?? label,
          keys: first === undefined ? [] : keyLabels(first),
        })),
    [of],
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
        COMMANDS.find((command) => command.id === id)?.run();
      }}
      onClose={onClose}
    />
  );
}

function isOfConversation({ id, group }: Command): boolean {
  return group === "act" || id === "customer";
}

/** What is done to the open conversation first. */
const ORDER: readonly Group[] = ["act", "write", "walk", "go", "more"];

function inOrder(commands: readonly Command[]): Command[] {
  return ORDER.flatMap((group) => commands.filter((command) => command.group === group));
}
