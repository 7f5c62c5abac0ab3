package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests write, and how they hear that something was refused. */
final class Notes {

  static final String STREAM = "run:1";

  private Notes() {}

  static JournalRecord note(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }

  static Entry append(Journal journal, long sequence, Lease... held) {
    return journal.append(STREAM, sequence, List.of(held), note("note " + sequence));
  }

  static JournalException refusal(ThrowingCallable asked) {
    JournalException refusal = catchThrowableOfType(JournalException.class, asked);
    assertThat(refusal).as("a JournalException").isNotNull();
    return refusal;
  }
}
