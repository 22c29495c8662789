import { api } from "../../api/api.ts";
import type { Attribute } from "../../attributes/attribute.ts";
import { readDeclarations } from "../../attributes/store.ts";
import { useKlasses } from "../../objects/klasses.ts";
import { klassFromResource as asCardsKnowIt } from "../../objects/reading.ts";
import { orderAttributes } from "../attributes/api.ts";
import { isReordered, type Klass, klassBody, klassFromResource } from "./klass.ts";

const PATH = "/v1/klasses";

export async function loadKlasses(): Promise<Klass[]> {
  const { data } = await api.all(PATH);
  return data.map(klassFromResource);
}

/** Rejects with a conflict when somebody else saved it meanwhile. */
export async function saveKlass(klass: Klass, before: Klass): Promise<Klass> {
  const body = klassBody(klass, before);
  const { data } = await (klass.id === null ? api.post(PATH, body) : api.put(`${PATH}/${klass.id}`, body));
  const saved = klassFromResource(data);
  // Cards that are on screen need not wait until they ask again.
  useKlasses.setState(({ klasses }) => ({ klasses: new Map(klasses).set(saved.name, asCardsKnowIt(data)) }));
  if (!isReordered(klass, before)) return saved;
  return { ...saved, attributes: await order(klass) };
}

/** What a colleague has declared or removed meanwhile stays so. */
async function order({ name: klass, attributes: wanted }: Klass): Promise<readonly Attribute[]> {
  const { attributes: all, rev } = await readDeclarations(klass);
  const place = new Map(wanted.map(({ name }, index) => [name, index]));
  const placeOf = ({ name }: Attribute) => place.get(name) ?? wanted.length;
  const attributes = [...all].sort((one, other) => placeOf(one) - placeOf(other));
  return (await orderAttributes(klass, { attributes, rev })).attributes;
}

export async function removeKlass(id: string): Promise<void> {
  await api.remove(`${PATH}/${id}`);
}
