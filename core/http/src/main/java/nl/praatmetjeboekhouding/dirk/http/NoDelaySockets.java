package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets with TCP_NODELAY, without which a fresh TLS connection waits 40 ms. */
final class NoDelaySockets extends SocketFactory {

  private final SocketFactory sockets = SocketFactory.getDefault();

  @Override
  public Socket createSocket() throws IOException {
    return quick(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return quick(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return quick(sockets.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return quick(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return quick(sockets.createSocket(host, port, from, fromPort));
  }

  private static Socket quick(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}
