package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_WRITE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;

/** Brings static assets: a session tells in which portions, and a token stands for them all. */
final class AssetApi {

  private final Account account;
  private final int bucket;

  /**
   * @param bucket how many assets go together
   */
  AssetApi(Account account, int bucket) {
    this.account = account;
    this.bucket = bucket;
  }

  List<Operation> operations() {
    String one = "/accounts/{account}/workers";
    return List.of(
        Operation.of(
            "POST",
            one + "/scripts/{worker}/assets-upload-session",
            WORKERS_SCRIPTS_WRITE,
            this::open),
        Operation.signedItself("POST", one + "/assets/upload", this::take));
  }

  private Result open(ApiRequest request) {
    return account.locked(
        () -> {
          String token = "session." + account.ids.hex();
          AssetStore.Session session =
              account.assets.open(token, request.path("worker"), request.object().path("manifest"));
          ObjectNode answer = Json.object().put("jwt", token);
          ArrayNode buckets = answer.putArray("buckets");
          int position = 0;
          for (String hash : session.lacking()) {
            ArrayNode last =
                position++ % bucket == 0
                    ? buckets.addArray()
                    : (ArrayNode) buckets.get(buckets.size() - 1);
            last.add(hash);
          }
          return Result.of(answer);
        });
  }

  private Result take(ApiRequest request) {
    String token = request.http().header("authorization").orElse("").replaceFirst("^Bearer ", "");
    List<Part> parts = request.parts();
    return account.locked(
        () -> {
          AssetStore.Session session = account.assets.session(token);
          for (Part part : parts) {
            account.assets.take(session, part.name(), decoded(part));
          }
          return Result.of(
              session.lacking().isEmpty() ? Json.object().put("jwt", token) : Json.object());
        });
  }

  private static Bytes decoded(Part part) {
    try {
      return Bytes.of(Base64.getDecoder().decode(part.content().array()));
    } catch (IllegalArgumentException e) {
      throw Refusal.unreadable(part.name() + " is not base64");
    }
  }
}
