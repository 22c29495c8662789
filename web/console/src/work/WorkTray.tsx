import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

import { nameOf, useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import { notify } from "../notifying/notifying.ts";
import { useRoomAbove } from "../picker/above.ts";
import { words } from "./en.ts";
import { OfferCard } from "./OfferCard.tsx";
import { startOfferKeys } from "./offer-keys.ts";
import { firstOffer, type Offer, useOffers } from "./offers.ts";
import { soundOffer } from "./sound.ts";
import { WrapUpCard } from "./WrapUpCard.tsx";
import { useWrapUps } from "./wrap-ups.ts";
import "./work.css";

/**
 * What wants an answer of this agent, beside whatever they are at. It takes no focus: they may be writing. Offers have
 * their time, so an open sheet, which keeps everything else out of reach, has them with it.
 */
export function WorkTray() {
  const offers = useOffers((state) => state.offers);
  const wrapUps = useWrapUps((state) => state.wrapUps);
  const above = useRoomAbove();
  const announced = useRef(new Set<string>());
  useEffect(startOfferKeys, []);
  const announcer = <Announcer offers={offers} done={announced.current} />;
  const asked = offers.map((offer) => (
    <OfferCard
      key={offer.item}
      offer={offer}
      isFirst={offer === firstOffer()}
      hasKeys={offer === firstOffer() && above === null}
    />
  ));
  const windUp = wrapUps.map((wrapUp) => <WrapUpCard key={wrapUp.item} wrapUp={wrapUp} />);
  if (above === null)
    return (
      <>
        {announcer}
        <Tray offers={asked} wrapUps={windUp} />
      </>
    );
  return (
    <>
      <Tray offers={[]} wrapUps={windUp} />
      {createPortal(
        <>
          {announcer}
          <Tray offers={asked} wrapUps={[]} />
        </>,
        above,
      )}
    </>
  );
}

interface TrayProps {
  offers: readonly ReactNode[];
  wrapUps: readonly ReactNode[];
}

function Tray({ offers, wrapUps }: TrayProps) {
  if (offers.length + wrapUps.length === 0) return null;
  return (
    <section className="work" aria-label={offers.length > 0 ? words.offers : words.wrapUps}>
      {offers.length > 0 && <h2 className="work__title">{words.offered(offers.length)}</h2>}
      <ul className="work__list">
        {offers}
        {wrapUps}
      </ul>
    </section>
  );
}

const WAIT_FOR_NAME_MS = 1_500;

/** The same work may be offered again. */
function nameOfOffer({ item, until }: Offer): string {
  return `${item} ${until}`;
}

interface AnnouncerProps {
  offers: readonly Offer[];
  /** What has been said already, in whichever place. */
  done: Set<string>;
}

/** Says each offer once, politely, when it is known whose it is, or soon. The region stays, or the first would be missed. */
function Announcer({ offers, done }: AnnouncerProps) {
  const [said, setSaid] = useState("");
  const newest = offers.findLast((offer) => !done.has(nameOfOffer(offer)));
  const name = useDesk((desk) => desk.conversations.get(newest?.conversation ?? "")?.customerName);
  const queue = useDirectory(({ queues }) => nameOf(queues, newest?.queue ?? null));
  useEffect(() => {
    if (newest === undefined) return;
    const say = () => {
      if (done.has(nameOfOffer(newest))) return;
      done.add(nameOfOffer(newest));
      const seconds = Math.max(0, Math.ceil((newest.endsAt - Date.now()) / 1_000));
      const said = words.announced(name ?? words.somebody, queue, seconds);
      setSaid(said);
      void notify({ conversation: newest.conversation, title: words.offered(1), body: said });
      soundOffer(nameOfOffer(newest));
    };
    const timer = setTimeout(say, name === undefined ? WAIT_FOR_NAME_MS : 0);
    return () => clearTimeout(timer);
  }, [newest, name, queue, done]);
  const isOver = offers.length === 0;
  useEffect(() => {
    if (isOver) setSaid("");
  }, [isOver]);
  return (
    <p className="sr-only" role="status">
      {said}
    </p>
  );
}
