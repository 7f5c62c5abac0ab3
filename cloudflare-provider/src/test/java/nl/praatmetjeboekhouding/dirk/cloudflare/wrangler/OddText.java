package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Wrangler files, more or less: some as people write them, some broken somewhere, some enormous or
 * deep. The same seed gives the same files.
 */
final class OddText {

  private static final int ENORMOUS = 900_000;
  private static final int DEEP = 5;
  private static final String LEAST =
      "\"name\": \"shop\", \"main\": \"worker.js\", \"compatibility_date\": \"2026-03-01\"";

  /** Keys that are read, of all forms. */
  private static final List<String> KEYS =
      List.of(
          "name",
          "main",
          "compatibility_date",
          "compatibility_flags",
          "vars",
          "env",
          "routes",
          "route",
          "triggers",
          "kv_namespaces",
          "d1_databases",
          "r2_buckets",
          "queues",
          "services",
          "durable_objects",
          "migrations",
          "workflows",
          "limits",
          "observability",
          "placement",
          "rules",
          "exports",
          "tail_consumers",
          "unsafe",
          "secrets",
          "logpush",
          "workers_dev",
          "assets",
          "define",
          "alias",
          "site",
          "account_id",
          "no_bundle",
          "crons",
          "binding",
          "id",
          "pattern",
          "zone_name",
          "type",
          "globs",
          "bindings",
          "consumers",
          "producers",
          "tag");

  private static final List<String> SCALARS =
      List.of(
          "\"\"",
          "\"worker.js\"",
          "\"shop\"",
          "\"2026-03-01\"",
          "\"*/5 * * * *\"",
          "0",
          "-1",
          "1e3",
          "1e400",
          "-1e-400",
          "9007199254740993",
          "123456789012345678901234567890",
          "true",
          "false",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"caf\u00e9 \ud83d\ude00\"",
          "\"../../etc\"",
          "\"a\\nb\"",
          "\"**/*.js\"",
          "\"example.com/*\"");

  private static final List<String> TOML_SCALARS =
      List.of(
          "inf",
          "-nan",
          "1979-05-27",
          "07:32:00",
          "0xdeadbeef",
          "1_000",
          "'''a\nb'''",
          "\"\"\"\nx\"\"\"",
          "'literal\\'",
          "1979-05-27T07:32:00Z");

  private static final List<byte[]> PIECES =
      List.of(
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xc3},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {0},
          ConfigFuzz.utf8("\""),
          ConfigFuzz.utf8("{"),
          ConfigFuzz.utf8("]"),
          ConfigFuzz.utf8("/*"),
          ConfigFuzz.utf8("//"),
          ConfigFuzz.utf8("#"),
          ConfigFuzz.utf8("\\u"),
          ConfigFuzz.utf8("\r"),
          ConfigFuzz.utf8("\ufeff"),
          ConfigFuzz.utf8("="),
          ConfigFuzz.utf8("."),
          ConfigFuzz.utf8("[["),
          ConfigFuzz.utf8("'''"),
          ConfigFuzz.utf8("1e999999999"));

  private final SplittableRandom random;

  OddText(SplittableRandom random) {
    this.random = random;
  }

  byte[] json() {
    return switch (random.nextInt(12)) {
      case 0 -> odd(enormousJson());
      case 1, 2, 3 -> odd("{" + LEAST + ", " + members(2) + "}");
      default -> odd("{" + members(DEEP) + "}");
    };
  }

  byte[] toml() {
    return switch (random.nextInt(12)) {
      case 0 -> odd(enormousToml());
      case 1, 2, 3 -> odd(LEAST.replace(": ", " = ").replace(", ", "\n") + "\n" + entry(2));
      default -> odd(tables());
    };
  }

  /** Leaves a text as it is, or breaks it in one to four places. */
  private byte[] odd(String text) {
    byte[] bytes = ConfigFuzz.utf8(text);
    for (int times = random.nextInt(5); times > 0 && bytes.length > 0; times--) {
      int at = random.nextInt(bytes.length);
      int to = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(bytes, at, one(PIECES), at);
            case 2 -> joined(bytes, at, new byte[0], to);
            case 3 -> joined(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
            default -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
          };
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int to, byte[] between, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + between.length);
    joined.write(bytes, 0, to);
    joined.writeBytes(between);
    joined.write(bytes, from, bytes.length - from);
    return joined.toByteArray();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String many(int most, String between, Supplier<String> each) {
    return IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(any -> each.get())
        .collect(Collectors.joining(between));
  }

  private String key() {
    return random.nextInt(20) == 0 ? one(SCALARS).replace("\"", "") : one(KEYS);
  }

  private String members(int deep) {
    return many(8, ", ", () -> "\"" + key() + "\": " + value(deep - 1));
  }

  private String value(int deep) {
    return switch (deep > 0 ? random.nextInt(4) : 3) {
      case 0 -> "{" + members(deep) + "}";
      case 1 -> "[" + many(5, ", ", () -> value(deep - 1)) + "]";
      case 2 -> random.nextInt(20) == 0 ? "null" : "[{" + members(deep) + "}]";
      default -> one(SCALARS);
    };
  }

  private String enormousJson() {
    int size = 1 + random.nextInt(ENORMOUS);
    String unit = one(List.of("[", "{\"a\":", "{\"env\":{\"b\":", "[[1],", "\"", "1", "/*"));
    return switch (random.nextInt(8)) {
      case 0 -> repeated(unit, size);
      case 1 ->
          "{\"vars\": {\"A\": "
              + repeated("[", 60)
              + repeated("1,", size)
              + "1"
              + repeated("]", 60)
              + "}}";
      case 2 -> "{\"" + repeated("n", size) + "\": {" + repeated("\"a\": 1e999,", size / 10) + "}}";
      case 3 -> "{" + repeated("\"vars\": {\"A\": [1]},", size) + "\"name\": 1}";
      case 4 -> "{\"vars\": {" + numbered("\"%d\": 1e999", ",", size / 14) + "}}";
      case 5 -> "{" + numbered("\"u%d\": 1", ",", size / 12) + "}";
      case 6 -> "{\"routes\": [" + repeated("7,", size) + "7]}";
      default ->
          "{\"name\": \"" + repeated("x", size) + "\", \"A\": " + repeated("9", size / 2) + "}";
    };
  }

  private String tables() {
    return many(4, "\n", () -> entry(DEEP - 2))
        + "\n"
        + many(
            6,
            "\n",
            () ->
                one(List.of("[" + path() + "]\n", "[[" + path() + "]]\n"))
                    + many(5, "\n", () -> entry(DEEP - 2)))
        + "\n";
  }

  private String path() {
    return key() + many(3, "", () -> "." + one(KEYS));
  }

  private String entry(int deep) {
    return path() + " = " + tomlValue(deep);
  }

  private String tomlValue(int deep) {
    return switch (deep > 0 ? random.nextInt(4) : 3) {
      case 0 -> "{ " + many(4, ", ", () -> entry(deep - 1)) + " }";
      case 1 -> "[" + many(5, ", ", () -> tomlValue(deep - 1)) + "]";
      case 2 -> one(TOML_SCALARS);
      default -> one(SCALARS);
    };
  }

  private String enormousToml() {
    int size = 1 + random.nextInt(ENORMOUS);
    return switch (random.nextInt(9)) {
      case 0 -> "a = " + repeated("[", size);
      case 1 -> "a = " + repeated("{a=", size / 3);
      case 2 -> "a" + repeated(".a", size / 2) + " = 1";
      case 3 -> "[a" + repeated(".a", size / 2) + "]\nb = 1";
      case 4 -> repeated("[[a]]\nb = 1\n", size / 12);
      case 5 -> numbered("[t%d.x]\ny = 1", "\n", size / 16);
      case 6 -> "a = " + repeated("9", size);
      case 7 -> "a = \"\"\"" + repeated("x\n", size / 2);
      default -> numbered("u%d = 1e999", "\n", size / 14);
    };
  }

  private static String repeated(String unit, int size) {
    return unit.repeat(Math.max(1, size / unit.length()));
  }

  private static String numbered(String unit, String between, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> unit.replace("%d", Integer.toString(number)))
        .collect(Collectors.joining(between));
  }
}
