package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.Map;
import java.util.regex.Pattern;

/** What some members of bindings must be. */
final class BindingForms {

  /** The name of an R2 bucket. */
  static final Form BUCKET_NAME = BindingForms::bucketName;

  /** How often in which time, as a limit of a rate is told. */
  static final Form RATE =
      Form.object(
              Map.of(
                  "limit",
                  Form.NUMBER,
                  "period",
                  Form.of(value -> value.asInt() == 10 || value.asInt() == 60, "10 or 60")))
          .needing("limit")
          .needing("period");

  /** The Worker that a dispatched Worker's requests go through. */
  static final Form OUTBOUND =
      Form.object(
              Map.of(
                  "service", Form.ANY_TEXT,
                  "environment", Form.ANY_TEXT,
                  "parameters", Form.TEXTS))
          .needing("service");

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private BindingForms() {}

  private static void bucketName(Setting setting, String path, Findings findings) {
    findings
        .text(setting, path)
        .filter(text -> !BUCKET.matcher(text).matches())
        .ifPresent(
            text ->
                findings.fault(
                    setting.pointer(),
                    "\""
                        + path
                        + "\" must be 3 to 63 lower-case letters, digits and hyphens, and neither"
                        + " begin nor end with a hyphen: "
                        + text));
  }
}
