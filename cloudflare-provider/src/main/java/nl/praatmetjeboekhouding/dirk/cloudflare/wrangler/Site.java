package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a wrangler file says of a Workers Site.
 *
 * @param folder where its files lie
 * @param include what alone goes up, as rules of {@code .gitignore}; everything if there are none
 * @param exclude what does not
 */
public record Site(Path folder, List<String> include, List<String> exclude) {

  /** The folder that a caller names instead of the file's. */
  public static final String BUCKET = "site.bucket";

  /** What a caller includes instead of the file's. */
  public static final String INCLUDE = "site.include";

  /** What a caller excludes instead of the file's. */
  public static final String EXCLUDE = "site.exclude";

  static final Form FORM =
      Form.object(
              Map.of(
                  "bucket",
                  Form.TEXT,
                  "include",
                  Form.TEXTS,
                  "exclude",
                  Form.TEXTS,
                  "entry-point",
                  Form.ANY_TEXT))
          .and(Forms.warningOfOthersThan(List.of("bucket", "include", "exclude", "entry-point")));

  /** Checks that nothing is null and copies the rules. */
  public Site {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Finds it, or what is wrong with it; empty if there is none. */
  static Optional<Site> of(Path folder, View view, Findings findings) {
    Optional<Setting> said = view.override(BUCKET);
    Optional<Setting> site =
        view.find("site").filter(found -> found.value().isObject() && !found.value().isEmpty());
    if (site.isEmpty() && said.isEmpty()) {
      return Optional.empty();
    }
    Setting setting = site.orElseGet(() -> new Setting("", JsonNodeFactory.instance.objectNode()));
    if (StaticAssets.are(view)) {
      findings.fault(
          setting.pointer(), "a Worker has \"site\" or \"assets\" and never both; take one out");
    }
    if (setting.value().has("entry-point")) {
      findings.warn(
          setting.child("entry-point").pointer(),
          "\"site.entry-point\" is no longer taken; name the code in \"main\"");
    }
    Setting bucket = said.orElseGet(() -> setting.child("bucket"));
    if (!bucket.value().isTextual()) {
      findings.fault(setting.pointer(), "\"site\" needs a \"bucket\": where do its files lie?");
      return Optional.empty();
    }
    return findings
        .path(folder, bucket.value().asText(), bucket.pointer(), "\"site.bucket\"")
        .map(
            found ->
                new Site(
                    found,
                    texts(view.override(INCLUDE).orElseGet(() -> setting.child("include"))),
                    texts(view.override(EXCLUDE).orElseGet(() -> setting.child("exclude")))));
  }

  /** Whether they are texts is looked at elsewhere. */
  private static List<String> texts(Setting rules) {
    List<String> texts = new ArrayList<>();
    rules.value().forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
