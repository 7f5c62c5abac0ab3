import { health } from "./health.js";
import { total } from "./invoice.js";

/** Answers one request: GET /health, or GET /total?net=100.00&rate=21. */
export function answer(request, env, version) {
  const url = new URL(request.url);
  switch (url.pathname) {
    case "/health":
      return health(env, version);
    case "/total":
      return Response.json(total(url.searchParams, env.CURRENCY));
    default:
      return Response.json({ error: `there is no ${url.pathname}` }, { status: 404 });
  }
}
