package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a recorder saw of one command.
 *
 * @param requests how many
 * @param roundTrips how many of them waited for one another: the longest chain of requests of which
 *     each began when the one before was answered
 */
record Traffic(int requests, int roundTrips) {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Span(double start, double end) {}

  /**
   * Reads what was added to a recorder's log.
   *
   * @param from how long the log was before
   */
  static Traffic since(Path log, long from) throws IOException {
    byte[] added;
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      added = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(added);
    }
    List<Span> spans = new ArrayList<>();
    for (String line : new String(added, StandardCharsets.UTF_8).lines().toList()) {
      JsonNode request = JSON.readTree(line);
      spans.add(new Span(request.path("start_ms").asDouble(), request.path("end_ms").asDouble()));
    }
    return new Traffic(spans.size(), chain(spans));
  }

  private static int chain(List<Span> spans) {
    int length = 0;
    double end = Double.NEGATIVE_INFINITY;
    for (Span span : spans.stream().sorted(Comparator.comparingDouble(Span::end)).toList()) {
      if (span.start() >= end) {
        length++;
        end = span.end();
      }
    }
    return length;
  }
}
