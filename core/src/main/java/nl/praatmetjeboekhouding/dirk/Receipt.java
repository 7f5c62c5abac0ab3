package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.internal.Receipts;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * All that the journal says of one run, to be taken along: its entries as they were written, each
 * with its hash and the one before, and what the report says. It is checked without the journal and
 * without a {@link Dirk}. Its schema is {@code docs/receipt.schema.json}.
 *
 * <p>By itself it proves that nothing in it was changed by accident or in part. Who can rewrite all
 * of it can compute all hashes anew; against that it is {@linkplain #signed signed} with a key that
 * others do not have, or its head is kept where others cannot write.
 */
public final class Receipt {

  static final String KIND = "dirk-run";
  static final int VERSION = 1;

  private final byte[] json;

  private Receipt(byte[] json) {
    this.json = json;
  }

  /** One that was made before. Nothing is checked yet: see {@link #verify()}. */
  public static Receipt of(byte[] json) {
    return new Receipt(json.clone());
  }

  /** One that was made before. Nothing is checked yet: see {@link #verify()}. */
  public static Receipt of(String json) {
    return new Receipt(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes one.
   *
   * @param lines the run's entries as its journal gives them
   */
  static Receipt of(String run, List<String> lines) {
    try {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("receipt", KIND).put("version", VERSION).put("run", run);
      ArrayNode entries = document.putArray("entries");
      String head = "";
      JsonNode last = NullNode.instance;
      for (String line : lines) {
        head = Digest.of(line).hex();
        last = EntryForm.parse(line.getBytes(StandardCharsets.UTF_8));
        entries.addObject().put("hash", head).set("entry", last);
      }
      document.put("head", head);
      document.set("report", Receipts.report(last).orElse(NullNode.instance));
      return of(document.put("seal", seal(document)).toPrettyString());
    } catch (IOException e) {
      throw new IllegalArgumentException("an entry of run " + run + " is no JSON", e);
    }
  }

  /** The document, indented, in UTF-8. */
  public byte[] toBytes() {
    return json.clone();
  }

  /** The document, indented. */
  public String toJson() {
    return new String(json, StandardCharsets.UTF_8);
  }

  /**
   * The same with a signature in place of the one that it may have.
   *
   * @param key an Ed25519, Ed448, EC or RSA key
   * @throws IllegalArgumentException if this is damaged, or the key cannot sign
   */
  public Receipt signed(PrivateKey key) {
    verify()
        .damage()
        .ifPresent(
            damage -> {
              throw new IllegalArgumentException("a damaged receipt is not signed: " + damage);
            });
    try {
      ObjectNode document = (ObjectNode) EntryForm.parse(json);
      document.remove("signature");
      String algorithm = algorithm(key.getAlgorithm());
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(EntryForm.toBytes(document));
      document
          .putObject("signature")
          .put("algorithm", algorithm)
          .put("value", Base64.getEncoder().encodeToString(signing.sign()));
      return of(document.toPrettyString());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("the receipt cannot be signed with this key", e);
    }
  }

  /** Whether it agrees with itself; a signature is not looked at. */
  public ReceiptVerdict verify() {
    return new ReceiptCheck(json).verdict(Optional.empty());
  }

  /** Whether it agrees with itself and was signed by the owner of this key. */
  public ReceiptVerdict verify(PublicKey key) {
    return new ReceiptCheck(json).verdict(Optional.of(requireNonNull(key, "key")));
  }

  /** The SHA-256 of all that the document holds but seal and signature. */
  static String seal(ObjectNode document) throws JsonProcessingException {
    ObjectNode sealed = document.deepCopy();
    sealed.remove(List.of("seal", "signature"));
    return Digest.of(EntryForm.toBytes(sealed)).hex();
  }

  static String algorithm(String key) {
    return switch (key) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key;
    };
  }

  /** What it is about, without what it holds. */
  @Override
  public String toString() {
    return "Receipt[" + json.length + " bytes]";
  }
}
