import { startMerge } from "../merging/merging.ts";
import { formatRoute } from "../navigation/route.ts";
import { words } from "./en.ts";
import type { Owner } from "./owner.ts";

/** The ways on where an address is another customer's: to their record, or to make one of the two. */
export function Taken({ customer, owner }: { customer: string; owner: Owner }) {
  return (
    <p className="taken">
      <a className="text-button" href={formatRoute({ screen: "customer", id: owner.id })}>
        {words.openOwner(owner.name)}
      </a>{" "}
      <button
        type="button"
        className="text-button"
        aria-haspopup="dialog"
        onClick={() => startMerge(customer, owner.id)}
      >
        {words.mergeOwner}
        <span className="sr-only"> {words.mergeOwnerWith(owner.name)}</span>
      </button>
    </p>
  );
}
