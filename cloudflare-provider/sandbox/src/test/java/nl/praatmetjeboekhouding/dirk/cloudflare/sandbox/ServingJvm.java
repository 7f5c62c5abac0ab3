package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.concurrent.CountDownLatch;

/** A process of its own that serves a Worker until somebody ends it. */
final class ServingJvm {

  private ServingJvm() {}

  /** Says "serving" once a Worker runs. */
  public static void main(String[] arguments) throws InterruptedException {
    try (CloudflareSandbox sandbox =
        CloudflareSandbox.builder().workerd(NodeTools.workerd()).start()) {
      Client client = new Client(sandbox);
      client.deployNew("shop", "export default { fetch: () => new Response('1') };");
      System.out.println("serving " + client.visit("http://shop.sandbox.workers.dev/").body());
      new CountDownLatch(1).await();
    }
  }
}
