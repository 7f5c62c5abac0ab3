/** Tells how the Worker does, and which version of it answers. */
export function health(env, version) {
  const problems = env.CURRENCY ? [] : ["CURRENCY is not set"];
  return Response.json(
    { status: problems.length === 0 ? "pass" : "fail", version, problems },
    { status: problems.length === 0 ? 200 : 503 },
  );
}
