import assert from "node:assert/strict";
import { test } from "node:test";
import { answer } from "../src/api.js";

const env = { CURRENCY: "EUR" };
const get = (path) => answer(new Request(`https://api.example.com${path}`), env, "0.2.1");

test("health tells the version", async () => {
  const response = get("/health");

  assert.equal(response.status, 200);
  assert.equal((await response.json()).version, "0.2.1");
});

test("VAT is worked out in whole cents", async () => {
  const total = await get("/total?net=99.95&rate=21").json();

  assert.deepEqual(total, { currency: "EUR", net: 9995, vat: 2099, total: 12094 });
});

test("an unknown path is told as such", () => {
  assert.equal(get("/nowhere").status, 404);
});
