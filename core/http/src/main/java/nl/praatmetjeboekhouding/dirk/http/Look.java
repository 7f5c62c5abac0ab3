package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** One request of a probe under way; its page is read on a thread of the client. */
final class Look implements Callback {

  private final Call call;
  private final int bodyLimit;
  private final CompletableFuture<Page> page = new CompletableFuture<>();

  private Look(Call call, int bodyLimit) {
    this.call = call;
    this.bodyLimit = bodyLimit;
  }

  /** Begins to look. */
  static Look start(Call call, int bodyLimit) {
    Look look = new Look(call, bodyLimit);
    call.enqueue(look);
    return look;
  }

  /** What is seen, or the {@link IOException} that kept it from being seen. */
  CompletableFuture<Page> page() {
    return page;
  }

  /** Ends it, from any thread. */
  void stop() {
    call.cancel();
    page.completeExceptionally(new IOException("stopped"));
  }

  @Override
  public void onResponse(Call answered, Response response) {
    try (response) {
      Page seen = Page.of(response, bodyLimit);
      // What is left of the body is not waited for.
      call.cancel();
      page.complete(seen);
    } catch (IOException | RuntimeException e) {
      page.completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Call failed, IOException thrown) {
    page.completeExceptionally(thrown);
  }
}
