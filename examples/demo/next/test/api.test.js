import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { answer } from "../src/api.js";

const env = { CURRENCY: "EUR", VAT_REGISTER: "https://register.example.com/check" };
const get = (path) => answer(new Request(`https://api.example.com${path}`), env, "0.3.0");

test("health tells the version", async () => {
  const response = get("/health");

  assert.equal(response.status, 200);
  assert.equal((await response.json()).version, "0.3.0");
});

test("VAT is worked out in whole cents", async () => {
  const total = await get("/total?net=99.95&rate=21").json();

  assert.deepEqual(total, { currency: "EUR", net: 9995, vat: 2099, total: 12094 });
});

test("a VAT number is looked up in the register", async () => {
  const asked = mock.method(globalThis, "fetch", () => Promise.resolve(new Response("{}")));

  const answered = await (await get("/vat-number?of=NL001234567B01")).json();

  assert.deepEqual(answered, { number: "NL001234567B01", known: true });
  assert.equal(asked.mock.calls[0].arguments[0].searchParams.get("number"), "NL001234567B01");
});

test("an unknown path is told as such", () => {
  assert.equal(get("/nowhere").status, 404);
});
