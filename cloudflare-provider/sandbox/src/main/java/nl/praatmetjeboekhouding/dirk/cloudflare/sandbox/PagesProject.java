package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Pages project of the account. Guarded by the account's lock. */
final class PagesProject {

  /** What was made to serve production, and from when on reads tell so. */
  private record Turn(PagesUpload upload, long visibleFrom) {}

  final String id;
  final String name;
  final String productionBranch;
  final Instant created;

  private final Deque<PagesUpload> uploads = new ArrayDeque<>();
  private final Deque<Turn> turns = new ArrayDeque<>();
  private final Map<String, ObjectNode> variables = new HashMap<>();

  PagesProject(String id, String name, String productionBranch, Instant created) {
    this.id = id;
    this.name = name;
    this.productionBranch = productionBranch;
    this.created = created;
  }

  /** The variables of {@code production} or {@code preview} by name, with their values. */
  ObjectNode variables(String environment) {
    return variables.computeIfAbsent(environment, any -> Json.object());
  }

  /** Takes an upload, which serves its branch once it is done. */
  void add(PagesUpload upload) {
    uploads.addFirst(upload);
    if (upload.isProduction()) {
      turns.addFirst(new Turn(upload, Math.max(upload.visibleFrom(), upload.doneFrom())));
    }
  }

  /** Makes an earlier upload serve production. */
  void putBack(PagesUpload upload, long visibleFrom) {
    turns.addFirst(new Turn(upload, visibleFrom));
  }

  /** All uploads, newest first, whether reads show them or not. */
  Stream<PagesUpload> all() {
    return uploads.stream();
  }

  Optional<PagesUpload> upload(String wanted) {
    return all().filter(upload -> upload.id().equals(wanted)).findFirst();
  }

  Stream<PagesUpload> visible(long now) {
    return uploads.stream().filter(upload -> upload.visibleFrom() - now <= 0);
  }

  Optional<PagesUpload> canonical(long now) {
    return turns.stream()
        .filter(turn -> turn.visibleFrom() - now <= 0)
        .findFirst()
        .map(Turn::upload);
  }
}
