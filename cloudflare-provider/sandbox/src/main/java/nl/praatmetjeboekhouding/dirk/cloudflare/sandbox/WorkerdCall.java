package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.Headers;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request to workerd over one connection (RFC 9112). The JDK's clients will not do: they refuse
 * to set {@code Host} and {@code Origin}, and ask again by themselves, which would count a request
 * twice.
 */
final class WorkerdCall implements AutoCloseable {

  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");
  private static final long NO_LENGTH = -1;

  private final Socket socket;
  private final InputStream in;
  private final boolean bodiless;
  private final Headers headers = new Headers();
  private int status;

  private WorkerdCall(Socket socket, boolean bodiless) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.bodiless = bodiless;
  }

  /** Sends a request and reads the head of what comes back. */
  static WorkerdCall send(int port, EdgeRequest request) throws IOException {
    Socket socket = new Socket(LocalServer.loopback(), port);
    try {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(head(request).getBytes(ISO_8859_1));
      out.write(request.http().body().array());
      out.flush();
      WorkerdCall call = new WorkerdCall(socket, request.http().method().equals("HEAD"));
      call.readHead();
      return call;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What came back; its body is read as it is sent on. */
  Answer answer() {
    long length = length();
    Headers forwarded = new Headers();
    headers.forEach(
        (name, values) -> {
          if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
            forwarded.put(name, values);
          }
        });
    return new Answer(status, forwarded, length, out -> copy(length, out));
  }

  /**
   * workerd answers an exception of the Worker with a bare 500, which no Worker can make itself.
   */
  boolean isException() {
    return status == 500 && length() > 0 && !headers.containsKey("content-type");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String head(EdgeRequest request) {
    StringBuilder head = new StringBuilder();
    String query = request.http().rawQuery().isEmpty() ? "" : "?" + request.http().rawQuery();
    head.append(request.http().method()).append(' ').append(request.http().path()).append(query);
    head.append(" HTTP/1.1\r\nhost: ").append(request.host()).append("\r\nconnection: close\r\n");
    head.append("cf-connecting-ip: 127.0.0.1\r\nx-forwarded-proto: https\r\n");
    int size = request.http().body().size();
    if (size > 0 || request.http().headers().containsKey("content-length")) {
      head.append("content-length: ").append(size).append("\r\n");
    }
    for (Map.Entry<String, List<String>> header : request.http().headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!NOT_FORWARDED.contains(name)) {
        header.getValue().forEach(value -> head.append(name + ": " + value + "\r\n"));
      }
    }
    return head.append("\r\n").toString();
  }

  private void readHead() throws IOException {
    do {
      headers.clear();
      String[] words = line().split(" ", 3);
      status = words.length < 2 ? 0 : Integer.parseInt(words[1]);
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    } while (status / 100 == 1);
  }

  private long length() {
    String given = headers.getFirst("content-length");
    return given == null ? NO_LENGTH : Long.parseLong(given);
  }

  private void copy(long length, OutputStream out) throws IOException {
    if (bodiless) {
      return;
    }
    if (length != NO_LENGTH) {
      copyBlock(length, out);
    } else if ("chunked".equalsIgnoreCase(headers.getFirst("transfer-encoding"))) {
      for (long size = chunkSize(); size > 0; size = chunkSize()) {
        copyBlock(size, out);
        out.flush();
        line();
      }
    } else {
      in.transferTo(out);
    }
  }

  private long chunkSize() throws IOException {
    return Long.parseLong(line().split(";", 2)[0].strip(), 16);
  }

  private void copyBlock(long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (long left = size; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("workerd ended in the middle of an answer");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException("workerd closed the connection");
      }
      line.append((char) each);
    }
    return line.toString().stripTrailing();
  }
}
