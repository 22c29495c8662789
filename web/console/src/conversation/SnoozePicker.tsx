import { upcomingTime } from "@kithdesk/ui";
import { AlarmClock, CalendarClock } from "lucide-react";
import { type FormEvent, useMemo, useState } from "react";

import { serverNow } from "../api/clock.ts";
import { useFocused } from "../app/use-focused.ts";
import { Picker } from "../picker/Picker.tsx";
import { Sheet } from "../picker/Sheet.tsx";
import { snooze } from "./actions.ts";
import { words } from "./en.ts";
import { finish } from "./finish.ts";
import { asFieldValue, customSnooze, snoozeChoices } from "./snooze.ts";

interface SnoozePickerProps {
  conversation: string;
  anchor: DOMRect | null;
  onClose: () => void;
}

const CUSTOM = "custom";

/** Out of the way until a moment: one of the usual ones, or any. */
export function SnoozePicker({ conversation, anchor, onClose }: SnoozePickerProps) {
  const [isCustom, setCustom] = useState(false);
  const [choices] = useState(() => snoozeChoices(new Date(serverNow())));
  const options = useMemo(
    () => [
      ...choices.map(({ label, until }) => ({
        id: label,
        label,
        hint: upcomingTime(until, serverNow()),
        icon: <AlarmClock size={14} />,
      })),
      { id: CUSTOM, label: words.snoozeCustom, icon: <CalendarClock size={14} /> },
    ],
    [choices],
  );
  const until = (moment: Date) => {
    onClose();
    finish(conversation, (comeBack) => snooze(conversation, moment, comeBack));
  };
  if (isCustom) return <CustomTime anchor={anchor} onPick={until} onClose={onClose} />;
  return (
    <Picker
      title={words.snoozeUntil}
      placeholder={words.snoozePlaceholder}
      options={options}
      anchor={anchor}
      onPick={({ id }) => {
        const choice = choices.find(({ label }) => label === id);
        if (choice === undefined) setCustom(true);
        else until(choice.until);
      }}
      onClose={onClose}
    />
  );
}

interface CustomTimeProps {
  anchor: DOMRect | null;
  onPick: (moment: Date) => void;
  onClose: () => void;
}

function CustomTime({ anchor, onPick, onClose }: CustomTimeProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const field = useFocused();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const until = customSnooze(String(new FormData(event.currentTarget).get("until")), new Date(serverNow()));
    if (until === null) setProblem(words.snoozeInPast);
    else onPick(until);
  };
  return (
    <Sheet title={words.snoozeUntil} anchor={anchor} onClose={onClose}>
      <form className="custom-time" onSubmit={submit}>
        <label className="field">
          <span className="field__label">{words.snoozeUntil}</span>
          <input
            ref={field}
            className="field__input"
            type="datetime-local"
            name="until"
            required
            min={asFieldValue(new Date(serverNow()))}
            defaultValue={asFieldValue(new Date(serverNow() + 24 * 3_600_000))}
          />
        </label>
        <p className="door__problem" role="alert">
          {problem}
        </p>
        <button type="submit" className="button button--primary button--wide">
          {words.snoozeSet}
        </button>
      </form>
    </Sheet>
  );
}
