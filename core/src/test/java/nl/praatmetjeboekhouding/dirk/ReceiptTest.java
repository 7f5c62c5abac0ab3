package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.ReceiptVerdict.Damage;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken along of a run: whole, checked without its journal, and each flaw of it named. */
final class ReceiptTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  static List<Goldens.Kept> goldens() {
    return Goldens.all();
  }

  private Receipt receipt(String name) {
    return receipt(
        goldens().stream()
            .filter(one -> one.name().equals("v1/" + name))
            .findFirst()
            .orElseThrow());
  }

  /** The journal it is made from is deleted before anybody looks at it. */
  private Receipt receipt(Goldens.Kept golden) {
    Path copy = golden.copy(folder.resolve("journal-" + System.nanoTime()), golden.lines());
    try (FileJournal journal =
        FileJournal.open(copy, ManualTime.startingAt(Goldens.Kept.after(golden.lines())))) {
      return Receipt.of(golden.run(), journal.lines("run:" + golden.run()));
    } finally {
      delete(copy.resolve("journal.log"));
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void isIntactWhereNobodyTouchedIt(Goldens.Kept golden) throws IOException {
    Receipt receipt = receipt(golden);

    ReceiptVerdict verdict = Receipt.of(receipt.toJson()).verify();

    assertThat(verdict.damage()).isEmpty();
    JsonNode document = JSON.readTree(receipt.toBytes());
    assertThat(document.path("entries")).hasSize(golden.length());
    assertThat(verdict.head()).isEqualTo(document.path("head").asText());
    assertThat(schema().validate(receipt.toJson(), InputFormat.JSON)).isEmpty();
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("../docs/receipt.schema.json")));
  }

  @Test
  void holdsTheEntriesAsTheyStandInTheJournal() throws IOException {
    Goldens.Kept golden = goldens().get(0);
    JsonNode document = JSON.readTree(receipt(golden).toBytes());

    List<JsonNode> written =
        golden.lines().stream()
            .map(Goldens::json)
            .filter(line -> line.path("stream").asText().equals("run:" + golden.run()))
            .toList();

    for (int index = 0; index < written.size(); index++) {
      assertThat(document.at("/entries/" + index + "/entry")).isEqualTo(written.get(index));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x20, 0x80})
  void noticesEveryByteThatIsFlipped(int bit) throws IOException {
    byte[] json = receipt("test-failed").toBytes();
    noticesEveryByteThatIsFlipped(json, bit, 1);
  }

  @Test
  void noticesBytesThatAreFlippedInALongOne() throws IOException {
    noticesEveryByteThatIsFlipped(receipt("settings-sick").toBytes(), 0x02, 41);
  }

  /** What is not noticed changes no meaning: a space between two words of JSON became another. */
  private static void noticesEveryByteThatIsFlipped(byte[] json, int bit, int stride)
      throws IOException {
    JsonNode whole = JSON.readTree(json);
    for (int at = 0; at < json.length; at += stride) {
      byte[] flipped = json.clone();
      flipped[at] ^= (byte) bit;

      Optional<Damage> damage = Receipt.of(flipped).verify().damage();

      if (damage.isEmpty()) {
        assertThat(Character.isWhitespace(json[at])).as("byte %s", at).isTrue();
        assertThat(JSON.readTree(flipped)).as("byte %s", at).isEqualTo(whole);
      } else if (damage.get().sequence().isPresent() && damage.get().from() >= 0) {
        assertThat((long) at)
            .as("byte %s: %s", at, damage)
            .isBetween(damage.get().from(), damage.get().to());
      }
    }
  }

  @Test
  void namesTheEntryAndItsStep() throws IOException {
    Damage damage =
        changed(
            "with-staging",
            document -> ((ObjectNode) entry(document, 9).path("data")).put("detail", "v99"));

    assertThat(damage.sequence()).contains(9L);
    assertThat(damage.step()).contains("upload staging");
    assertThat(damage.field()).isEqualTo("entry");
    assertThat(damage.toString()).startsWith("entry 9 (upload staging), entry, bytes ");
  }

  @Test
  void namesTheHashThatWasChanged() throws IOException {
    Damage damage =
        changed(
            "with-staging",
            document -> ((ObjectNode) document.path("entries").get(8)).put("hash", "0"));

    assertThat(damage.sequence()).contains(9L);
    assertThat(damage.field()).isEqualTo("hash");
  }

  @Test
  void namesWhatFollowsAnEntryThatIsMissing() throws IOException {
    Damage damage =
        changed("with-staging", document -> ((ArrayNode) document.path("entries")).remove(3));

    assertThat(damage.sequence()).contains(4L);
    assertThat(damage.field()).isEqualTo("streamPrev");
  }

  @Test
  void noticesThatTheFirstIsMissing() throws IOException {
    Damage damage =
        changed("with-staging", document -> ((ArrayNode) document.path("entries")).remove(0));

    assertThat(damage.field()).isEqualTo("sequence");
    assertThat(damage.account()).contains("some are missing");
  }

  @Test
  void namesWhatTheReportDoesNotSay() throws IOException {
    assertThat(
            changed(
                    "rolled-back",
                    document -> ((ObjectNode) document.path("report")).put("status", "complete"))
                .field())
        .isEqualTo("report/status");
    assertThat(
            changed(
                    "rolled-back",
                    document -> ((ObjectNode) document.path("report")).remove("status"))
                .field())
        .isEqualTo("seal");
  }

  @Test
  void noticesEveryOtherPart() throws IOException {
    for (String field : List.of("receipt", "run", "head", "seal")) {
      assertThat(changed("rolled-back", document -> document.put(field, "other")).field())
          .isEqualTo(field);
    }
    assertThat(changed("rolled-back", document -> document.put("version", 2)).field())
        .isEqualTo("version");
    assertThat(changed("rolled-back", document -> document.put("more", 2)).field())
        .isEqualTo("more");
  }

  private interface Change {
    Object of(ObjectNode document);
  }

  private Damage changed(String golden, Change change) throws IOException {
    ObjectNode document = (ObjectNode) JSON.readTree(receipt(golden).toBytes());
    Object unused = change.of(document);
    return Receipt.of(document.toPrettyString()).verify().damage().orElseThrow();
  }

  private static ObjectNode entry(ObjectNode document, int sequence) {
    return (ObjectNode) document.path("entries").get(sequence - 1).path("entry");
  }

  @Test
  void isReadInAnotherLayout() throws IOException {
    String dense = JSON.readTree(receipt("rolled-back").toBytes()).toString();

    assertThat(Receipt.of(dense).verify().isIntact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "EC", "RSA"})
  void isSigned(String algorithm) throws NoSuchAlgorithmException, IOException {
    KeyPair mine = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    Receipt receipt = receipt("rolled-back");

    Receipt signed = receipt.signed(mine.getPrivate());

    assertThat(signed.verify(mine.getPublic()).signed()).isTrue();
    assertThat(signed.verify(mine.getPublic()).toString()).isEqualTo("intact, signature right");
    assertThat(signed.verify().isIntact()).isTrue();
    assertThat(signed.verify(other.getPublic()).damage().orElseThrow().field())
        .isEqualTo("signature");
    assertThat(receipt.verify(mine.getPublic()).damage().orElseThrow().account())
        .isEqualTo("there is none");
    assertThat(signed.signed(mine.getPrivate()).verify(mine.getPublic()).isIntact()).isTrue();
    assertThat(schema().validate(signed.toJson(), InputFormat.JSON)).isEmpty();
  }

  /** What a chain without a signature does not prove. */
  @Test
  void onlyASignatureTellsARewrittenRunFromTheTrueOne() throws NoSuchAlgorithmException {
    KeyPair mine = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Goldens.Kept golden =
        goldens().stream().filter(one -> one.name().equals("v1/plain")).findFirst().orElseThrow();
    Journal forged =
        Goldens.remembered(
            golden.lines().stream()
                .map(line -> line.replace("9ba0a2c886bc", "000000000000"))
                .toList(),
            ManualTime.create());

    Receipt receipt = Receipt.of(golden.run(), forged.lines("run:" + golden.run()));

    assertThat(receipt.verify().isIntact()).isTrue();
    assertThat(receipt.verify(mine.getPublic()).isIntact()).isFalse();
    assertThat(receipt.verify().head()).isNotEqualTo(receipt("plain").verify().head());
  }

  @Test
  void aDamagedOneIsNotSigned() throws NoSuchAlgorithmException {
    KeyPair mine = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Receipt damaged = Receipt.of(receipt("with-staging").toJson().replace("passed", "failed"));

    assertThatThrownBy(() -> damaged.signed(mine.getPrivate()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a damaged receipt is not signed: entry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"entries\":[]}",
        "{\"entries\":7}",
        "{} {}",
        "nonsense"
      })
  void saysWhatIsNoReceipt(String json) {
    assertThat(Receipt.of(json).verify().damage()).isPresent();
  }
}
