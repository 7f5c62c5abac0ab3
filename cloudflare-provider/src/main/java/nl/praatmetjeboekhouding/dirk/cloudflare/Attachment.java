package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Attached;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;

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

  /** By the setting's name, what a runbook looks at before it changes anything. */
  static ObjectNode settings(Attached attached) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    setIfAny(settings, LiveState.DOMAINS, attached.domains());
    setIfAny(settings, LiveState.CONSUMERS, attached.consumers());
    setIfAny(settings, LiveState.WORKFLOWS, attached.workflows());
    return settings;
  }

  /** What a way back leaves as it is, a sentence each. */
  static List<String> notPutBack(Plan plan) {
    List<String> warnings = new ArrayList<>();
    if (plan.live(LiveState.WORKFLOWS).isArray()) {
      warnings.add(
          "A workflow that is new stays after a rollback, since taking it away would end its"
              + " instances.");
    }
    if (plan.live(LiveState.DOMAINS).isArray() && plan.consents().contains(Consent.TAKEN_DOMAINS)) {
      warnings.add(
          "DNS records that custom domains take the place of do not come back after a rollback.");
    }
    return warnings;
  }

  static Set<Consent> consents(JsonNode plan) {
    Set<Consent> consents = EnumSet.noneOf(Consent.class);
    plan.path("consents").forEach(consent -> consents.add(Consent.valueOf(consent.asText())));
    return consents;
  }
}
