import { useMemo } from "react";

import { wordsFor } from "../../api/errors.ts";
import { Select, Tick } from "../../forms/Fields.tsx";
import { showToast } from "../../toast/toast.ts";
import { Page, Part, WhenLoaded } from "../Page.tsx";
import { useLoaded } from "../use-loaded.ts";
import { countries } from "./countries.ts";
import { words } from "./en.ts";
import { loadRecordSettings, type RecordSettings, setJoinByDomain, setPhoneRegion } from "./records.ts";

/** How customers' records are read. Each choice counts as soon as it is made. */
export function RecordsPage() {
  const { loaded, reload, show } = useLoaded(loadRecordSettings);
  const regions = useMemo(() => [["", words.noRegion] as const, ...countries()], []);
  const choose = async (wanted: RecordSettings, before: RecordSettings, action: Promise<void>) => {
    show(wanted);
    try {
      await action;
      showToast(words.saved);
    } catch (error) {
      show(before);
      showToast(words.failed(wordsFor(error)), { tone: "problem" });
    }
  };
  return (
    <Page title={words.title} text={words.text}>
      <WhenLoaded loaded={loaded} onRetry={reload}>
        {(settings) => (
          <>
            <Part title={words.phones} text={words.phonesText}>
              <Select
                label={words.region}
                hint={words.example}
                value={settings.phoneRegion}
                options={regions}
                onPick={(phoneRegion) =>
                  void choose({ ...settings, phoneRegion }, settings, setPhoneRegion(phoneRegion))
                }
              />
            </Part>
            <Part title={words.companies}>
              <Tick
                label={words.joinByDomain}
                hint={words.joinByDomainHint}
                isOn={settings.joinByDomain}
                onTick={(joinByDomain) =>
                  void choose({ ...settings, joinByDomain }, settings, setJoinByDomain(joinByDomain))
                }
              />
            </Part>
          </>
        )}
      </WhenLoaded>
    </Page>
  );
}
