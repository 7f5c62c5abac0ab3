package nl.praatmetjeboekhouding.dirk.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import org.jspecify.annotations.Nullable;

/** Deliveries under way together: all succeed, or the first that fails ends the others. */
final class Batch {

  private final List<Delivery> deliveries;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CompletableFuture<?> over;

  Batch(List<Delivery> deliveries) {
    this.deliveries = deliveries;
    over =
        CompletableFuture.allOf(
            deliveries.stream().map(this::heard).toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<?> heard(Delivery delivery) {
    return delivery.answer().whenComplete((answer, thrown) -> hear(thrown));
  }

  /** Waits for all, no longer than the call may take; the answers in the order of the requests. */
  List<ApiAnswer> await(CallContext call) {
    Waiting.until(over, CallTimeout.of(call.timeout()), call.cancellation());
    deliveries.forEach(Delivery::expire);
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException thrown) {
      throw thrown;
    }
    return deliveries.stream().map(delivery -> delivery.answer().join()).toList();
  }

  private void hear(@Nullable Throwable thrown) {
    if (thrown != null && failure.compareAndSet(null, thrown)) {
      deliveries.forEach(delivery -> delivery.stop("another request of the same call failed"));
    }
  }
}
