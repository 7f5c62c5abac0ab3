package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A real PostgreSQL, started by the tests themselves. The shared one runs as long as the tests'
 * process does.
 */
public final class Postgres implements AutoCloseable {

  /** What a server that keeps its promises is started with; the library turns all of it off. */
  public static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private static final class Shared {
    private static final Postgres SERVER = startIn("shared", DURABLE);
    private static final HikariDataSource POOL = SERVER.pool(config -> {});
  }

  private final EmbeddedPostgres server;
  private final Path data;

  private Postgres(EmbeddedPostgres server, Path data) {
    this.server = server;
    this.data = data;
  }

  /** The one that runs as long as the tests' process does. */
  public static Postgres shared() {
    return Shared.SERVER;
  }

  /** A pool of the shared server's connections. */
  static DataSource sharedPool() {
    return Shared.POOL;
  }

  /** Starts one of its own on the data that are there, or on new ones. */
  public static Postgres start(Path data, Map<String, String> settings) throws IOException {
    return new Postgres(builder(data, settings).start(), data);
  }

  /** Starts one where another was. */
  static Postgres start(Path data, Map<String, String> settings, int port) throws IOException {
    return new Postgres(builder(data, settings).setPort(port).start(), data);
  }

  private static EmbeddedPostgres.Builder builder(Path data, Map<String, String> settings) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Path.of("target/postgres").toAbsolutePath().toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD);
    // a socket's lock names the process too, and nothing shall stay in the temporary folder
    builder.setServerConfig("unix_socket_directories", "");
    settings.forEach(builder::setServerConfig);
    return builder;
  }

  /** The name of a schema that nobody has used. */
  public static String freshSchema() {
    return "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
  }

  /** A new connection each time it is asked, with some of the driver's parameters. */
  DataSource dataSource(String... parameters) {
    return Direct.to(parameters.length == 0 ? url() : url() + "&" + String.join("&", parameters));
  }

  /** Connections to a server that another process may have started, each a new one. */
  public static DataSource connections(String url) {
    return Direct.to(url);
  }

  /** A pool of connections, as the test sets it up. */
  HikariDataSource pool(Consumer<HikariConfig> setUp) {
    return pool(url(), setUp);
  }

  static HikariDataSource pool(String url, Consumer<HikariConfig> setUp) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(1);
    setUp.accept(config);
    return new HikariDataSource(config);
  }

  /** For JDBC, as the superuser. */
  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  int port() {
    return server.getPort();
  }

  /** Runs statements as the superuser. */
  void run(String... statements) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        boolean unused = statement.execute(one);
      }
    }
  }

  /** The first column of the first row. */
  String ask(String query) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  /** The machine loses its power, as far as the server is concerned. */
  void kill() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    // stopped, so that no child is born meanwhile
    Process stop = new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start();
    int unused = stop.onExit().join().exitValue();
    List<ProcessHandle> children = postmaster.children().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    while (runs(postmaster) || children.stream().anyMatch(Postgres::runs)) {
      Thread.onSpinWait();
    }
    // a server looks whether the process is there that it names, and may take the dead for alive
    Files.delete(data.resolve("postmaster.pid"));
    // what is left to the library is to let go of the folder
    server.close();
  }

  /** Whether it is neither gone nor dead and waiting for its parent to notice. */
  private static boolean runs(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return process.isAlive() && !Files.readString(status).contains("State:\tZ");
    } catch (IOException e) {
      return process.isAlive();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static Postgres startIn(String name, Map<String, String> settings) {
    try {
      Path folder = Path.of("target/postgres").toAbsolutePath();
      Files.createDirectories(folder);
      Path data = Files.createTempDirectory(folder, name);
      return new Postgres(builder(data, settings).setCleanDataDirectory(true).start(), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
