package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import nl.praatmetjeboekhouding.dirk.model.Split;

/** Deployments as they are asked for. */
final class Deployments {

  private Deployments() {}

  /** All traffic to one version, whose code comes to running Durable Objects in this way. */
  static ObjectNode all(String version, ObjectNode annotations, ObjectNode codeUpdate) {
    return of(Split.all(version), annotations, codeUpdate);
  }

  /** The traffic as it is split; new code comes to running Durable Objects in this way. */
  static ObjectNode of(Split split, ObjectNode annotations, ObjectNode codeUpdate) {
    ObjectNode deployment = JsonNodeFactory.instance.objectNode().put("strategy", "percentage");
    for (Split.Share share : split.shares()) {
      deployment
          .withArray("versions")
          .addObject()
          .put("version_id", share.version())
          .put("percentage", new BigDecimal(share.percent().toPlainString()));
    }
    deployment.set("annotations", annotations);
    deployment.set("code_update_strategy", codeUpdate);
    return deployment;
  }
}
