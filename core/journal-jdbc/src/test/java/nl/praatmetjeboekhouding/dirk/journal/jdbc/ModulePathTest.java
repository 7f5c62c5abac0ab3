package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import org.junit.jupiter.api.Test;

/** The module as a module: what it reads, and whether it finds its own tables. */
class ModulePathTest {

  private static final String NAME = "nl.praatmetjeboekhouding.dirk.journal.jdbc";

  @Test
  void opensFromTheModulePath() throws Exception {
    ModuleFinder modules =
        ModuleFinder.of(
            of(JdbcJournal.class),
            of(Journal.class),
            of(ObjectMapper.class),
            of(JsonFactory.class),
            of(Class.forName("com.fasterxml.jackson.annotation.JsonProperty")),
            of(Class.forName("org.slf4j.Logger")));
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(modules, ModuleFinder.of(), Set.of(NAME));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());

    Class<?> type = layer.findLoader(NAME).loadClass(NAME + ".JdbcJournal");
    Class<?> time =
        layer.findLoader(NAME).loadClass("nl.praatmetjeboekhouding.dirk.time.TimeSource");
    Postgres.shared().run("DROP SCHEMA IF EXISTS dirk CASCADE");
    Object opened =
        type.getMethod("open", DataSource.class, time)
            .invoke(null, Postgres.sharedPool(), time.getMethod("system").invoke(null));

    assertThat(type.getModule().isNamed()).isTrue();
    assertThat(type.getMethod("capabilities").invoke(opened).toString())
        .contains("schema \"dirk\"");
  }

  private static Path of(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
