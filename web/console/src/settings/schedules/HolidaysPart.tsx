import { useCallback, useMemo } from "react";

import { Select, Tick } from "../../forms/Fields.tsx";
import { Part, WhenLoaded } from "../Page.tsx";
import { countries } from "../records/countries.ts";
import { useLoaded } from "../use-loaded.ts";
import { words } from "./en.ts";
import { type Country, loadCountries, loadCountry, type PublicHolidays } from "./schedules.ts";

interface HolidaysPartProps {
  holidays: PublicHolidays | null;
  onChange: (holidays: PublicHolidays | null) => void;
}

const PUBLIC = "public";

/** Whose public holidays are days off. */
export function HolidaysPart({ holidays, onChange }: HolidaysPartProps) {
  const { loaded, reload } = useLoaded(loadCountries);
  const known = loaded.state === "ready" ? loaded.data : null;
  const options = useMemo(
    () => [["", words.noCountry] as const, ...countries().filter(([code]) => known?.includes(code) ?? false)],
    [known],
  );
  return (
    <Part title={words.holidays} text={words.holidaysText}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {() => (
          <div className="fields">
            <Select
              label={words.country}
              value={holidays?.country ?? ""}
              options={options}
              onPick={(country) =>
                onChange(country === "" ? null : { country, subdivision: null, categories: [PUBLIC] })
              }
            />
            {holidays !== null && (
              <CountryFields key={holidays.country} holidays={holidays} onChange={onChange} />
            )}
          </div>
        )}
      </WhenLoaded>
    </Part>
  );
}

interface CountryFieldsProps {
  holidays: PublicHolidays;
  onChange: (holidays: PublicHolidays) => void;
}

function CountryFields({ holidays, onChange }: CountryFieldsProps) {
  const { country } = holidays;
  const { loaded, reload } = useLoaded(useCallback(() => loadCountry(country), [country]));
  return (
    <WhenLoaded loaded={loaded} onRetry={reload}>
      {(found) => <Choices country={found} holidays={holidays} onChange={onChange} />}
    </WhenLoaded>
  );
}

function Choices({ country, holidays, onChange }: CountryFieldsProps & { country: Country }) {
  const more = country.categories.filter((category) => category !== PUBLIC);
  const tick = (category: string, isOn: boolean) => {
    const chosen = holidays.categories.filter((one) => one !== category);
    onChange({ ...holidays, categories: isOn ? [...chosen, category] : chosen });
  };
  return (
    <>
      {country.subdivisions.length > 0 && (
        <Select
          label={words.subdivision}
          value={holidays.subdivision ?? ""}
          options={[["", words.wholeCountry] as const, ...country.subdivisions]}
          onPick={(code) => onChange({ ...holidays, subdivision: code === "" ? null : code })}
        />
      )}
      {more.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is a box with a legend in its border
        <div role="group" aria-label={words.categories}>
          <p className="field__label sheet-form__text">{words.categories}</p>
          {more.map((category) => (
            <Tick
              key={category}
              label={words.category(category)}
              isOn={holidays.categories.includes(category)}
              onTick={(isOn) => tick(category, isOn)}
            />
          ))}
        </div>
      )}
    </>
  );
}
