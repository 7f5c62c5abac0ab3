package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * What a deploy would do as things stand, found out by reading only.
 *
 * @param service what it is about
 * @param label what the release is called
 * @param documents the mandatory documents that were read, each with its digest
 * @param stages staging first if there is one, production last
 * @param course how production traffic would come to it, a word a stage: {@code dark}, {@code 10
 *     %}, {@code 100 %}, {@code soak PT5M}
 * @param goesBackTo what would be put back if production turned out sick: its label, or the
 *     vendor's id; empty if there is nothing to go back to, or no way
 * @param wayBack why that, or why nothing, as a sentence
 * @param gates what the gates to production say now
 * @param objections why a deploy would not be started as things stand, a sentence each
 * @param hash names all of this but the objections and what the gates found, of which it names the
 *     rules; a deploy that applies it is refused once anything of it has changed, and its gates are
 *     asked again
 */
public record DeployPlan(
    String service,
    String label,
    Map<String, Digest> documents,
    List<StagePlan> stages,
    List<String> course,
    Optional<String> goesBackTo,
    String wayBack,
    List<GateReport> gates,
    List<String> objections,
    Digest hash) {

  /** Checks that nothing is null, and copies. */
  public DeployPlan {
    requireNonNull(service, "service");
    requireNonNull(label, "label");
    documents = Collections.unmodifiableMap(new TreeMap<>(documents));
    stages = List.copyOf(stages);
    course = List.copyOf(course);
    requireNonNull(goesBackTo, "goesBackTo");
    requireNonNull(wayBack, "wayBack");
    gates = List.copyOf(gates);
    objections = List.copyOf(objections);
    requireNonNull(hash, "hash");
  }

  /** This one with what the gates say of it at another time; its hash stays. */
  public DeployPlan asked(List<GateReport> reports, List<String> against) {
    return new DeployPlan(
        service, label, documents, stages, course, goesBackTo, wayBack, reports, against, hash);
  }

  /** The stage that customers see. */
  public StagePlan production() {
    return stages.get(stages.size() - 1);
  }
}
