package nl.praatmetjeboekhouding.dirk.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on this machine that does to each connection what a rule wants, once it has read the
 * head of a request. It keeps connections open until it is closed, as long as its behaviour does
 * not end them, and reads further requests on them.
 */
final class LocalServer implements AutoCloseable {

  /** What to do with a request. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Visit visit) throws IOException;
  }

  /**
   * A request on its connection.
   *
   * @param request its first line
   * @param headers its header lines
   * @param socket where it came from
   */
  record Visit(String request, List<String> headers, Socket socket) {

    void say(String text) throws IOException {
      say(text.getBytes(StandardCharsets.UTF_8));
    }

    void say(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** An answer with a body and these header lines. */
    void answer(int status, String body, String... lines) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
      for (String line : lines) {
        head.append(line).append("\r\n");
      }
      if (status != 204) {
        head.append("Content-Length: ").append(bytes.length).append("\r\n");
      }
      say(head + "\r\n" + (status == 204 ? "" : body));
    }

    /** Ends the connection in the middle of everything. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Visit> visits = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private LocalServer(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
  }

  static LocalServer doing(Behaviour behaviour) {
    try {
      LocalServer local =
          new LocalServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
      start("contract-server", local::accept);
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address of this machine at which nobody listens. */
  static URI nobody() {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return uri(gone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return uri(server);
  }

  private static URI uri(ServerSocket socket) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/health");
  }

  /** How many connections were made. */
  int connections() {
    return connections.get();
  }

  /** The requests so far, in the order they came. */
  List<Visit> visits() {
    return visits;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        start("contract-connection", () -> serve(socket));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> headers = new CopyOnWriteArrayList<>();
        for (String header = in.readLine();
            header != null && !header.isEmpty();
            header = in.readLine()) {
          headers.add(header);
        }
        Visit visit = new Visit(line, headers, socket);
        visits.add(visit);
        behaviour.answer(visit);
      }
    } catch (IOException e) {
      // whoever looked has gone, or the server was closed: both are what a rule wants
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
