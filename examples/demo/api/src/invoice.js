/** What an invoice comes to, in whole cents, so that nothing is lost to fractions. */
export function total(parameters, currency) {
  const net = cents(parameters.get("net"));
  const vat = Math.round((net * Number(parameters.get("rate") ?? 21)) / 100);
  return { currency, net, vat, total: net + vat };
}

function cents(amount) {
  const match = /^(\d+)(?:\.(\d{2}))?$/.exec(amount ?? "");
  return match ? Number(match[1]) * 100 + Number(match[2] ?? 0) : 0;
}
