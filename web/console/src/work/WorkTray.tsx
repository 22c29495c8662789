import { useEffect, useRef, useState } from "react";

import { nameOf, useDirectory } from "../desk/directory.ts";
import { useDesk } from "../desk/store.ts";
import { words } from "./en.ts";
import { OfferCard } from "./OfferCard.tsx";
import { startOfferKeys } from "./offer-keys.ts";
import { firstOffer, type Offer, useOffers } from "./offers.ts";
import { soundOffer } from "./sound.ts";
import { WrapUpCard } from "./WrapUpCard.tsx";
import { useWrapUps } from "./wrap-ups.ts";
import "./work.css";

/** What wants an answer of this agent, beside whatever they are at. It takes no focus: they may be writing. */
export function WorkTray() {
  const offers = useOffers((state) => state.offers);
  const wrapUps = useWrapUps((state) => state.wrapUps);
  useEffect(startOfferKeys, []);
  const first = firstOffer();
  return (
    <>
      <Announcer offers={offers} />
      {offers.length + wrapUps.length > 0 && (
        <section className="work" aria-label={offers.length > 0 ? words.offers : words.wrapUps}>
          {offers.length > 0 && <h2 className="work__title">{words.offered(offers.length)}</h2>}
          <ul className="work__list">
            {offers.map((offer) => (
              <OfferCard key={offer.item} offer={offer} hasKeys={offer === first} />
            ))}
            {wrapUps.map((wrapUp) => (
              <WrapUpCard key={wrapUp.item} wrapUp={wrapUp} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const WAIT_FOR_NAME_MS = 1_500;

/** The same work may be offered again. */
function nameOfOffer({ item, until }: Offer): string {
  return `${item} ${until}`;
}

/** Says each offer once, politely, when it is known whose it is, or soon. The region stays, or the first would be missed. */
function Announcer({ offers }: { offers: readonly Offer[] }) {
  const [said, setSaid] = useState("");
  const done = useRef(new Set<string>());
  const newest = offers.findLast((offer) => !done.current.has(nameOfOffer(offer)));
  const name = useDesk((desk) => desk.conversations.get(newest?.conversation ?? "")?.customerName);
  const queue = useDirectory(({ queues }) => nameOf(queues, newest?.queue ?? null));
  useEffect(() => {
    if (newest === undefined) return;
    const say = () => {
      if (done.current.has(nameOfOffer(newest))) return;
      done.current.add(nameOfOffer(newest));
      const seconds = Math.max(0, Math.ceil((newest.endsAt - Date.now()) / 1_000));
      setSaid(words.announced(name ?? words.somebody, queue, seconds));
      soundOffer(nameOfOffer(newest));
    };
    const timer = setTimeout(say, name === undefined ? WAIT_FOR_NAME_MS : 0);
    return () => clearTimeout(timer);
  }, [newest, name, queue]);
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
