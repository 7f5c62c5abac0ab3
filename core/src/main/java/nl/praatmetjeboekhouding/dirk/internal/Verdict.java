package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a health gate came to.
 *
 * @param reason one word, such as {@code NOT_PROPAGATED}; empty when it passed
 * @param account what the gate saw, for people
 * @param identity what the service last said of itself
 * @param note what people must be told besides, or empty
 */
record Verdict(
    Kind kind, String reason, String account, Optional<String> identity, Optional<String> note) {

  enum Kind {
    /** The version is proven to answer, and answers well. */
    PASS,
    /** It answers well, but the service cannot tell which version it is. */
    PASS_UNPROVEN,
    /** The version answers badly, or does not come. */
    FAIL,
    /** The looks do not tell. */
    INCONCLUSIVE
  }

  /** Good answers came, but none that says who gave it. */
  static final String NO_IDENTITY = "NO_IDENTITY";

  /** Good answers came, by a name that the version before has too. */
  static final String AMBIGUOUS_IDENTITY = "AMBIGUOUS_IDENTITY";

  static final Form<Verdict> FORM =
      Forms.form(
          verdict -> {
            ObjectNode node =
                Forms.object()
                    .put("kind", verdict.kind().name())
                    .put("reason", verdict.reason())
                    .put("account", verdict.account());
            verdict.identity().ifPresent(identity -> node.put("identity", identity));
            verdict.note().ifPresent(note -> node.put("note", note));
            return node;
          },
          node ->
              new Verdict(
                  Kind.valueOf(node.path("kind").asText()),
                  node.path("reason").asText(),
                  node.path("account").asText(),
                  Forms.text(node, "identity"),
                  Forms.text(node, "note")));

  /** With nothing to be told besides. */
  Verdict(Kind kind, String reason, String account, Optional<String> identity) {
    this(kind, reason, account, identity, Optional.empty());
  }

  boolean passed() {
    return kind == Kind.PASS || kind == Kind.PASS_UNPROVEN;
  }

  boolean failed() {
    return kind == Kind.FAIL;
  }

  /** Whether the answers were good, and only who gave them could not be told. */
  boolean isAboutIdentity() {
    return reason.equals(NO_IDENTITY) || reason.equals(AMBIGUOUS_IDENTITY);
  }
}
