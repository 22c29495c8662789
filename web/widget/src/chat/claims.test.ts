import { expect, test, vi } from "vitest";
import { Claims } from "./claims.ts";
import { isLoggedIn } from "./questions.ts";
import { TestDesk } from "./testDesk.ts";

async function said(described: object): Promise<unknown> {
  const desk = new TestDesk();
  desk.chat.become("T1");
  const told = vi.spyOn(desk.chat.api, "describeCustomer").mockResolvedValue(undefined);
  await new Claims(desk.chat).describeCustomer(described);
  return told.mock.calls[0]?.[0];
}

test("what older pages pass to identify becomes claims: known fields, and attributes of its own", async () => {
  expect(await said({ userId: 42, name: "Ana", email: "ana@shop.test", plan: "gold" })).toEqual({
    name: "Ana",
    email: "ana@shop.test",
    custom: { userId: 42, plan: "gold" },
  });
});

test("a field of another type than it has was never said, so that nothing is refused for it", async () => {
  expect(
    await said({ name: { first: "Ana" }, email: null, phone: 7, emails: "x", "user id": 1, $id: 2 }),
  ).toEqual({});
});

test("the documented shape stays as it is", async () => {
  const attributes = { emails: ["ana@shop.test"], socials: [{ type: "x", username: "ana" }] };

  expect(await said({ attributes, customAttributes: { seats: 3 } })).toEqual({
    ...attributes,
    custom: { seats: 3 },
  });
  expect(await said({ email: "ana@shop.test", custom: { seats: 3 } })).toEqual({
    email: "ana@shop.test",
    custom: { seats: 3 },
  });
});

test("test_T21 names from a prototype stay data", async () => {
  const described = JSON.parse('{"__proto__":{"evil":1},"constructor":2}');

  expect(JSON.stringify(await said(described))).toBe('{"custom":{"constructor":2}}');
  expect(({} as Record<string, unknown>).evil).toBeUndefined();
});

test.each([
  [{}, true],
  [{ email: "ANA@shop.test" }, true],
  [{ externalId: 42 }, true],
  [{ email: "eve@shop.test" }, false],
  [{ externalId: "43" }, false],
  [{ email: "ana@shop.test", externalId: "43" }, false],
])("logged in as %o: %s", async (who, answer) => {
  const desk = new TestDesk();
  desk.chat.become("T1");
  const customer = { identified: true, customerId: "c", emails: ["ana@shop.test"], externalIds: ["42"] };
  vi.spyOn(desk.chat.api, "customer").mockResolvedValue(customer);

  expect(await isLoggedIn(desk.chat, who)).toBe(answer);
});
