package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The schema that a journal's tables are in.
 *
 * @param name lower-case letters, digits and underscores, so that nothing in it needs an escape
 */
record Schema(String name) {

  /** The newest form of the tables; {@code schema-N.sql} leads to each from the one before. */
  static final int VERSION = 1;

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  Schema {
    requireNonNull(name, "schema");
    if (!NAME.matcher(name).matches() || name.startsWith("pg_")) {
      throw new IllegalArgumentException(
          "schema must be up to 63 lower-case letters, digits and underscores, not beginning with"
              + " a digit or pg_: "
              + name);
    }
  }

  /** A statement with the schema's name in place of each {@code @}. */
  String sql(String statement) {
    return statement.replace("@", "\"" + name + "\".");
  }

  /** The statements that lead to this version from the one before. */
  String migration(int version) {
    String file = "schema-" + version + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(file)) {
      return sql(new String(requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
