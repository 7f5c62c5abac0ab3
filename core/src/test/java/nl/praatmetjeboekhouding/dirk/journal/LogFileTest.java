package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.SyncFailedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A file that takes what is written and keeps nothing: whoever syncs it is told so. */
@DisabledOnOs(OS.WINDOWS)
final class LogFileTest {

  private static final LogFile.Reader NOBODY =
      new LogFile.Reader() {
        @Override
        public boolean knows(String kind) {
          return false;
        }

        @Override
        public void read(JsonNode line, String hash) {}
      };

  @Test
  void syncsItsFirstLine() throws Exception {
    try (LogFile log = new LogFile(Path.of("/dev/null"))) {
      assertThatThrownBy(() -> log.catchUp(NOBODY)).isInstanceOf(SyncFailedException.class);
    }
  }

  @Test
  void syncsALineBeforeItIsDurable() throws Exception {
    try (LogFile log = new LogFile(Path.of("/dev/null"))) {
      String unused = log.append(JsonNodeFactory.instance.objectNode().put("line", "entry"));

      assertThatThrownBy(() -> log.awaitDurable(log.written()))
          .isInstanceOf(SyncFailedException.class);
    }
  }
}
