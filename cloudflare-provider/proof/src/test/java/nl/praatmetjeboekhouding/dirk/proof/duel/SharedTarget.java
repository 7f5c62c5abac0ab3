package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What both sides change: like the vendors that have no compare-and-set, it takes whatever comes,
 * some of it late, and tells nobody that it is stale. It counts in secret.
 */
final class SharedTarget implements AutoCloseable {

  private final ServerSocket server;
  private final Random random;
  private final List<Landing> landings = new ArrayList<>();

  SharedTarget(long seed) {
    this.random = new Random(seed);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    background(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What took place, in order. */
  synchronized List<Landing> landings() {
    return List.copyOf(landings);
  }

  /** Sends an effect to the target at a port; returns when it took place. */
  static void send(int port, String token, long epoch) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write((token + " " + epoch + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      if (socket.getInputStream().read() != 'k') {
        throw new IOException("the target did not answer");
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        background(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String[] effect = in.readLine().split(" ", 2);
      LockSupport.parkNanos(underWay().toNanos());
      land(effect[0], Long.parseLong(effect[1]));
      socket.getOutputStream().write('k');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One in six takes longer to arrive, and some of those longer than a lease lasts. */
  private synchronized Duration underWay() {
    return random.nextInt(6) == 0
        ? Duration.ofMillis(random.nextLong(Duelist.TTL.toMillis() * 3 / 2))
        : Duration.ZERO;
  }

  private synchronized void land(String token, long epoch) {
    landings.add(new Landing(token, epoch, Instant.now()));
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(work, "shared-target");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
