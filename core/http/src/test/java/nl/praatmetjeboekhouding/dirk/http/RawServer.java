package nl.praatmetjeboekhouding.dirk.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A server that misbehaves as told each time it has read a request's head. Connections are kept and
 * served at the same time; requests have no bodies.
 */
final class RawServer implements AutoCloseable {

  /** What to do with a request. */
  interface Behaviour {
    void answer(Socket socket) throws IOException;
  }

  /** What to do with a request for a path. */
  private interface Conversation {
    void answer(Socket socket, String path) throws IOException;
  }

  private final ServerSocket server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();

  private RawServer(ServerSocket server) {
    this.server = server;
  }

  static RawServer doing(Behaviour behaviour) throws IOException {
    return serving(ServerSocketFactory.getDefault(), (socket, path) -> behaviour.answer(socket));
  }

  /** One that speaks TLS. */
  static RawServer over(ServerSocketFactory sockets, Behaviour behaviour) throws IOException {
    return serving(sockets, (socket, path) -> behaviour.answer(socket));
  }

  /** Answers with the path that was asked for. */
  static RawServer echoing() throws IOException {
    return serving(
        ServerSocketFactory.getDefault(),
        (socket, path) -> answer(socket, "{\"path\":\"" + path + "\"}"));
  }

  private static RawServer serving(ServerSocketFactory sockets, Conversation behaviour)
      throws IOException {
    RawServer raw =
        new RawServer(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    start(() -> raw.accept(behaviour));
    return raw;
  }

  /** Ends the connection with a reset. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** A good answer with this body, after which the connection is kept. */
  static void answer(Socket socket, String body) throws IOException {
    say(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  int requests() {
    return requests.size();
  }

  /** How many connections there were. */
  int accepted() {
    return sockets.size();
  }

  /** How many connections the client has not closed. */
  int connections() {
    return open.get();
  }

  private void accept(Conversation behaviour) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        open.incrementAndGet();
        start(() -> serve(socket, behaviour));
      } catch (IOException e) {
        // The server was closed, which ends the loop.
      }
    }
  }

  private void serve(Socket socket, Conversation behaviour) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      Optional<String> request = Optional.ofNullable(in.readLine());
      while (request.isPresent()) {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        requests.add(request.get());
        behaviour.answer(socket, path(request.get()));
        request = Optional.ofNullable(in.readLine());
      }
    } catch (IOException e) {
      // The client went away or the server was closed: both are what a test wants.
    } finally {
      open.decrementAndGet();
    }
  }

  private static String path(String requestLine) {
    return requestLine.substring(requestLine.indexOf('/'), requestLine.lastIndexOf(' '));
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
