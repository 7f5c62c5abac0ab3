import { answer } from "./api.js";

export default {
  fetch: (request, env) => answer(request, env, VERSION),
};
