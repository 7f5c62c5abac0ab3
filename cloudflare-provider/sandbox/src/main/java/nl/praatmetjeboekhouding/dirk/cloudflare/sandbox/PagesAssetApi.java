package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.PAGES_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where Pages keeps contents by their hash, asked with the token of an upload. */
final class PagesAssetApi {

  private static final int FILES = 20_000;

  private final Account account;

  PagesAssetApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GET",
            "/accounts/{account}/pages/projects/{project}/upload-token",
            PAGES_WRITE,
            request -> account.locked(() -> token(request))),
        signed("check-missing", this::missing),
        signed("upload", this::upload),
        signed("upsert-hashes", request -> Result.of(BooleanNode.TRUE)));
  }

  private Operation signed(String what, Operation.Work work) {
    return Operation.signedItself(
        "POST",
        "/pages/assets/" + what,
        request ->
            account.locked(
                () -> {
                  String sent = request.http().header("authorization").orElse("");
                  if (!account.pagesTokens.contains(sent.replaceFirst("^Bearer ", ""))) {
                    throw new Refusal(401, 8000013, "Authorization failed: ask for a new token");
                  }
                  return work.answer(request);
                }));
  }

  private Result token(ApiRequest request) {
    if (!account.pages.containsKey(request.path("project"))) {
      throw new Refusal(404, 8000007, "Project not found.");
    }
    String claims = "{\"max_file_count_allowed\":" + FILES + "}";
    String token =
        Stream.of("{\"alg\":\"none\"}", claims, account.ids.uuid())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
            .reduce((one, other) -> one + "." + other)
            .orElseThrow();
    account.pagesTokens.add(token);
    return Result.of(Json.object().put("jwt", token));
  }

  private Result missing(ApiRequest request) {
    return Result.of(
        Json.array(
            members(request.object().path("hashes"))
                .filter(hash -> !account.pagesAssets.contains(hash.asText()))));
  }

  private Result upload(ApiRequest request) {
    members(request.json()).forEach(file -> account.pagesAssets.add(file.path("key").asText()));
    return Result.of(Json.object().put("successful_key_count", request.json().size()));
  }

  private static Stream<JsonNode> members(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
