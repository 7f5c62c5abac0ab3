import { release } from "./release.js";

export default {
  fetch(request, env) {
    return Response.json({ release, greeting: env.GREETING, version: env.VERSION.id });
  },
};
