import { Globe } from "lucide-react";
import { useMemo, useState } from "react";

import { useNow } from "../../app/now.ts";
import { localTime } from "../../customer/local-time.ts";
import { TextField, Tick } from "../../forms/Fields.tsx";
import { type Option, Picker } from "../../picker/Picker.tsx";
import { Part } from "../Page.tsx";
import { words } from "./en.ts";
import type { Draft } from "./schedules.ts";
import { isNoPlace, ownZone, placeOf, zoneNames } from "./zones.ts";

interface AboutPartProps {
  draft: Draft;
  /** Some schedule is the default, and this one stays it until another takes its place. */
  isFixedDefault: boolean;
  problem: string | undefined;
  onChange: (patch: Partial<Draft>) => void;
}

/** What it is called, and whose clock it goes by. */
export function AboutPart({ draft, isFixedDefault, problem, onChange }: AboutPartProps) {
  return (
    <Part title={words.about}>
      <div className="fields">
        <TextField
          label={words.name}
          value={draft.name}
          placeholder={words.namePlaceholder}
          maxLength={255}
          autoComplete="off"
          problem={problem}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <ZoneField zone={draft.timezone} onPick={(timezone) => onChange({ timezone })} />
        {!isFixedDefault && (
          <Tick
            label={words.makeDefault}
            hint={words.makeDefaultHint}
            isOn={draft.isDefault}
            onTick={(isDefault) => onChange({ isDefault })}
          />
        )}
      </div>
    </Part>
  );
}

function ZoneField({ zone, onPick }: { zone: string; onPick: (zone: string) => void }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const now = useNow();
  return (
    <div className="field">
      <span className="field__label" aria-hidden="true">
        {words.zone}
      </span>
      <button
        type="button"
        className="field__input zone-field"
        aria-label={`${words.zone}: ${placeOf(zone)}`}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Globe size={15} aria-hidden="true" />
        {placeOf(zone)}
      </button>
      <ZoneAbout zone={zone} now={now} onPick={onPick} />
      {anchor !== null && (
        <ZonePicker
          zone={zone}
          now={now}
          anchor={anchor}
          onPick={(picked) => {
            setAnchor(null);
            onPick(picked);
          }}
          onClose={() => setAnchor(null)}
        />
      )}
    </div>
  );
}

interface ZoneAboutProps {
  zone: string;
  now: string;
  onPick: (zone: string) => void;
}

/** Hours that go by another clock than that of whoever sets them are easily meant otherwise. */
function ZoneAbout({ zone, now, onPick }: ZoneAboutProps) {
  const own = ownZone();
  const [there, here] = [localTime(now, zone), localTime(now, own)];
  const isElsewhere = there !== null && here !== null && there !== here;
  return (
    <>
      {there !== null && (
        <span className="field__hint">
          {isElsewhere ? words.zoneElsewhere(there, here) : words.zoneNow(there)}
        </span>
      )}
      {isNoPlace(zone) && <span className="zone-field__caution">{words.noPlace}</span>}
      {(isElsewhere || isNoPlace(zone)) && !isNoPlace(own) && (
        <button type="button" className="text-button zone-field__own" onClick={() => onPick(own)}>
          {words.takeZone(placeOf(own))}
        </button>
      )}
    </>
  );
}

interface ZonePickerProps {
  zone: string;
  now: string;
  anchor: DOMRect;
  onPick: (zone: string) => void;
  onClose: () => void;
}

function ZonePicker({ zone, now, anchor, onPick, onClose }: ZonePickerProps) {
  const options = useMemo(
    () =>
      zoneNames(zone).map(
        (id): Option => ({
          id,
          label: placeOf(id),
          hint: localTime(now, id) ?? undefined,
          isChosen: id === zone,
        }),
      ),
    [zone, now],
  );
  return (
    <Picker
      title={words.zone}
      placeholder={words.zonePlaceholder}
      options={options}
      anchor={anchor}
      onPick={({ id }) => onPick(id)}
      onClose={onClose}
    />
  );
}
