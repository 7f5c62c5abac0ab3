package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.ApiCall;

/**
 * A request that changes something.
 *
 * @param before how many of this method and path a run sends before it
 */
record Write(String method, String path, int before) {

  static boolean isWrite(ApiCall call) {
    return !call.method().equals("GET");
  }

  /** Those of a log, in order. */
  static List<Write> in(List<ApiCall> log) {
    List<Write> writes = new ArrayList<>();
    for (ApiCall call : log) {
      if (isWrite(call)) {
        int before =
            (int)
                writes.stream()
                    .filter(
                        write ->
                            write.method().equals(call.method())
                                && write.path().equals(call.path()))
                    .count();
        writes.add(new Write(call.method(), call.path(), before));
      }
    }
    return writes;
  }

  @Override
  public String toString() {
    return method + " " + path.replaceFirst("^/accounts/[^/]+/workers/", "");
  }
}
