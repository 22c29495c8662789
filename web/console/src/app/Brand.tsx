import { words } from "../session/en.ts";

/** Two people, one table: the product's mark and name. */
export function Brand() {
  return (
    <span className="brand">
      <BrandMark />
      {words.product}
    </span>
  );
}

export function BrandMark() {
  return (
    <svg className="brand__mark" viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <path d="M3 2.5h3.2v6.2h1.2a4.6 4.6 0 0 0 4.6-4.6V2.5h3.2v1.6A7.8 7.8 0 0 1 12.6 10a7.8 7.8 0 0 1 2.6 5.9v1.6H12v-1.6a4.6 4.6 0 0 0-4.6-4.6H6.2v6.2H3z" />
    </svg>
  );
}
