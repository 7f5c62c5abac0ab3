package nl.praatmetjeboekhouding.dirk.http;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;

/** The threads that calls run on: daemons with a name, so that a forgotten close holds no JVM. */
final class Threads {

  private Threads() {}

  /**
   * A dispatcher with threads of its own, which end when its executor is shut down.
   *
   * @param name what the threads are called
   * @param atOnce how many calls run at the same time; others wait for their turn
   */
  static Dispatcher dispatcher(String name, int atOnce) {
    Dispatcher dispatcher =
        new Dispatcher(
            new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                60,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, name)));
    dispatcher.setMaxRequests(atOnce);
    dispatcher.setMaxRequestsPerHost(atOnce);
    return dispatcher;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
