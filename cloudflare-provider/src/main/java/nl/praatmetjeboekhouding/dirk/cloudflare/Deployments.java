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
    ObjectNode deployment = all(version, annotations);
    deployment.set("code_update_strategy", codeUpdate);
    return deployment;
  }

  /** All traffic to one version. */
  static ObjectNode all(String version, ObjectNode annotations) {
    return of(Split.all(version), annotations);
  }

  /** The traffic as it is split. */
  static ObjectNode of(Split split, ObjectNode annotations) {
    ObjectNode deployment = JsonNodeFactory.instance.objectNode().put("strategy", "percentage");
    for (Split.Share share : split.shares()) {
      deployment
          .withArray("versions")
          .addObject()
          .put("version_id", share.version())
          .put("percentage", new BigDecimal(share.percent().toPlainString()));
    }
    deployment.set("annotations", annotations);
    deployment.set("code_update_strategy", Plan.codeUpdateStrategy());
    return deployment;
  }
}
