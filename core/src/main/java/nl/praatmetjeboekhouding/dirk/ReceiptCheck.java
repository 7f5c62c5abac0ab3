package nl.praatmetjeboekhouding.dirk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.ReceiptVerdict.Damage;
import nl.praatmetjeboekhouding.dirk.internal.Receipts;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** Reads a receipt, and finds the first place where it does not agree with itself. */
final class ReceiptCheck {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Set<String> FIELDS =
      Set.of("receipt", "version", "run", "entries", "head", "report", "seal", "signature");

  /** An element of the receipt's entries, with its place in the document. */
  private record Element(JsonNode node, long from, long to) {

    String hash() {
      return node.path("hash").asText();
    }

    JsonNode entry() {
      return node.path("entry");
    }

    String previous() {
      return entry().path("streamPrev").asText();
    }

    String computed() throws JsonProcessingException {
      return Digest.of(EntryForm.toBytes(entry())).hex();
    }

    Damage damage(long sequence, String field, String account) {
      return new Damage(field, Optional.of(sequence), Receipts.step(entry()), from, to, account);
    }
  }

  private final byte[] json;
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final List<Element> elements = new ArrayList<>();

  ReceiptCheck(byte[] json) {
    this.json = json;
  }

  /**
   * @param key whose signature is wanted, if one is
   */
  ReceiptVerdict verdict(Optional<PublicKey> key) {
    Optional<Damage> damage;
    try {
      read();
      damage =
          fields()
              .or(this::entries)
              .or(this::about)
              .or(this::report)
              .or(this::seal)
              .or(() -> key.flatMap(this::signature));
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      damage = Optional.of(nowhere("json", at, "it is no JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      damage = Optional.of(nowhere("json", -1, "it is no JSON in UTF-8: " + e.getMessage()));
    }
    return new ReceiptVerdict(
        damage, document.path("head").asText(), key.isPresent() && damage.isEmpty());
  }

  private void read() throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean isList = parser.nextToken() == JsonToken.START_ARRAY && name.equals("entries");
        document.set(name, isList ? entries(parser) : parser.readValueAsTree());
      }
      if (parser.nextToken() != null) {
        throw new IOException("something follows it");
      }
    }
  }

  private JsonNode entries(JsonParser parser) throws IOException {
    var all = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long from = parser.currentTokenLocation().getByteOffset();
      JsonNode node = parser.readValueAsTree();
      elements.add(new Element(node, from, parser.currentLocation().getByteOffset()));
      all.add(node);
    }
    return all;
  }

  private Optional<Damage> fields() {
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        return Optional.of(nowhere(field.getKey(), -1, "no receipt has such a field"));
      }
    }
    if (!document.path("receipt").asText().equals(Receipt.KIND)) {
      return Optional.of(nowhere("receipt", -1, "it must be " + Receipt.KIND));
    }
    boolean isKnown = document.path("version").asText().equals("" + Receipt.VERSION);
    return isKnown
        ? Optional.empty()
        : Optional.of(
            nowhere("version", -1, "this Dirk knows version " + Receipt.VERSION + " only"));
  }

  private Optional<Damage> entries() {
    try {
      for (int index = 0; index < elements.size(); index++) {
        Optional<Damage> damage = entry(index);
        if (damage.isPresent()) {
          return damage;
        }
      }
      return elements.isEmpty()
          ? Optional.of(nowhere("entries", -1, "a run has at least one entry"))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read can be written", e);
    }
  }

  /** Three say what an entry's hash is: its content, its element, and whatever follows it. */
  private Optional<Damage> entry(int index) throws JsonProcessingException {
    Element element = elements.get(index);
    long sequence = index + 1L;
    boolean isLast = index + 1 == elements.size();
    String computed = element.computed();
    String told = element.hash();
    String followed = isLast ? document.path("head").asText() : elements.get(index + 1).previous();
    if (element.node().size() != 2) {
      return Optional.of(element.damage(sequence, "element", "it must have a hash and an entry"));
    }
    if (!computed.equals(told) && !computed.equals(followed)) {
      return Optional.of(changed(index, element));
    }
    if (!computed.equals(told)) {
      return Optional.of(element.damage(sequence, "hash", "it is not the hash of the entry"));
    }
    if (!computed.equals(followed)) {
      return Optional.of(
          isLast
              ? nowhere("head", -1, "it is not the hash of the last entry")
              : elements
                  .get(index + 1)
                  .damage(sequence + 1, "streamPrev", "it is not the hash of entry " + sequence));
    }
    return misplaced(index, element);
  }

  private Damage changed(int index, Element element) throws JsonProcessingException {
    String before = index == 0 ? "" : elements.get(index - 1).computed();
    String field =
        misplaced(index, element)
            .map(Damage::field)
            .orElse(element.previous().equals(before) ? "entry" : "streamPrev");
    return element.damage(
        index + 1L, field, "the entry is not what was written: its hash is another");
  }

  /** Whether an entry that is whole stands where it does not belong. */
  private Optional<Damage> misplaced(int index, Element element) {
    JsonNode entry = element.entry();
    if (entry.path("sequence").asLong() != index + 1L) {
      return Optional.of(
          element.damage(
              index + 1L,
              "sequence",
              "it is entry " + entry.path("sequence").asText() + ": some are missing"));
    }
    String stream = elements.get(0).entry().path("stream").asText();
    return entry.path("stream").asText().equals(stream)
        ? Optional.empty()
        : Optional.of(element.damage(index + 1L, "stream", "it is of another run"));
  }

  private Optional<Damage> about() {
    String stream = elements.get(0).entry().path("stream").asText();
    return stream.equals("run:" + document.path("run").asText())
        ? Optional.empty()
        : Optional.of(nowhere("run", -1, "its entries are those of " + stream));
  }

  private Optional<Damage> report() {
    JsonNode told = document.path("report");
    Optional<JsonNode> derived;
    try {
      derived = Receipts.report(elements.get(elements.size() - 1).entry());
    } catch (RuntimeException e) {
      return Optional.of(nowhere("report", -1, "the last entry holds no report: " + e));
    }
    if (derived.isEmpty() || !told.isObject()) {
      return derived.isEmpty() && told.isNull()
          ? Optional.empty()
          : Optional.of(nowhere("report", -1, "it is not what the last entry says"));
    }
    return difference("report", told, derived.get())
        .map(path -> nowhere(path, -1, "it is not what the last entry says"));
  }

  /** Where the receipt says something else, or something that is not there. */
  private static Optional<String> difference(String path, JsonNode told, JsonNode derived) {
    if (told.isObject() && derived.isObject()) {
      return told.properties().stream()
          .map(
              one ->
                  difference(path + "/" + one.getKey(), one.getValue(), derived.path(one.getKey())))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (told.isArray() && derived.isArray() && told.size() == derived.size()) {
      for (int index = 0; index < told.size(); index++) {
        Optional<String> found =
            difference(path + "/" + index, told.get(index), derived.get(index));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    boolean isSame =
        told.isNumber() ? told.asText().equals(derived.asText()) : told.equals(derived);
    return isSame ? Optional.empty() : Optional.of(path);
  }

  private Optional<Damage> seal() {
    try {
      return Receipt.seal(document).equals(document.path("seal").asText())
          ? Optional.empty()
          : Optional.of(
              nowhere("seal", -1, "it is not that of the document: something is missing or moved"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read can be written", e);
    }
  }

  private Optional<Damage> signature(PublicKey key) {
    JsonNode signature = document.path("signature");
    if (!signature.isObject()) {
      return Optional.of(nowhere("signature", -1, "there is none"));
    }
    try {
      ObjectNode signed = document.deepCopy();
      signed.remove("signature");
      Signature checking = Signature.getInstance(Receipt.algorithm(key.getAlgorithm()));
      checking.initVerify(key);
      checking.update(EntryForm.toBytes(signed));
      String told = signature.path("value").asText();
      byte[] value = Base64.getDecoder().decode(told);
      boolean isRight =
          signature.path("algorithm").asText().equals(checking.getAlgorithm())
              && Base64.getEncoder().encodeToString(value).equals(told)
              && checking.verify(value);
      return isRight
          ? Optional.empty()
          : Optional.of(nowhere("signature", -1, "it was not made with the key that is asked for"));
    } catch (GeneralSecurityException | IllegalArgumentException | JsonProcessingException e) {
      return Optional.of(nowhere("signature", -1, "it cannot be checked: " + e.getMessage()));
    }
  }

  private static Damage nowhere(String field, long at, String account) {
    return new Damage(field, Optional.empty(), Optional.empty(), at, at < 0 ? at : at + 1, account);
  }
}
