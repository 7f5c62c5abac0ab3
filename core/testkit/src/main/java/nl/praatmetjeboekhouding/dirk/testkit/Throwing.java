package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a provider's calls may end. */
final class Throwing {

  private Throwing() {}

  /** The failure that the call must end with. */
  static ProviderException failure(String what, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as(what).isInstanceOf(ProviderException.class);
    return (ProviderException) thrown;
  }

  /** The call must be refused in a way that says that nothing changed. */
  static void refusal(String what, ThrowingCallable call) {
    FailureKind kind = failure(what, call).kind();
    assertThat(kind.changedNothing())
        .as(what + " fails with %s, a kind that says that nothing changed", kind)
        .isTrue();
  }

  /** The call must do what it asserts, or fail as a provider may. */
  static void orElse(String what, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    if (thrown instanceof AssertionError broken) {
      throw broken;
    }
    if (thrown != null) {
      assertThat(thrown).as(what).isInstanceOf(ProviderException.class);
    }
  }

  /** The call must end as if nobody had stopped it, or say that somebody did. */
  static void stopped(String what, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    if (thrown != null) {
      assertThat(thrown).as(what).isInstanceOf(ProviderException.class);
      assertThat(((ProviderException) thrown).kind()).as(what).isEqualTo(FailureKind.STOPPED);
    }
  }
}
