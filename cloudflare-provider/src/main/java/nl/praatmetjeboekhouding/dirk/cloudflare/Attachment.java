package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Attached;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** How a plan carries what a project attaches to its Worker besides routes and crons. */
final class Attachment {

  private Attachment() {}

  static void into(ObjectNode plan, ObjectNode live, Attached attached) {
    setIfAny(live, LiveState.DOMAINS, attached.domains());
    setIfAny(live, LiveState.CONSUMERS, attached.consumers());
    setIfAny(live, LiveState.WORKFLOWS, attached.workflows());
    if (!attached.databases().isEmpty()) {
      plan.set("databases", attached.databases());
    }
    if (!attached.consents().isEmpty()) {
      ArrayNode consents = plan.putArray("consents");
      attached.consents().stream().sorted().forEach(consent -> consents.add(consent.name()));
    }
  }

  private static void setIfAny(ObjectNode live, String name, ArrayNode value) {
    if (!value.isEmpty()) {
      live.set(name, value);
    }
  }

  /** What a runbook cannot set and put back. */
  static void refuse(Plan plan) {
    for (String name : List.of(LiveState.DOMAINS, LiveState.CONSUMERS, LiveState.WORKFLOWS)) {
      if (!plan.live(name).isMissingNode()) {
        throw ProviderException.of(
            FailureKind.NOT_SENT,
            "Cloudflare was not asked: the project has "
                + name
                + ", which a runbook of this version of Dirk cannot set and put back; use"
                + " Wrangler.deploy, or take them out of the wrangler file");
      }
    }
  }

  static Set<Consent> consents(JsonNode plan) {
    Set<Consent> consents = EnumSet.noneOf(Consent.class);
    plan.path("consents").forEach(consent -> consents.add(Consent.valueOf(consent.asText())));
    return consents;
  }
}
