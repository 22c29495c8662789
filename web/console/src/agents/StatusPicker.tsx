import { Bell, BellOff, LogOut, MonitorSmartphone, Moon, Sun, Users, Volume2, VolumeX } from "lucide-react";

import { useState } from "react";

import { chooseTheme, chosenTheme, type Theme } from "../app/theme.ts";
import { shownCounts } from "../desk/desk.ts";
import { currentDesk, useDesk } from "../desk/store.ts";
import { words as notifyWords } from "../notifying/en.ts";
import { canNotify, isNotifying, setNotifying } from "../notifying/notifying.ts";
import { type Option, Picker } from "../picker/Picker.tsx";
import { words as sessionWords } from "../session/en.ts";
import { signOut } from "../session/sign-out.ts";
import { showToast } from "../toast/toast.ts";
import { words as workWords } from "../work/en.ts";
import { recallWork } from "../work/follow.ts";
import { leaveOffers, useOffers } from "../work/offers.ts";
import { isSoundOn, setSound } from "../work/sound.ts";
import { useTerms } from "../work/terms.ts";
import { words } from "./en.ts";
import { setMyStatus, workAs } from "./presence.ts";
import { StatusDot } from "./StatusDot.tsx";

interface StatusPickerProps {
  anchor: DOMRect | null;
  onClose: () => void;
}

const SETTABLE = ["available", "busy", "unavailable"] as const;

/** Change my status; the reason for being away may be one's own words. The way out is here too. */
export function StatusPicker({ anchor, onClose }: StatusPickerProps) {
  const { reasons: declared, team, teams } = useTerms();
  // Where an organisation has its own, no others count.
  const reasons = declared.length > 0 ? declared : words.reasons;
  const options: Option[] = [
    ...SETTABLE.map((status) => ({
      id: status,
      label: words.status[status],
      hint: words.hints[status],
      icon: <StatusDot status={status} />,
    })),
    ...reasons.map((reason) => ({
      id: `reason:${reason}`,
      label: words.unavailableBecause(reason),
      icon: <StatusDot status="unavailable" />,
    })),
    // With one team there is nothing to choose.
    ...(teams.length < 2 ? [] : teams).map(({ id, name }) => ({
      id: `team:${id}`,
      label: words.workAs(name),
      icon: <Users size={13} aria-hidden="true" />,
      isChosen: id === team,
    })),
  ];
  const pick = ({ id }: Option) => {
    onClose();
    const status = SETTABLE.find((settable) => settable === id);
    if (status !== undefined) become(status, null);
    else if (id.startsWith("team:")) void workAs(id.slice("team:".length));
    else become("unavailable", id.replace(/^reason:/u, ""));
  };
  const becomeUnavailable = (reason: string) => {
    onClose();
    become("unavailable", reason.slice(0, 100));
  };
  return (
    <Picker
      title={words.mine}
      placeholder={words.placeholder}
      options={options}
      anchor={anchor}
      onPick={pick}
      onClose={onClose}
      {...(declared.length === 0 && { onCreate: becomeUnavailable, createLabel: words.unavailableBecause })}
      footer={
        <>
          <WhatStays />
          <Footer />
        </>
      }
    />
  );
}

/** Whoever goes away is asked nothing from that moment on, and is again if they could not go. */
function become(status: (typeof SETTABLE)[number], reason: string | null): void {
  const { me } = currentDesk();
  if (status !== "available") leaveOffers();
  void setMyStatus(status, reason).then((isSo) => {
    if (!isSo) void recallWork(me);
  });
}

/** What becomes of one's work: nobody should have to find out by going. */
function WhatStays() {
  const open = useDesk((desk) => shownCounts(desk).mine);
  const isAsked = useOffers(({ offers }) => offers.length > 0);
  if (open === 0 && !isAsked) return null;
  return (
    <p className="status-stays">
      {open > 0 && words.staysYours(open)} {isAsked && words.offersGo} {open > 0 && words.whenSignedOut}
    </p>
  );
}

const THEMES: readonly { theme: Theme; icon: typeof Sun }[] = [
  { theme: "system", icon: MonitorSmartphone },
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
];

function Footer() {
  const [hasSound, setHasSound] = useState(isSoundOn);
  return (
    <div className="status-footer">
      <fieldset className="themes">
        <legend className="sr-only">{sessionWords.theme}</legend>
        {THEMES.map(({ theme, icon: Icon }) => (
          <label key={theme} className="themes__choice" title={sessionWords.themes[theme]}>
            <input
              type="radio"
              name="theme"
              className="sr-only"
              defaultChecked={chosenTheme() === theme}
              onChange={() => chooseTheme(theme)}
            />
            <Icon size={14} aria-hidden="true" />
            <span className="sr-only">{sessionWords.themes[theme]}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        className="icon-button status-footer__sound"
        aria-label={workWords.sound}
        aria-pressed={hasSound}
        title={workWords.sound}
        onClick={() => {
          setSound(!hasSound);
          setHasSound(!hasSound);
        }}
      >
        {hasSound ? <Volume2 size={15} aria-hidden="true" /> : <VolumeX size={15} aria-hidden="true" />}
      </button>
      {canNotify() && <NotifyButton />}
      <button type="button" className="button button--quiet" onClick={() => void signOut()}>
        <LogOut size={14} aria-hidden="true" />
        {sessionWords.signOut}
      </button>
    </div>
  );
}

function NotifyButton() {
  const [isOn, setOn] = useState(isNotifying);
  const turn = async () => {
    const isSo = await setNotifying(!isOn);
    setOn(isSo);
    if (!isOn && !isSo) showToast(notifyWords.blocked, { tone: "problem" });
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={notifyWords.notify}
      aria-pressed={isOn}
      title={notifyWords.notify}
      onClick={() => void turn()}
    >
      {isOn ? <Bell size={15} aria-hidden="true" /> : <BellOff size={15} aria-hidden="true" />}
    </button>
  );
}
