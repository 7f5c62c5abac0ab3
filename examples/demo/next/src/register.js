/** Asks the register of VAT numbers whether there is such a number. */
export async function vatNumber(number, env) {
  const address = new URL(env.VAT_REGISTER);
  address.searchParams.set("number", number);
  const response = await fetch(address);
  return Response.json({ number, known: response.ok });
}
