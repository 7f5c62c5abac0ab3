import { health } from "./health.js";
import { total } from "./invoice.js";
import { vatNumber } from "./register.js";

/** Answers one request: GET /health, GET /total?net=100.00&rate=21, or GET /vat-number?of=NL... */
export function answer(request, env, version) {
  const url = new URL(request.url);
  switch (url.pathname) {
    case "/health":
      return health(env, version);
    case "/total":
      return Response.json(total(url.searchParams, env.CURRENCY));
    case "/vat-number":
      return vatNumber(url.searchParams.get("of") ?? "", env);
    default:
      return Response.json({ error: `there is no ${url.pathname}` }, { status: 404 });
  }
}
