import type { FieldType } from "../attributes/names.ts";

/** A record of a kind that the organisation defined, as its cards show it: an order, a subscription, a booking. */
export interface KObject {
  readonly id: string;
  /** The kind's name in the API, and as people say it. */
  readonly klass: string;
  readonly klassName: string;
  readonly icon: string | null;
  readonly color: string | null;
  readonly externalId: string | null;
  readonly title: string;
  /** What the card shows, in the order the kind wants it. */
  readonly fields: readonly Field[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly value: unknown;
  /** A number that is written as 1042 and not as 1,042: a year, or the number of an order. */
  readonly isPlain?: boolean;
}

/** A kind of record. How its cards look comes with each of them. */
export interface Klass {
  readonly name: string;
  readonly displayName: string;
  readonly pluralName: string;
  readonly icon: string | null;
  /** The attribute that names a record which has no title of its own. */
  readonly cardTitle: string | null;
  /** Whether agents add records of it by hand, and change those that there are. */
  readonly isCreatable: boolean;
  readonly isEditable: boolean;
}
