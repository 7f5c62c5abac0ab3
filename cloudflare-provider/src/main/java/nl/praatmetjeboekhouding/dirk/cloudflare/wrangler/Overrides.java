package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a caller says instead of the wrangler file, as options on wrangler's command line do.
 *
 * @param keys keys of the file with the values that apply, whatever the file and its environment
 *     say
 * @param vars texts that are bound besides the file's vars, and instead of those of the same name
 * @param modules the folder that the build wrote the modules into, or empty if {@code main} is the
 *     module
 * @param codeUpdate how running Durable Objects get new code, as it is sent, or empty if the caller
 *     does not say it
 * @param assets the folder of static assets instead of the file's, or empty
 * @param domains custom domains besides the file's routes
 * @param consents what is done only if it is asked for
 */
public record Overrides(
    Map<String, JsonNode> keys,
    Map<String, String> vars,
    Optional<Path> modules,
    Optional<ObjectNode> codeUpdate,
    Optional<Path> assets,
    List<String> domains,
    Set<Consent> consents) {

  /** Checks that nothing is null. */
  public Overrides {
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    requireNonNull(modules, "modules");
    requireNonNull(codeUpdate, "codeUpdate");
    requireNonNull(assets, "assets");
    domains = List.copyOf(domains);
    consents = Set.copyOf(consents);
  }

  /** The file as it stands. */
  public static Overrides none() {
    return new Overrides(
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of());
  }

  /** These, and a key. */
  public Overrides with(String key, JsonNode value) {
    Map<String, JsonNode> more = new TreeMap<>(keys);
    more.put(key, value);
    return new Overrides(more, vars, modules, codeUpdate, assets, domains, consents);
  }

  /** These, and a var. */
  public Overrides withVar(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(vars);
    more.put(name, text);
    return new Overrides(keys, more, modules, codeUpdate, assets, domains, consents);
  }

  /** These, with the modules of a folder. */
  public Overrides withModules(Path folder) {
    return new Overrides(keys, vars, Optional.of(folder), codeUpdate, assets, domains, consents);
  }

  /** These, with a way in which running Durable Objects get new code. */
  public Overrides withCodeUpdate(ObjectNode update) {
    return new Overrides(keys, vars, modules, Optional.of(update), assets, domains, consents);
  }

  /** These, with the static assets of a folder. */
  public Overrides withAssets(Path folder) {
    return new Overrides(keys, vars, modules, codeUpdate, Optional.of(folder), domains, consents);
  }

  /** These, with custom domains besides the file's routes. */
  public Overrides withDomains(List<String> hosts) {
    return new Overrides(keys, vars, modules, codeUpdate, assets, hosts, consents);
  }

  /** These, and something that is done because it is asked for. */
  public Overrides with(Consent consent) {
    Set<Consent> more = new LinkedHashSet<>(consents);
    more.add(consent);
    return new Overrides(keys, vars, modules, codeUpdate, assets, domains, more);
  }

  /**
   * How running Durable Objects get new code: as the caller says, else as the file does, else as
   * wrangler does it.
   *
   * @param file what the file says; asked only if the caller does not say it
   */
  public ObjectNode codeUpdate(Supplier<Optional<ObjectNode>> file) {
    return codeUpdate.or(file).orElseGet(CodeUpdate::unsaid);
  }

  Optional<Setting> find(String key) {
    return Optional.ofNullable(keys.get(key)).map(value -> new Setting("/" + key + "?", value));
  }

  /** The vars of the file, or an empty object, with the caller's over them. */
  ObjectNode over(ObjectNode fileVars) {
    ObjectNode all = fileVars.deepCopy();
    vars.forEach(all::put);
    return all;
  }
}
